/// ln 2.
package let ln2 = 0.693147180559945309

/// Elementary functions made of others, elementwise: [..] → [..]. Differentiable; integers become `.float32`.
extension TensorProtocol {
  /// x − trunc x, with the sign of x.  ∂/∂x = 1.
  public func frac() -> Self { self - trunc() }

  /// sin πx/(πx), 1 at 0, where its derivatives are right too: near 0 it is its series.
  public func sinc() -> Self {
    let t = self * constant(Double.pi)
    let z = t * t
    let isNear = t.value.abs() .< 0.1
    // Divided by 1 where the series is taken, so that no NaN flows back.
    let far = t.sin() / .where(isNear, t.constant(1), t)
    let series = [72, 42, 20, 6].reduce(t.constant(1)) { t.constant(1) - z * $0 / t.constant($1) }
    return .where(isNear, series, far)
  }

  /// x·π/180.
  public func deg2rad() -> Self { self * constant(Double.pi / 180) }
  /// x·180/π.
  public func rad2deg() -> Self { self * constant(180 / Double.pi) }

  /// ln(x/(1 − x)), the inverse of the sigmoid; NaN outside 0...1. With `eps`, x is first clamped to eps...1 − eps.
  public func logit(eps: Double? = nil) -> Self {
    let x = eps.map { clamp(min: $0, max: 1 - $0) } ?? self
    return (x / (x.constant(1.0) - x)).log()
  }

  /// −1, 0 or 1: ``Tensor/sign()``.
  public func sgn() -> Self { sign() }

  /// x, and these numbers in place of NaN, inf and −inf; by default 0, the largest and the least finite number of the
  /// type.  ∂/∂x = 1 where x is finite, else 0. Integers stay what they are.
  public func nanToNum(nan: Double = 0, posInf: Double? = nil, negInf: Double? = nil) -> Self {
    guard dtype.isFloatingPoint else { return self }
    let largest = dtype == .float32 ? Double(Float.greatestFiniteMagnitude) : .greatestFiniteMagnitude
    let finite = Self.where(isPosInf(), constant(posInf ?? largest), self)
    return .where(isNaN(), constant(nan), .where(isNegInf(), constant(negInf ?? -largest), finite))
  }
}
