/// arctan(y/x) = quarters·π/4 + rest for x, y ≥ 0 whose sum is finite: of 1/x above the diagonal, and on from tan(π/8) of
/// (1 − x)/(1 + x), so that the polynomial's argument stays below tan(π/8). 0 for y = x = 0.
@inline(__always)
private func octants<V: FloatVector>(_ y: V, _ x: V) -> (quarters: V, rest: V) {
  let isSteep = V.less(x, y)
  let (n, d) = (V.select(isSteep, x, y), V.select(isSteep, y, x))
  let isUpper = V.or(
    V.less(d * V(repeating: 0.41421356237309505), n), V.equal(n, V(repeating: V.Scalar.infinity)))
  let quotient = V.select(isUpper, n - d, n) / V.select(isUpper, n + d, d)
  let q = V.select(V.equal(n, d), V(repeating: 0), quotient)
  let z = q * q
  let angle = V.muladd(q * z, V.Scalar.arctangentTail(z), q)
  let quarter = V.select(isUpper, V(repeating: 1), V(repeating: 0))
  return (V.select(isSteep, V(repeating: 2) - quarter, quarter), V.select(isSteep, -angle, angle))
}

/// quarters·π/4 + rest.
@inline(__always)
private func angle<V: FloatVector>(_ quarters: V, _ rest: V) -> V {
  let low = V.muladd(quarters, V(repeating: V.Scalar.halfPiLow * 0.5), rest)
  return V.muladd(quarters, V(repeating: V.Scalar.halfPiHigh * 0.5), low)
}

/// arctan x. Maximum error 2.1 ulp.
@inline(__always)
package func vectorAtan<V: FloatVector>(_ x: V) -> V {
  let (quarters, rest) = octants(x.magnitude(), V(repeating: 1))
  return angle(quarters, rest).copyingSign(of: x)
}

/// The angle of the point (x, y) in −π...π, as C's `atan2`. Maximum error 2.5 ulp.
@inline(__always)
package func vectorAtan2<V: FloatVector>(_ y: V, _ x: V) -> V {
  let (a, b) = (y.magnitude(), x.magnitude())
  // A sum of the largest numbers would overflow.
  let isLarge = V.or(V.less(V(repeating: V.Scalar.hypotMaximum), a), V.less(V(repeating: V.Scalar.hypotMaximum), b))
  let scale = V.select(isLarge, V(repeating: 0.25), V(repeating: 1))
  let (quarters, rest) = octants(a * scale, b * scale)
  let isLeft = V.less(V(repeating: 1).copyingSign(of: x), V(repeating: 0))
  let turned = angle(
    V.select(isLeft, V(repeating: 4) - quarters, quarters), V.select(isLeft, -rest, rest))
  return turned.copyingSign(of: y)
}

/// arcsin t for t = a, or where a > ½ for t = √((1 − a)/2): arcsin a = π/2 − 2 arcsin t.
@inline(__always)
private func halvedArcsine<V: FloatVector>(_ a: V) -> (isHalved: V.Bits, y: V) {
  let half = V(repeating: 0.5)
  let isHalved = V.less(half, a)
  let z = V.select(isHalved, V.negmuladd(a, half, half), a * a)
  let t = V.select(isHalved, z.squareRoot(), a)
  return (isHalved, V.muladd(t * z, V.Scalar.arcsineTail(z), t))
}

/// arcsin x; NaN beyond ±1. Maximum error 2.1 ulp.
@inline(__always)
package func vectorAsin<V: FloatVector>(_ x: V) -> V {
  let (isHalved, y) = halvedArcsine(x.magnitude())
  let upper = V.negmuladd(y, V(repeating: 2), V(repeating: V.Scalar.halfPiHigh)) + V(repeating: V.Scalar.halfPiLow)
  return V.select(isHalved, upper, y).copyingSign(of: x)
}

/// arccos x; NaN beyond ±1. Maximum error 1.4 ulp.
@inline(__always)
package func vectorAcos<V: FloatVector>(_ x: V) -> V {
  let (isHalved, y) = halvedArcsine(x.magnitude())
  let (high, low) = (V(repeating: V.Scalar.halfPiHigh), V(repeating: V.Scalar.halfPiLow))
  let lower = (high - y) + low
  let ends = V.select(V.less(x, V(repeating: 0)), lower + lower, y + y)
  return V.select(isHalved, ends, (high - y.copyingSign(of: x)) + low)
}
