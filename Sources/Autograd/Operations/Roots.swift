import Kernels
import Tensors

/// Square roots of one variable: [..] → [..].
extension Variable {
  /// y = √x.  ∂L/∂x = g/(2y).
  public func sqrt() -> Variable {
    Variable.record("sqrt", value.sqrt(), keepingOutputOf: self) { g, y in g.sqrtGradient(y) }
  }

  /// y = 1/√x.  ∂L/∂x = −½·g·y³.
  public func rsqrt() -> Variable {
    Variable.record("rsqrt", value.rsqrt(), keepingOutputOf: self) { g, y in g.rsqrtGradient(y) }
  }

  /// d = g/(2y), in one kernel.  ∂L/∂g = d(gg, y), ∂L/∂y = −gg·g/(2y²).
  private func sqrtGradient(_ y: Variable) -> Variable {
    let (g, out) = (saved, y.saved)
    return Variable.record(
      "sqrtGradient", value.gradient(.squareRootGradient, y.value), self, { $0.sqrtGradient(out.variable) }, y,
      { $0 * g.variable / out.variable.square() * -0.5 })
  }

  /// d = −½·g·y³, in one kernel.  ∂L/∂g = d(gg, y), ∂L/∂y = −3/2·gg·g·y².
  private func rsqrtGradient(_ y: Variable) -> Variable {
    let (g, out) = (saved, y.saved)
    return Variable.record(
      "rsqrtGradient", value.gradient(.reciprocalSquareRootGradient, y.value), self,
      { $0.rsqrtGradient(out.variable) }, y, { $0 * g.variable * out.variable.square() * -1.5 })
  }
}

package let rootProbes: [Probe] = [
  .elementwise("sqrt", in: 0.3...3) { $0.sqrt() },
  .elementwise("rsqrt", in: 0.3...3) { $0.rsqrt() },
]
