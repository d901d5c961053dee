import Tensors

/// Circular functions of one variable: [..] → [..].
extension Variable {
  /// y = sin x.  ∂L/∂x = g·cos x.
  public func sin() -> Variable {
    let x = saved
    return Variable.record("sin", value.sin(), self) { $0 * x.variable.cos() }
  }

  /// y = cos x.  ∂L/∂x = −g·sin x.
  public func cos() -> Variable {
    let x = saved
    return Variable.record("cos", value.cos(), self) { -$0 * x.variable.sin() }
  }
}

package let trigonometryProbes: [Probe] = [
  .elementwise("sin", in: -4...4) { $0.sin() },
  .elementwise("cos", in: -4...4) { $0.cos() },
]
