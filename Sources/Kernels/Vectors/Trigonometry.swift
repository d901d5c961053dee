/// sin r for |r| ≤ π/2.
@inline(__always)
private func reducedSine<V: FloatVector>(_ r: V) -> V {
  let z = r * r
  return V.muladd(r * z, V.Scalar.sineTail(z), r)
}

/// ±sin r for the sign bit at the bottom of `halfTurns` and |r| ≤ π/2.
@inline(__always)
private func signedSine<V: FloatVector>(_ r: V, _ halfTurns: V.Bits) -> V {
  V(bits: V.xor(reducedSine(r).bits, V.shiftLeft(halfTurns, V.Scalar.signBit)))
}

/// x − q·π, rounded to the last place of the result.
///
/// W. J. Cody, W. Waite, Software Manual for the Elementary Functions, 1980. Each part of π has as many digits as the type:
/// the product with the first is as long as twice that, so it must not be rounded before the subtraction, which is then
/// exact.
@inline(__always)
private func reduced<V: FloatVector>(_ x: V, _ q: V) -> V {
  let high = V.fma(-q, V(repeating: V.Scalar.piHigh), x)
  let middle = V.fma(-q, V(repeating: V.Scalar.piMiddle), high)
  return V.negmuladd(q, V(repeating: V.Scalar.piLow), middle)
}

/// Lanes beyond the reach of ``reduced(_:_:)``, which the C library's function gets instead.
@inline(__always)
private func isFar<V: FloatVector>(_ x: V) -> V.Bits { V.less(V(repeating: V.Scalar.sineLimit), x.magnitude()) }

/// sin x, for x of any size. Maximum error 2.2 ulp, 2.4 without fused multiply-adds.
@inline(__always)
package func vectorSin<V: FloatVector>(_ x: V) -> V {
  let magic = V(repeating: V.Scalar.roundingMagic)
  let shifted = V.muladd(x, V(repeating: 0.31830988618379067), magic)
  let sine = signedSine(reduced(x, shifted - magic), shifted.bits)
  // The sum in it loses the sign of zero.
  let y = V.select(V.equal(x, V(repeating: 0)), x, sine)
  let far = isFar(x)
  return V.any(far) ? V.sine(where: far, x, y) : y
}

/// cos x = sin(x + π/2), for x of any size. Maximum error 2.2 ulp, 2.4 without fused multiply-adds.
@inline(__always)
package func vectorCos<V: FloatVector>(_ x: V) -> V {
  let (magic, half) = (V(repeating: V.Scalar.roundingMagic), V(repeating: 0.5))
  // x = (n + ½)π + r, so cos x = −(−1)ⁿ sin r.
  let shifted = V.muladd(x, V(repeating: 0.31830988618379067), -half) + magic
  let y = signedSine(-reduced(x, (shifted - magic) + half), shifted.bits)
  let far = isFar(x)
  return V.any(far) ? V.cosine(where: far, x, y) : y
}

/// tan x, for x of any size. Maximum error 3.1 ulp, 3.5 without fused multiply-adds.
@inline(__always)
package func vectorTan<V: FloatVector>(_ x: V) -> V {
  let magic = V(repeating: V.Scalar.roundingMagic)
  let shifted = V.muladd(x, V(repeating: 0.63661977236758134), magic)
  // x = q·π/2 + r, and tan x = tan r or −1/tan r.
  let r = reduced(x, (shifted - magic) * V(repeating: 0.5))
  let half = reducedSine(r * V(repeating: 0.5))
  let (sine, cosine) = (reducedSine(r), V.negmuladd(half + half, half, V(repeating: 1)))
  let isOdd = V.shiftRight(V.shiftLeft(shifted.bits, V.Scalar.signBit), V.Scalar.signBit)
  let tangent = V.select(isOdd, -cosine, sine) / V.select(isOdd, sine, cosine)
  let y = V.select(V.equal(x, V(repeating: 0)), x, tangent)
  let far = isFar(x)
  return V.any(far) ? V.tangent(where: far, x, y) : y
}
