import Tensors

/// Elementwise functions of one variable: [..] → [..].
extension Variable {
  /// y = eˣ.  ∂L/∂x = g·y.
  public func exp() -> Variable {
    Variable.record("exp", value.exp(), keepingOutputOf: self) { g, y in g * y }
  }

  /// y = 2ˣ.  ∂L/∂x = g·y·ln 2.
  public func exp2() -> Variable {
    Variable.record("exp2", value.exp2(), keepingOutputOf: self) { g, y in g * (y * ln2) }
  }

  /// y = eˣ − 1.  ∂L/∂x = g·(y + 1).
  public func expm1() -> Variable {
    Variable.record("expm1", value.expm1(), keepingOutputOf: self) { g, y in g * (y + 1) }
  }

  /// y = ln x.  ∂L/∂x = g/x.
  public func log() -> Variable {
    let x = saved
    return Variable.record("log", value.log(), self) { $0 / x.variable }
  }

  /// y = log₂ x.  ∂L/∂x = g/(x·ln 2).
  public func log2() -> Variable {
    let x = saved
    return Variable.record("log2", value.log2(), self) { $0 / (x.variable * ln2) }
  }

  /// y = log₁₀ x.  ∂L/∂x = g/(x·ln 10).
  public func log10() -> Variable {
    let x = saved
    return Variable.record("log10", value.log10(), self) { $0 / (x.variable * 2.30258509299404568) }
  }

  /// y = ln(1 + x).  ∂L/∂x = g/(1 + x).
  public func log1p() -> Variable {
    let x = saved
    return Variable.record("log1p", value.log1p(), self) { $0 / (x.variable + 1) }
  }

  /// y = x².  ∂L/∂x = 2g·x.
  public func square() -> Variable {
    let x = saved
    return Variable.record("square", value.square(), self) { $0 * x.variable * 2 }
  }

  /// y = 1/x.  ∂L/∂x = −g·y².
  public func reciprocal() -> Variable {
    Variable.record("reciprocal", value.reciprocal(), keepingOutputOf: self) { g, y in -g * y * y }
  }

  /// y = |x|.  ∂L/∂x = g·sign x, 0 at 0.
  public func abs() -> Variable {
    let sign = value.sign()
    return Variable.record("abs", value.abs(), self) { $0 * Variable(sign) }
  }

  /// y = xᵖ for a number p.  ∂L/∂x = g·p·xᵖ⁻¹.
  public func pow<S: BinaryFloatingPoint>(_ exponent: S) -> Variable {
    let (x, p) = (saved, Double(exponent))
    return Variable.record("pow", value.pow(p), self) { g in
      p == 0 ? Variable(x.value.zerosLike()) : g * (x.variable.pow(p - 1) * p)
    }
  }

  /// y = xᵖ for an integer p.
  public func pow<S: BinaryInteger>(_ exponent: S) -> Variable {
    dtype.isFloatingPoint ? pow(Double(exponent)) : Variable(value.pow(exponent))
  }

  /// y = aᵇ, broadcast.  ∂L/∂a = g·b·aᵇ⁻¹, 0 where b = 0; ∂L/∂b = g·aᵇ·ln a, 0 where a = 0 and b ≥ 0.
  public func pow(_ exponent: Variable) -> Variable {
    let (a, b) = (saved, exponent.saved)
    return Variable.record(
      "pow", value.pow(exponent.value), self,
      { g in
        // a⁰ is 1 for every a, and b·aᵇ⁻¹ would be 0·∞ at 0.
        let one = Variable(Tensor(1.0, dtype: a.value.dtype))
        return g * b.variable * a.variable.pow(.where(b.value .== 0, one, b.variable) - 1)
      }, exponent,
      { g in
        // Nothing of ln 0 may reach the second derivative either.
        let isFlat = (a.value .== 0) .& (b.value .>= 0)
        let one = Variable(Tensor(1.0, dtype: a.value.dtype))
        return g * a.variable.pow(b.variable) * Variable.where(isFlat, one, a.variable).log()
      })
  }

  /// The value in another floating-point type.  ∂L/∂x = g in x's type. To an integer type, nothing flows back.
  public func to(_ dtype: DType) -> Variable {
    if dtype == self.dtype { return self }
    return Variable.record("to", value.to(dtype), self) { $0 }
  }
}

package let elementaryProbes: [Probe] = [
  .elementwise("exp") { $0.exp() },
  .elementwise("expm1") { $0.expm1() },
  .elementwise("exp2") { $0.exp2() },
  .elementwise("log", in: 0.3...3) { $0.log() },
  .elementwise("log2", in: 0.3...3) { $0.log2() },
  .elementwise("log10", in: 0.3...3) { $0.log10() },
  .elementwise("log1p", in: -0.6...3) { $0.log1p() },
  .elementwise("square") { $0.square() },
  .elementwise("reciprocal", in: 0.5...2) { $0.reciprocal() },
  .elementwise("abs", in: 0.2...2) { $0.abs() },
  .elementwise("abs of negative", in: -2 ... -0.2) { $0.abs() },
  .elementwise("pow 3") { $0.pow(3) },
  .elementwise("pow 0") { $0.pow(0) },
  .elementwise("pow 1") { $0.pow(1) },
  .elementwise("pow -1.5", in: 0.5...2) { $0.pow(-1.5) },
  .elementwise("pow 0.5", in: 0.5...2) { $0.pow(0.5) },
  .binary("pow", first: 0.5...2) { $0.pow($1) },
  .elementwise("to") { $0.to($0.dtype == .float64 ? .float32 : .float64).to($0.dtype) * 0 + $0 },
]
