/// t and p with Φ(−a) = t·p·e^{−a²/2}, of the standard normal distribution, for 0 ≤ a ≤ ``Lane/normalLimit``.
///
/// The quotient falls like t = 1/(a + k), and over t it is a polynomial in (a − k)/(a + k) = 2at − 1. (M. M. Shepherd,
/// J. G. Laframboise, Math. Comp. 36 (1981) 249, for e^{x²}·erfc x.)
@inline(__always)
private func normalTail<V: FloatVector>(_ a: V) -> (t: V, p: V) {
  let t = V(repeating: 1) / (a + V(repeating: V.Scalar.normalCentre))
  return (t, V.Scalar.normalTail(V.muladd(a * t, V(repeating: 2), V(repeating: -1))))
}

/// e^{−a²/2}: the square's rounding error, which the exponential would magnify, goes in as well.
@inline(__always)
private func normalDecay<V: FloatVector>(_ a: V) -> Exponential<V> {
  let half = a * V(repeating: 0.5)
  let square = half * a
  return Exponential(-square, low: V.fma(-half, a, square))
}

/// erf x. Maximum error 1.4 ulp.
@inline(__always)
package func vectorErf<V: FloatVector>(_ x: V) -> V {
  let a = clamp(x.magnitude(), below: V.Scalar.erfSaturation)
  let z = a * a
  let small = V.muladd(a, V.Scalar.erfTail(z), a)
  let (t, p) = normalTail(a * V(repeating: 1.4142135623730950488))
  let tail = t * p * Exponential(-z).value
  let large = V.negmuladd(tail, V(repeating: 2), V(repeating: 1))
  return V.select(V.less(a, V(repeating: 1)), small, large).copyingSign(of: x)
}

/// erfc x = 1 − erf x, without cancellation where it is small. Maximum error 5.3 ulp (float32) and 6.5 (float64).
@inline(__always)
package func vectorErfc<V: FloatVector>(_ x: V) -> V {
  let a = clamp(x.magnitude(), below: V.Scalar.normalLimit * 0.70710678118654752)
  let square = a * a
  let (e, scale) = Exponential(-square, low: V.fma(-a, a, square)).factors
  let (t, p) = normalTail(a * V(repeating: 1.4142135623730950488))
  let tail = t * p * e * V(repeating: 2) * scale
  return V.select(V.less(x, V(repeating: 0)), V(repeating: 2) - tail, tail)
}

/// The derivative of erf: 2/√π·e^{−x²}.
@inline(__always)
package func vectorErfSlope<V: FloatVector>(_ x: V) -> V {
  let a = clamp(x.magnitude(), below: V.Scalar.normalLimit * 0.70710678118654752)
  let square = a * a
  let (e, scale) = Exponential(-square, low: V.fma(-a, a, square)).factors
  return keepingNaN(of: x, e * V(repeating: 1.1283791670955126) * scale)
}

/// x·Φ(x); 0 at −inf. Maximum error 5 ulp (float32) and 7 (float64), far in the negative tail too.
@inline(__always)
package func vectorGELU<V: FloatVector>(_ x: V) -> V {
  // Below zero x·Φ(x) = −a·Φ(−a), above x − a·Φ(−a), with a = |x|; −0 where that is too small, fused or not.
  let positive = V.select(V.less(x, V(repeating: 0)), V(repeating: -0.0), x)
  let magnitude = x.magnitude()
  if V.all(V.less(magnitude, V(repeating: V.Scalar.normalModerate))) {
    let (t, p) = normalTail(magnitude)
    return V.negmuladd(magnitude * t * p, normalDecay(magnitude).value, positive)
  }
  let a = clamp(magnitude, below: V.Scalar.normalLimit)
  let ((t, p), (e, scale)) = (normalTail(a), normalDecay(a).factors)
  return V.negmuladd(a * t * p * e, scale, positive)
}

/// The derivative of x·Φ(x): Φ(x) + x·φ(x).
@inline(__always)
package func vectorGELUSlope<V: FloatVector>(_ x: V) -> V {
  let a = clamp(x.magnitude(), below: V.Scalar.normalLimit)
  let ((t, p), (e, scale)) = (normalTail(a), normalDecay(a).factors)
  let density = e * scale
  let tail = t * p * density
  let cumulative = V.select(V.less(x, V(repeating: 0)), tail, V(repeating: 1) - tail)
  return V.muladd(a.copyingSign(of: x), density * V(repeating: 0.39894228040143268), cumulative)
}
