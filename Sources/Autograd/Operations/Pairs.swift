import Tensors

/// Functions of two numbers, elementwise and broadcast: [..] ∘ [..] → the broadcast shape.
extension Variable {
  /// y = arctan(a/b), the angle of the point (b, a).  ∂L/∂a = g·b/(a² + b²), ∂L/∂b = −g·a/(a² + b²); 0 at the origin.
  public func atan2(_ x: Variable) -> Variable {
    let (a, b) = (saved, x.saved)
    return Variable.record(
      "atan2", value.atan2(x.value), self, { $0 * (b.variable / radius(a, b)) / radius(a, b) }, x,
      { -$0 * (a.variable / radius(a, b)) / radius(a, b) })
  }

  /// y = √(a² + b²).  ∂L/∂a = g·a/y, ∂L/∂b = g·b/y.
  public func hypot(_ other: Variable) -> Variable {
    let (a, b) = (saved, other.saved)
    return Variable.record(
      "hypot", value.hypot(other.value), self, { $0 * (a.variable / a.variable.hypot(b.variable)) }, other,
      { $0 * (b.variable / a.variable.hypot(b.variable)) })
  }

  /// y = |a| with the sign of b.  ∂L/∂a = g where the signs of a and y agree, −g where not, 0 at a = 0; ∂L/∂b = 0.
  public func copysign(_ sign: Variable) -> Variable {
    let y = timed { value.copysign(sign.value) }
    let slope = y.sign() * value.sign()
    return Variable.record(
      "copysign", y, self, { $0 * Variable(slope) }, sign, { Variable($0.value.zerosLike()) })
  }

  /// y = a − b·⌊a/b⌋.  ∂L/∂a = g, ∂L/∂b = −g·⌊a/b⌋.
  public func remainder(_ divisor: Variable) -> Variable {
    let (a, b) = (value, divisor.value)
    return Variable.record(
      "remainder", a.remainder(b), self, { $0 }, divisor, { -$0 * Variable(a.floorDivide(b)) })
  }

  /// y = a − b·trunc(a/b).  ∂L/∂a = g, ∂L/∂b = −g·trunc(a/b).
  public func fmod(_ divisor: Variable) -> Variable {
    let (a, b) = (value, divisor.value)
    let y = timed { a.fmod(b) }
    // a − y is a whole multiple of b; the rounded a/b may be the next one.
    return Variable.record("fmod", y, self, { $0 }, divisor, { -$0 * Variable(((a - y) / b).round()) })
  }

  /// y = ln(eᵃ + eᵇ).  ∂L/∂a = g·σ(a − b), ∂L/∂b = g·σ(b − a).
  public func logaddexp(_ other: Variable) -> Variable {
    let (a, b) = (saved, other.saved)
    return Variable.record(
      "logaddexp", value.logaddexp(other.value), self, { $0 * (a.variable - b.variable).sigmoid() }, other,
      { $0 * (b.variable - a.variable).sigmoid() })
  }

  /// y = the number after a in the direction of b.  Nothing flows back.
  public func nextafter(_ other: Variable) -> Variable { Variable(value.nextafter(other.value)) }
}

/// √(a² + b²) where the squares would overflow or vanish too, and 1 at the origin.
private func radius(_ a: Saved, _ b: Saved) -> Variable {
  let isOrigin = (a.value .== 0) .& (b.value .== 0)
  let one = Variable(Tensor(1.0, dtype: a.value.dtype))
  return .where(isOrigin, one, Variable.where(isOrigin, one, a.variable).hypot(b.variable))
}

package let pairProbes: [Probe] = [
  .binary("atan2", first: 0.3...2) { $0.atan2($1) },
  .binary("hypot", first: 0.3...2) { $0.hypot($1) },
  .binary("copysign", first: 0.3...2, second: -2 ... -0.3) { $0.copysign($1) },
  .binary("remainder", first: -0.9 ... -0.1, second: 1...2) { $0.remainder($1) },
  .binary("fmod", first: 2.1...2.9, second: 0.99...1) { $0.fmod($1) },
  .binary("logaddexp") { $0.logaddexp($1) },
]
