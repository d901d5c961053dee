import Tensors

/// Circular and hyperbolic functions and their inverses: [..] → [..].
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

  /// y = tan x.  ∂L/∂x = g·(1 + y²).
  public func tan() -> Variable {
    Variable.record("tan", value.tan(), keepingOutputOf: self) { g, y in g * (y.square() + 1) }
  }

  /// y = arcsin x.  ∂L/∂x = g/√(1 − x²).
  public func asin() -> Variable {
    let x = saved
    return Variable.record("asin", value.asin(), self) { $0 * (1 - x.variable.square()).rsqrt() }
  }

  /// y = arccos x.  ∂L/∂x = −g/√(1 − x²).
  public func acos() -> Variable {
    let x = saved
    return Variable.record("acos", value.acos(), self) { -$0 * (1 - x.variable.square()).rsqrt() }
  }

  /// y = arctan x.  ∂L/∂x = g/(1 + x²).
  public func atan() -> Variable {
    let x = saved
    return Variable.record("atan", value.atan(), self) { $0 / (x.variable.square() + 1) }
  }

  /// y = sinh x.  ∂L/∂x = g·cosh x.
  public func sinh() -> Variable {
    let x = saved
    return Variable.record("sinh", value.sinh(), self) { $0 * x.variable.cosh() }
  }

  /// y = cosh x.  ∂L/∂x = g·sinh x.
  public func cosh() -> Variable {
    let x = saved
    return Variable.record("cosh", value.cosh(), self) { $0 * x.variable.sinh() }
  }

  /// y = arsinh x.  ∂L/∂x = g/√(x² + 1).
  public func asinh() -> Variable {
    let x = saved
    return Variable.record("asinh", value.asinh(), self) { $0 * (x.variable.square() + 1).rsqrt() }
  }

  /// y = arcosh x.  ∂L/∂x = g/√(x² − 1).
  public func acosh() -> Variable {
    let x = saved
    return Variable.record("acosh", value.acosh(), self) { $0 * (x.variable.square() - 1).rsqrt() }
  }

  /// y = artanh x.  ∂L/∂x = g/(1 − x²).
  public func atanh() -> Variable {
    let x = saved
    return Variable.record("atanh", value.atanh(), self) { $0 / (1 - x.variable.square()) }
  }
}

package let trigonometryProbes: [Probe] = [
  .elementwise("sin", in: -4...4) { $0.sin() },
  .elementwise("cos", in: -4...4) { $0.cos() },
  .elementwise("tan", in: -1...1) { $0.tan() },
  .elementwise("asin", in: -0.8...0.8) { $0.asin() },
  .elementwise("acos", in: -0.8...0.8) { $0.acos() },
  .elementwise("atan") { $0.atan() },
  .elementwise("sinh") { $0.sinh() },
  .elementwise("cosh") { $0.cosh() },
  .elementwise("asinh") { $0.asinh() },
  .elementwise("acosh", in: 1.5...4) { $0.acosh() },
  .elementwise("atanh", in: -0.7...0.7) { $0.atanh() },
]
