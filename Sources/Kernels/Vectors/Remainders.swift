/// a − b·n for the integer n nearest to a/b towards 0, exact, with the sign of a; NaN for infinite a and for b = 0.
@inline(__always)
package func vectorFmod<V: FloatVector>(_ a: V, _ b: V) -> V {
  let n = (a / b).roundedToZero()
  let r = V.fma(-n, b, a)
  // The quotient may have been rounded up to an integer that it does not reach: then r has left the side of a.
  let isBeyond = V.less(r * V(repeating: 1).copyingSign(of: a), V(repeating: 0))
  let y = V.select(isBeyond, r + b.magnitude().copyingSign(of: a), r).copyingSign(of: a)
  let isExact = V.and(
    V.less(n.magnitude(), V(repeating: V.Scalar.subnormalScale)),
    V.less(b.magnitude(), V(repeating: V.Scalar.infinity)))
  return V.all(isExact) ? y : V.fmod(where: V.xor(isExact, V.splat(bitPattern: -1)), a, b, y)
}

/// Whether the remainder m of a division by b is on the other side of zero.
@inline(__always)
private func isOpposite<V: FloatVector>(_ m: V, _ b: V) -> V.Bits {
  let zero = V(repeating: 0)
  return V.and(V.notEqual(m, zero), V.xor(V.less(b, zero), V.less(m, zero)))
}

/// a − b·⌊a/b⌋, with the sign of b, as Python's `%`.
@inline(__always)
package func vectorRemainder<V: FloatVector>(_ a: V, _ b: V) -> V {
  let m = vectorFmod(a, b)
  return V.select(isOpposite(m, b), m + b, m)
}

/// ⌊a/b⌋ as Python's `//`, of the exact quotient and not of the rounded one; a/b for b = 0. Maximum error 1 ulp, none below
/// the number from where on floating-point numbers are integers.
@inline(__always)
package func vectorFloorDivide<V: FloatVector>(_ a: V, _ b: V) -> V {
  let (zero, one) = (V(repeating: 0), V(repeating: 1))
  let m = vectorFmod(a, b)
  let quotient = (a - m) / b
  // An integer up to the rounding of the division.
  let whole = V.select(isOpposite(m, b), quotient - one, quotient)
  let floor = whole.roundedDown()
  let nearest = V.select(V.less(V(repeating: 0.5), whole - floor), floor + one, floor)
  let y = V.select(V.equal(whole, zero), zero.copyingSign(of: a / b), nearest)
  return V.select(V.equal(b, zero), a / b, y)
}
