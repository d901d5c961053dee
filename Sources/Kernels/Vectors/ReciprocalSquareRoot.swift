/// One step towards 1/√x from y, which cubes the relative error: y·(1 + e/2 + 3e²/8) with e = 1 − xy².
@inline(__always)
private func refined<V: FloatVector>(_ x: V, _ y: V) -> V {
  let e = V.negmuladd(x * y, y, V(repeating: 1))
  return V.muladd(y * e, V.muladd(e, V(repeating: 0.375), V(repeating: 0.5)), y)
}

/// 1/√x; inf at ±0 with its sign, NaN below. Maximum error 1.5 ulp.
///
/// Half the exponent, negated, gives the first digits (C. Lomont, Fast inverse square root, 2003); two steps make it a float,
/// three a double. That is half the time of a square root and a division.
@inline(__always)
package func vectorReciprocalSquareRoot<V: FloatVector>(_ x: V) -> V {
  let infinity = V(repeating: V.Scalar.infinity)
  let isNormal = V.and(V.lessEqual(V(repeating: V.Scalar.leastNormalMagnitude), x), V.less(x, infinity))
  guard V.all(isNormal) else { return V(repeating: 1) / x.squareRoot() }
  let guess = V(bits: V.subtract(V.splat(bitPattern: V.Scalar.rootGuess), V.shiftRight(x.bits, 1)))
  let y = refined(x, refined(x, guess))
  return V.Scalar.mantissaBits > 23 ? refined(x, y) : y
}
