/// v = 2√(2/π)·(a + 0.044715a³) and what its rounding lost, which e^{−v} would magnify.
@inline(__always)
private func exponent<V: FloatVector>(_ a: V) -> (v: V, low: V) {
  let (linear, cubic) = (V(repeating: V.Scalar.geluLinearHigh), V(repeating: V.Scalar.geluCubicHigh))
  let square = a * a
  let term = cubic * square
  let squareLow = V.fma(a, a, -square)
  let termLow = V.fma(cubic, square, -term) + V.muladd(cubic, squareLow, V(repeating: V.Scalar.geluCubicLow) * square)
  // The sum of two numbers of any order, and its error. (D. E. Knuth, The Art of Computer Programming 2, 4.2.2.)
  let sum = linear + term
  let part = sum - linear
  let sumLow = (linear - (sum - part)) + (term - part) + (termLow + V(repeating: V.Scalar.geluLinearLow))
  let v = a * sum
  return (v, V.muladd(a, sumLow, V.fma(a, sum, -v)))
}

/// gelu's tanh form, ½x·(1 + tanh(v/2)) = x·σ(v); 0 at −inf. Maximum error 3.3 ulp (float32) and 4.3 (float64).
///
/// D. Hendrycks, K. Gimpel, Gaussian Error Linear Units, arXiv:1606.08415.
@inline(__always)
package func vectorGELUTanh<V: FloatVector>(_ x: V) -> V {
  let a = clamp(x.magnitude(), below: V.Scalar.geluTanhLimit)
  let (v, low) = exponent(a)
  let (e, scale) = Exponential(-v, low: -low).factors
  return gated(x, a, e, scale)
}

/// The derivative of gelu's tanh form: σ(v) + x·σ(v)·(1 − σ(v))·v′.
@inline(__always)
package func vectorGELUTanhSlope<V: FloatVector>(_ x: V) -> V {
  let one = V(repeating: 1)
  let a = clamp(x.magnitude(), below: V.Scalar.geluTanhLimit)
  let (v, low) = exponent(a)
  let (e, scale) = Exponential(-v, low: -low).factors
  let z = e * scale
  let near = one / (one + z)
  let far = z * near
  let rate = V.muladd(V(repeating: 3 * V.Scalar.geluCubicHigh), a * a, V(repeating: V.Scalar.geluLinearHigh))
  let isNegative = V.less(x, V(repeating: 0))
  return V.muladd(a.copyingSign(of: x) * rate, near * far, V.select(isNegative, far, near))
}
