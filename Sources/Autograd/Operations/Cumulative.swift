import Tensors

/// Scans along an axis, [..] → [..]. A scalar counts as having one axis.
extension Variable {
  /// yᵢ = x₀ + … + xᵢ along an axis.  [..] → [..].  ∂L/∂xᵢ = gᵢ + … + gₙ₋₁, the running sum from the other end.
  public func cumsum(axis: Int) -> Variable { runningSums(axis, reversed: false) }

  private func runningSums(_ axis: Int, reversed: Bool) -> Variable {
    Variable.record("cumsum", value.runningSums("cumsum", axis, reversed: reversed), self) {
      $0.runningSums(axis, reversed: !reversed)
    }
  }

  /// yᵢ = x₀·…·xᵢ along an axis.  [..] → [..].  ∂L/∂xᵢ = yᵢ₋₁·hᵢ with hᵢ = gᵢ + xᵢ₊₁·hᵢ₊₁, without division: zeros do
  /// no harm.
  public func cumprod(axis: Int) -> Variable {
    let x = saved
    return Variable.record("cumprod", value.cumprod(axis: axis), keepingOutputOf: self) { g, y in
      let later = g.linearRecurrence(x.variable.shifted(axis, towardEnd: false), axis, reversed: true)
      return later * y.shifted(axis, towardEnd: true, fill: 1)
    }
  }

  /// yᵢ = ln(exp x₀ + … + exp xᵢ) along an axis.  [..] → [..].  ∂L/∂xᵢ = exp(xᵢ − yᵢ)·hᵢ with hᵢ = gᵢ + exp(yᵢ −
  /// yᵢ₊₁)·hᵢ₊₁, in which no exponent is positive; 0 where yᵢ is −inf.
  public func logCumSumExp(axis: Int) -> Variable {
    let x = saved
    return Variable.record("logCumSumExp", value.logCumSumExp(axis: axis), keepingOutputOf: self) { g, y in
      let isNothing = y.value .== -Double.infinity
      func share(_ exponent: Variable) -> Variable {
        Variable.where(isNothing, y.constant(-Double.infinity), exponent).exp()
      }
      let ratios = share(y - y.shifted(axis, towardEnd: false, fill: .infinity))
      return g.linearRecurrence(ratios, axis, reversed: true) * share(x.variable - y)
    }
  }

  /// hᵢ = bᵢ + aᵢ·hᵢ₋₁ along an axis, b this variable and h₋₁ = 0; reversed, hᵢ = bᵢ + aᵢ·hᵢ₊₁ and hₙ = 0. Shapes are
  /// equal. ∂L/∂bᵢ = λᵢ = gᵢ + aᵢ₊₁·λᵢ₊₁, the recurrence from the other end;  ∂L/∂aᵢ = λᵢ·hᵢ₋₁.
  func linearRecurrence(_ factors: Variable, _ axis: Int, reversed: Bool) -> Variable {
    let (a, b) = (factors.saved, saved)
    return Variable.record(
      "linearRecurrence", value.linearRecurrence(factors.value, axis: axis, reversed: reversed),
      jointInputs: [self, factors]
    ) { g in
      let a = a.variable
      let adjoint = g.linearRecurrence(a.shifted(axis, towardEnd: reversed), axis, reversed: !reversed)
      let h = b.variable.linearRecurrence(a, axis, reversed: reversed)
      return [adjoint, adjoint * h.shifted(axis, towardEnd: !reversed)]
    }
  }

  /// Each element moved to the next place along an axis, or to the one before, and `fill` at the place that is left.
  private func shifted(_ axis: Int, towardEnd: Bool, fill: Double = 0) -> Variable {
    guard rank > 0 else { return Variable(Tensor(fill, dtype: dtype)) }
    let axis = shape.resolve(axis: axis, "shift")
    let n = shape[axis]
    if n == 0 { return self }
    let edge = Variable(Tensor.full(shape.reduced([axis], keepDims: true), fill, dtype: dtype))
    let rest = along(axis, towardEnd ? 0..<n - 1 : 1..<n)
    return .concatenate(towardEnd ? [edge, rest] : [rest, edge], axis: axis)
  }
}

package let cumulativeProbes: [Probe] = [
  Probe("cumsum", [.init([2, 5])]) { $0[0].cumsum(axis: -1) },
  Probe("cumsum axis 0", [.init([4, 3])]) { $0[0].cumsum(axis: 0) },
  Probe("cumsum middle", [.init([2, 3, 2])]) { $0[0].cumsum(axis: 1) },
  Probe("cumprod", [.init([2, 5])]) { $0[0].cumprod(axis: -1) },
  Probe("cumprod middle", [.init([2, 3, 2])]) { $0[0].cumprod(axis: 1) },
  Probe("cumprod with zeros", [.init([2, 4])]) {
    let mask = Variable(Tensor([[1, 0, 1, 1], [0, 1, 0, 1]], dtype: $0[0].dtype))
    return ($0[0] * mask).cumprod(axis: 1)
  },
  Probe("logCumSumExp", [.init([2, 4])]) { $0[0].logCumSumExp(axis: 1) },
  Probe("logCumSumExp axis 0", [.init([3, 2])]) { $0[0].logCumSumExp(axis: 0) },
  Probe("linearRecurrence", [.init([2, 4]), .init([2, 4])]) { $0[0].linearRecurrence($0[1], 1, reversed: false) },
  Probe("linearRecurrence reversed", [.init([3, 2]), .init([3, 2])]) {
    $0[0].linearRecurrence($0[1], 0, reversed: true)
  },
]
