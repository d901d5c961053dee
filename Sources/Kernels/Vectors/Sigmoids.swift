/// e^{−|x|} as two factors, what the logistic functions are made of: it never overflows.
@inline(__always)
private func decay<V: FloatVector>(_ magnitude: V) -> (V, V) {
  Exponential(-clamp(magnitude, below: V.Scalar.logisticLimit)).factors
}

/// tanh x = −e/(2 + e) with e = exp(−2|x|) − 1. Maximum error 2.6 ulp.
@inline(__always)
package func vectorTanh<V: FloatVector>(_ x: V) -> V {
  let a = clamp(x.magnitude(), below: V.Scalar.tanhSaturation)
  let exponential = Exponential(a * V(repeating: -2))
  // 2ⁿ·(1+p) − 1 without cancellation at small x, where n is 0.
  let e = V.muladd(exponential.power, exponential.p, exponential.power - V(repeating: 1))
  return (e / (e + V(repeating: 2))).copyingSign(of: x)
}

/// 1/(1 + e⁻ˣ). Maximum error 2.5 ulp.
@inline(__always)
package func vectorSigmoid<V: FloatVector>(_ x: V) -> V {
  let (one, a) = (V(repeating: 1), x.magnitude())
  if isModerate(a) { return one / (one + Exponential(-x).value) }
  let (e, scale) = decay(a)
  let z = e * scale
  return keepingNaN(of: x, V.select(V.less(x, V(repeating: 0)), z, one) / (one + z))
}

/// x·σ(v) for v of x's sign with e^{−|v|} = e·scale and |x| clamped to `a`; a product below the normal range is rounded
/// once, by the scale.
@inline(__always)
func gated<V: FloatVector>(_ x: V, _ a: V, _ e: V, _ scale: V) -> V {
  let one = V(repeating: 1)
  let isNegative = V.less(x, V(repeating: 0))
  let quotient = V.select(isNegative, -(a * e), x) / V.muladd(e, scale, one)
  return quotient * V.select(isNegative, scale, one)
}

/// x·σ(x) = x/(1 + e⁻ˣ); 0 at −inf. Maximum error 2.5 ulp.
@inline(__always)
package func vectorSiLU<V: FloatVector>(_ x: V) -> V {
  if isModerate(x.magnitude()) { return x / (V(repeating: 1) + Exponential(-x).value) }
  let a = clamp(x.magnitude(), below: V.Scalar.logisticLimit)
  let (e, scale) = decay(a)
  return gated(x, a, e, scale)
}

/// The derivative of x·σ(x): σ·(1 + x·(1 − σ)).
@inline(__always)
package func vectorSiLUSlope<V: FloatVector>(_ x: V) -> V {
  let one = V(repeating: 1)
  let a = clamp(x.magnitude(), below: V.Scalar.logisticLimit)
  let (e, scale) = decay(a)
  let z = e * scale
  let isNegative = V.less(x, V(repeating: 0))
  let denominator = one / (one + z)
  let (near, far) = (denominator, z * denominator)
  // σ and 1 − σ are z/(1 + z) and 1/(1 + z), or the other way round.
  let slope = V.select(isNegative, far, near)
  return slope * V.muladd(a.copyingSign(of: x), V.select(isNegative, near, far), one)
}

/// ln(1 + eˣ). Maximum error 2 ulp.
@inline(__always)
package func vectorSoftplus<V: FloatVector>(_ x: V) -> V {
  let zero = V(repeating: 0)
  let (e, scale) = decay(x.magnitude())
  return V.select(V.less(x, zero), zero, x) + log1pFinite(e * scale)
}

/// ln(eᵃ + eᵇ), without overflow. Maximum error 2.5 ulp, of the larger operand where the logarithm is near 0.
@inline(__always)
package func vectorLogAddExp<V: FloatVector>(_ a: V, _ b: V) -> V {
  let larger = V.select(V.less(a, b), b, a)
  let (e, scale) = decay((a - b).magnitude())
  // Equal infinities have no difference.
  let rest = V.select(V.equal(a, b), V(repeating: 0.69314718055994531), log1pFinite(e * scale))
  let isNaN = V.or(V.notEqual(a, a), V.notEqual(b, b))
  return V.select(isNaN, a + b, larger + rest)
}
