import Autograd
import Tensors
import TestSupport

// Running sums of at most twelve terms of size 1, in another order: half a unit of 8 each.
private let sumTolerance = Tolerance.ulps(6, of: .atLeast(8))

let cumulativeOperations: [Operation] = [
  Operation("cumsum", "torch.cumsum", "cumsum(axis:)", sumTolerance) { x, a in x[0].cumsum(axis: a["dim"]) },
  Operation("cumsum_dtype", "torch.cumsum(dtype=)", "cumsum(axis:dtype:)") { x, a in
    x[0].cumsum(axis: a["dim"], dtype: a["dtype"])
  },
  // The products are PyTorch's; a derivative is computed without its divisions.
  Operation("cumprod", "torch.cumprod", "cumprod(axis:)", .ulps(1, gradient: 32)) { x, a in x[0].cumprod(axis: a["dim"])
  },
  Operation("cummax", "torch.cummax", "cummax(axis:)") { x, a in
    let (values, indices) = x[0].cummax(axis: a["dim"])
    return [values, Variable(indices)]
  },
  Operation("cummin", "torch.cummin", "cummin(axis:)") { x, a in
    let (values, indices) = x[0].cummin(axis: a["dim"])
    return [values, Variable(indices)]
  },
  // A few exponentials and logarithms of sums of size 1; PyTorch takes the logarithm at every step.
  Operation("logcumsumexp", "torch.logcumsumexp", "logCumSumExp(axis:)", .ulps(4, of: .atLeast(1), gradient: 24)) {
    x, a in
    x[0].logCumSumExp(axis: a["dim"])
  },
  Operation("diff", "torch.diff", "diff(n:axis:prepend:append:)") { x, a in
    let sides: String = a["sides", default: ""]
    return x[0].diff(
      n: a["n", default: 1], axis: a["dim", default: -1], prepend: sides.hasPrefix("p") ? x[1] : nil,
      append: sides.hasSuffix("a") ? x[x.count - 1] : nil)
  },
  Operation("trapezoid", "torch.trapezoid", "trapezoid(dx:axis:)", sumTolerance) { x, a in
    x[0].trapezoid(dx: a["dx", default: 1], axis: a["dim", default: -1])
  },
  Operation("trapezoid_x", "torch.trapezoid(x=)", "trapezoid(x:axis:)", sumTolerance) { x, a in
    x[0].trapezoid(x: x[1], axis: a["dim"])
  },
  Operation(
    "cumulative_trapezoid", "torch.cumulative_trapezoid", "cumulativeTrapezoid(dx:axis:)", sumTolerance
  ) { x, a in
    x[0].cumulativeTrapezoid(dx: a["dx", default: 1], axis: a["dim", default: -1])
  },
  Operation(
    "cumulative_trapezoid_x", "torch.cumulative_trapezoid(x=)", "cumulativeTrapezoid(x:axis:)", sumTolerance
  ) { x, a in
    x[0].cumulativeTrapezoid(x: x[1], axis: a["dim"])
  },
]
