import Tensors

/// The gamma function and its kin: [..] → [..].
extension Variable {
  /// y = ln |Γ(x)|.  ∂L/∂x = g·ψ(x).
  public func lgamma() -> Variable {
    let x = saved
    return Variable.record("lgamma", value.lgamma(), self) { $0 * x.variable.digamma() }
  }

  /// y = ψ(x).  ∂L/∂x = g·ψ′(x).
  public func digamma() -> Variable {
    let x = saved
    return Variable.record("digamma", value.digamma(), self) { $0 * x.variable.polygamma(1) }
  }

  /// y = ψ⁽ⁿ⁾(x).  ∂L/∂x = g·ψ⁽ⁿ⁺¹⁾(x).
  public func polygamma(_ n: Int) -> Variable {
    let x = saved
    return Variable.record("polygamma", value.polygamma(n), self) { $0 * x.variable.polygamma(n + 1) }
  }
}

package let gammaProbes: [Probe] = [
  .elementwise("lgamma", in: 0.5...3) { $0.lgamma() },
  .elementwise("digamma", in: 0.5...3) { $0.digamma() },
  .elementwise("polygamma", in: 0.5...3) { $0.polygamma(2) },
]
