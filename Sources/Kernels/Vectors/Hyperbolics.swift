/// eᵃ/2 for a ≥ 0, as far as it is finite: beyond the range of eᵃ itself.
@inline(__always)
private func halfExponential<V: FloatVector>(_ a: V) -> V {
  let (e, scale) = Exponential(clamp(a, below: V.Scalar.expMaximum + 0.7)).factors
  return keepingNaN(of: a, e * V(repeating: 0.5) * scale)
}

/// sinh x. Maximum error 2.4 ulp.
@inline(__always)
package func vectorSinh<V: FloatVector>(_ x: V) -> V {
  let (a, one, half) = (x.magnitude(), V(repeating: 1), V(repeating: 0.5))
  let inRange = clamp(a, below: V.Scalar.expModerate)
  let exponential = Exponential(inRange)
  // (e − e⁻ᵃ + 1)/2 with e = eᵃ − 1, which keeps its digits near 0, as does e/(e + 1) = 1 − e⁻ᵃ.
  let e = V.muladd(exponential.power, exponential.p, exponential.power - one)
  let y = V.muladd(e / (e + one), half, e * half)
  let isModerate = V.less(a, V(repeating: V.Scalar.expModerate))
  return (V.all(isModerate) ? y : V.select(isModerate, y, halfExponential(a))).copyingSign(of: x)
}

/// cosh x. Maximum error 1.5 ulp.
@inline(__always)
package func vectorCosh<V: FloatVector>(_ x: V) -> V {
  let (a, half) = (x.magnitude(), V(repeating: 0.5))
  let e = Exponential(clamp(a, below: V.Scalar.expModerate)).value
  let y = V.muladd(e, half, half / e)
  let isModerate = V.less(a, V(repeating: V.Scalar.expModerate))
  return V.all(isModerate) ? y : V.select(isModerate, y, halfExponential(a))
}

/// ln(1 + x) for x ≥ 0 that may overflow: ln a + ln 2 takes its place from a = ``Lane/hypotMaximum`` on.
@inline(__always)
private func log1p<V: FloatVector>(_ x: V, orDoubled a: V) -> V {
  let isLarge = V.less(V(repeating: V.Scalar.hypotMaximum), a)
  let y = vectorLog1p(x)
  return V.any(isLarge) ? V.select(isLarge, vectorLog(a) + V(repeating: 0.69314718055994531), y) : y
}

/// arsinh x. Maximum error 2 ulp.
@inline(__always)
package func vectorAsinh<V: FloatVector>(_ x: V) -> V {
  let (a, one) = (x.magnitude(), V(repeating: 1))
  let square = a * a
  // a + √(a² + 1) = 1 + a + a²/(1 + √(a² + 1)).
  return log1p(a + square / (one + (one + square).squareRoot()), orDoubled: a).copyingSign(of: x)
}

/// arcosh x; NaN below 1. Maximum error 2.3 ulp.
@inline(__always)
package func vectorAcosh<V: FloatVector>(_ x: V) -> V {
  let t = x - V(repeating: 1)
  // x + √(x² − 1) = 1 + t + √(t² + 2t).
  let y = log1p(t + V.muladd(t, t, t + t).squareRoot(), orDoubled: x)
  return V.select(V.less(x, V(repeating: 1)), V(repeating: V.Scalar.nan), y)
}

/// artanh x; ±inf at ±1, NaN beyond. Maximum error 2.1 ulp.
@inline(__always)
package func vectorAtanh<V: FloatVector>(_ x: V) -> V {
  let a = x.magnitude()
  return (vectorLog1p((a + a) / (V(repeating: 1) - a)) * V(repeating: 0.5)).copyingSign(of: x)
}
