import Autograd
import Tensors
import TestSupport

/// The two outputs of an order statistic.
private func both(_ result: (values: Variable, indices: Tensor)) -> [Variable] {
  [result.values, Variable(result.indices)]
}

/// A quantile at a number or at a list of them.
private func quantile(
  _ a: Arguments, at number: (Double, Int?, Bool, QuantileInterpolation) -> Variable,
  at list: (Tensor, Int?, Bool, QuantileInterpolation) -> Variable
) -> Variable {
  let (axis, keepDims): (Int?, Bool) = (a[optional: "dim"], a["keepdim", default: false])
  let interpolation = QuantileInterpolation(rawValue: a["interpolation", default: "linear"]) ?? .linear
  if let q: Double = a[optional: "q"] { return number(q, axis, keepDims, interpolation) }
  let numbers: [Double] = a["qs"]
  return list(Tensor(numbers, dtype: .float64), axis, keepDims, interpolation)
}

let orderOperations: [Operation] = [
  .unary("median", "median()") { $0.median() },
  Operation("median_dim", "torch.median(dim=)", "median(axis:keepDims:)") { x, a in
    both(x[0].median(axis: a["dim"], keepDims: a["keepdim", default: false]))
  },
  .unary("nanmedian", "nanMedian()") { $0.nanMedian() },
  Operation("nanmedian_dim", "torch.nanmedian(dim=)", "nanMedian(axis:keepDims:)") { x, a in
    both(x[0].nanMedian(axis: a["dim"], keepDims: a["keepdim", default: false]))
  },
  Operation("kthvalue", "torch.kthvalue", "kthValue(_:axis:keepDims:)") { x, a in
    both(x[0].kthValue(a["k"], axis: a["dim", default: -1], keepDims: a["keepdim", default: false]))
  },
  Operation("mode", "torch.mode", "mode(axis:keepDims:)") { x, a in
    both(x[0].mode(axis: a["dim", default: -1], keepDims: a["keepdim", default: false]))
  },
  // The weight, the difference, the product and the sum, of elements up to size 2.
  Operation("quantile", "torch.quantile", "quantile(_:axis:keepDims:interpolation:)", .ulps(4, of: .atLeast(2))) {
    x, a in
    quantile(a) {
      x[0].quantile($0, axis: $1, keepDims: $2, interpolation: $3)
    } at: {
      x[0].quantile($0, axis: $1, keepDims: $2, interpolation: $3)
    }
  },
  Operation(
    "nanquantile", "torch.nanquantile", "nanQuantile(_:axis:keepDims:interpolation:)", .ulps(4, of: .atLeast(2))
  ) { x, a in
    quantile(a) {
      x[0].nanQuantile($0, axis: $1, keepDims: $2, interpolation: $3)
    } at: {
      x[0].nanQuantile($0, axis: $1, keepDims: $2, interpolation: $3)
    }
  },
]
