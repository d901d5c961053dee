import Tensors

/// Sums of exponentials: [..] → the shape without `axes`, or with size 1 there (`keepDims`); nil means all axes.
extension Variable {
  /// y = ln Σ eˣ.  ∂L/∂x = g·eˣ⁻ʸ, which is 0 where y is −inf.
  public func logSumExp(axes: [Int]? = nil, keepDims: Bool = false) -> Variable {
    let axes = shape.resolve(reduced: axes, "logSumExp")
    let kept = axes.reduce(self) { $0.logSumExp(along: $1) }
    return kept.reshaped(shape.reduced(axes, keepDims: keepDims))
  }
  /// ln Σ eˣ along one axis.
  public func logSumExp(axis: Int, keepDims: Bool = false) -> Variable { logSumExp(axes: [axis], keepDims: keepDims) }

  private func logSumExp(along axis: Int) -> Variable {
    let (x, totals) = (saved, timed { value.logSumExp(axis: axis, keepDims: true) })
    return Variable.record("logSumExp", totals, self) { $0.logSumExpGradient(x, totals, axis) }
  }

  /// d = g·eˣ⁻ʸ = g·p, p the softmax.  ∂L/∂g = Σ v·p, ∂L/∂x = p·(u − Σ u·p) with u = v·g.
  private func logSumExpGradient(_ x: Saved, _ totals: Tensor, _ axis: Int) -> Variable {
    let g = saved
    return Variable.record(
      "logSumExpGradient", x.value.logSumExpGradient(totals, value, axis: axis), self,
      { v in (v * x.softmax(axis, totals)).sum(axis: axis, keepDims: true) }, x.variable,
      { v in
        let (p, u) = (x.softmax(axis, totals), v * g.variable)
        return p * (u - (u * p).sum(axis: axis, keepDims: true))
      })
  }
}

extension Saved {
  /// eˣ/Σ eˣ along the axis, 0 where all x are −inf.
  fileprivate func softmax(_ axis: Int, _ totals: Tensor) -> Variable {
    let (isNothing, zero) = (totals.isNegInf(), Variable(Tensor(0.0, dtype: value.dtype)))
    // Of −inf alone the softmax is NaN, and no mask would keep that from its derivative.
    return .where(isNothing, zero, Variable.where(isNothing, zero, variable).softmax(axis: axis))
  }
}

package let logSumExpProbes: [Probe] = [
  Probe("logSumExp", [.init([2, 3])]) { $0[0].logSumExp() },
  Probe("logSumExp axis", [.init([3, 4])]) { $0[0].logSumExp(axis: 0, keepDims: true) },
  Probe("logSumExp axes", [.init([2, 3, 2])]) { $0[0].logSumExp(axes: [0, -1]) },
  Probe("logSumExp of nothing", [.init([2, 3])]) {
    $0[0].padded([(1, 0), (0, 0)], value: -.infinity).logSumExp(axis: 1).exp()
  },
]
