import Autograd
import Tensors
import TestSupport

extension Arguments {
  /// The axes to reduce; nil for all.
  fileprivate var axes: [Int]? { self[optional: "dim"] }
  fileprivate var axis: Int { self["dim"] }
  fileprivate var keepDims: Bool { self["keepdim", default: false] }
}

// Sums of a dozen terms of size 1, added up in another order: a few units of their magnitudes' sum.
private let sumTolerance = Tolerance.ulps(4, of: .atLeast(8))
// One pass against two: eight roundings of squares of size 1, half a unit each.
private let varianceTolerance = Tolerance.ulps(4, of: .atLeast(1))

let reductionOperations: [Operation] = [
  Operation("sum", "torch.sum", "sum(axes:keepDims:)", sumTolerance) { x, a in
    x[0].sum(axes: a.axes, keepDims: a.keepDims)
  },
  // The stated bound, n/128 + 64 units of Σ|x| = 1024.
  Operation("sum_cancelling", "torch.sum", "sum(axis:keepDims:)", .ulps(66, of: .atLeast(1024))) { x, a in
    x[0].sum(axis: a.axis)
  },
  Operation("sum_dtype", "torch.sum(dtype=)", "sum(axes:keepDims:dtype:)") { x, a in x[0].sum(dtype: a["dtype"]) },
  Operation("mean", "torch.mean", "mean(axes:keepDims:)", sumTolerance) { x, a in
    x[0].mean(axes: a.axes, keepDims: a.keepDims)
  },
  Operation("mean_dtype", "torch.mean(dtype=)", "mean(axes:keepDims:dtype:)", .ulps(1)) { x, a in
    x[0].mean(dtype: a["dtype"])
  },
  // A rounding for each factor.
  Operation("prod", "torch.prod", "prod(axes:keepDims:)", .ulps(12)) { x, a in
    x[0].prod(axes: a.axes, keepDims: a.keepDims)
  },
  Operation("prod_dtype", "torch.prod(dtype=)", "prod(axes:keepDims:dtype:)") { x, a in x[0].prod(dtype: a["dtype"]) },
  .unary("max", "max()") { $0.max() },
  .unary("min", "min()") { $0.min() },
  Operation("amax", "torch.amax", "max(axes:keepDims:)") { x, a in x[0].max(axes: a.axes, keepDims: a.keepDims) },
  Operation("amin", "torch.amin", "min(axes:keepDims:)") { x, a in x[0].min(axes: a.axes, keepDims: a.keepDims) },
  Operation("max_dim", "torch.max(dim=)", "maxWithIndices(axis:keepDims:)") { x, a in
    let (values, indices) = x[0].maxWithIndices(axis: a.axis, keepDims: a.keepDims)
    return [values, Variable(indices)]
  },
  Operation("min_dim", "torch.min(dim=)", "minWithIndices(axis:keepDims:)") { x, a in
    let (values, indices) = x[0].minWithIndices(axis: a.axis, keepDims: a.keepDims)
    return [values, Variable(indices)]
  },
  Operation("aminmax", "torch.aminmax", "minMax(axes:keepDims:)") { x, a in
    let (low, high) = x[0].minMax(axes: a.axes, keepDims: a.keepDims)
    return [low, high]
  },
  Operation("argmax", "torch.argmax", "argmax(axis:keepDims:)") { x, a in
    a[optional: "dim"].map { x[0].argmax(axis: $0, keepDims: a.keepDims) } ?? x[0].argmax(keepDims: a.keepDims)
  },
  Operation("argmin", "torch.argmin", "argmin(axis:keepDims:)") { x, a in
    a[optional: "dim"].map { x[0].argmin(axis: $0, keepDims: a.keepDims) } ?? x[0].argmin(keepDims: a.keepDims)
  },
  Operation("var", "torch.var", "var(axes:correction:keepDims:)", varianceTolerance) { x, a in
    x[0].var(axes: a.axes, correction: a["correction"], keepDims: a.keepDims)
  },
  Operation("std", "torch.std", "std(axes:correction:keepDims:)", varianceTolerance) { x, a in
    x[0].std(axes: a.axes, correction: a["correction"], keepDims: a.keepDims)
  },
  Operation("var_mean", "torch.var_mean", "varMean(axes:correction:keepDims:)", varianceTolerance) { x, a in
    let (variance, mean) = x[0].varMean(axes: a.axes, correction: a["correction"], keepDims: a.keepDims)
    return [variance, mean]
  },
  Operation("std_mean", "torch.std_mean", "stdMean(axes:correction:keepDims:)", varianceTolerance) { x, a in
    let (deviation, mean) = x[0].stdMean(axes: a.axes, correction: a["correction"], keepDims: a.keepDims)
    return [deviation, mean]
  },
  Operation("all", "torch.all", "all(axes:keepDims:)") { x, a in x[0].all(axes: a.axes, keepDims: a.keepDims) },
  Operation("any", "torch.any", "any(axes:keepDims:)") { x, a in x[0].any(axes: a.axes, keepDims: a.keepDims) },
  Operation("count_nonzero", "torch.count_nonzero", "countNonzero(axes:keepDims:)") { x, a in
    x[0].countNonzero(axes: a.axes)
  },
  Operation("nansum", "torch.nansum", "nanSum(axes:keepDims:)", sumTolerance) { x, a in
    x[0].nanSum(axes: a.axes, keepDims: a.keepDims)
  },
  Operation("nanmean", "torch.nanmean", "nanMean(axes:keepDims:)", sumTolerance) { x, a in
    x[0].nanMean(axes: a.axes, keepDims: a.keepDims)
  },
  // Sums of six products of size 1, half a unit each, over a divisor of size 1; the means have errors too.
  Operation("cov", "torch.cov", "cov(correction:fweights:aweights:)", .ulps(4, of: .largest, gradient: 26)) { x, a in
    let kinds: String = a["weights", default: ""]
    return x[0].cov(
      correction: a["correction", default: 1], fweights: kinds.hasPrefix("f") ? x[1].value : nil,
      aweights: kinds.hasSuffix("a") ? x[x.count - 1] : nil)
  },
  Operation("corrcoef", "torch.corrcoef", "corrcoef()", .ulps(4, of: .atLeast(1), gradient: 20)) { x, _ in
    x[0].corrcoef()
  },
  // A power of at most 2.3 ulps, of which the outer one makes 1/p ≤ 2 times as many, and adds 2.3; a sum.
  Operation("dist", "torch.dist", "dist(_:p:)", .ulps(8, gradient: 24)) { x, a in x[0].dist(x[1], p: a["p", default: 2])
  },
  Operation("cdist", "torch.cdist", "cdist(_:p:)", .ulps(8, gradient: 24)) { x, a in
    x[0].cdist(x[1], p: a["p", default: 2])
  },
]
