/// √(a² + b²) without overflow or underflow on the way; inf where either is infinite. Maximum error 1.1 ulp.
@inline(__always)
package func vectorHypot<V: FloatVector>(_ a: V, _ b: V) -> V {
  let (x, y) = (a.magnitude(), b.magnitude())
  let (larger, smaller) = (V.select(V.less(x, y), y, x), V.select(V.less(x, y), x, y))
  let isLarge = V.less(V(repeating: V.Scalar.hypotMaximum), larger)
  let isSmall = V.less(larger, V(repeating: V.Scalar.hypotMinimum))
  let one = V(repeating: 1)
  let (up, down) = (V(repeating: V.Scalar.hypotScale), V(repeating: 1 / V.Scalar.hypotScale))
  let scale = V.select(isLarge, down, V.select(isSmall, up, one))
  let inverse = V.select(isLarge, up, V.select(isSmall, down, one))
  let (u, v) = (larger * scale, smaller * scale)
  let distance = V.muladd(u, u, v * v).squareRoot() * inverse
  let infinity = V(repeating: V.Scalar.infinity)
  return V.select(V.or(V.equal(x, infinity), V.equal(y, infinity)), infinity, distance)
}

/// The number after a in the direction of b: b where they are equal.
@inline(__always)
package func vectorNextAfter<V: FloatVector>(_ a: V, _ b: V) -> V {
  let zero = V(repeating: 0)
  // Away from zero the bits grow by one, towards it they shrink.
  let isAway = V.xor(V.less(a, b), V.less(a, zero))
  let step = V.subtract(V.splat(bitPattern: -1), V.shiftLeft(isAway, 1))
  let next = V(bits: V.add(a.bits, step))
  let fromZero = V(bits: V.splat(bitPattern: 1)).copyingSign(of: b)
  let y = V.select(V.equal(a, zero), fromZero, next)
  let isNaN = V.or(V.notEqual(a, a), V.notEqual(b, b))
  return V.select(isNaN, a + b, V.select(V.equal(a, b), b, y))
}
