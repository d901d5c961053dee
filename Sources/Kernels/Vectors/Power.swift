/// ln x in two parts, for positive normal x and the exponent that was taken off it: relative error about 2⁻⁴⁰ (float32) and
/// 2⁻⁶⁵ (float64), so that times an exponent up to the largest it is still good to an ulp of the power.
///
/// With s = (m − 1)/(m + 1): ln x = k·ln 2 + 2s + s³·(2/3 + s²·p(s²)), all but p in two parts.
@inline(__always)
func preciseLogarithm<V: FloatVector>(_ x: V, shift: V) -> (high: V, low: V) {
  let (bits, m) = splitAtRootTwo(x)
  let (one, k) = (V(repeating: 1), V(converting: bits) - shift)
  let (f, d) = (m - one, m + one)
  let inverse = one / d
  let s = f * inverse
  let sLow = (V.fma(-s, d, f) - s * (m - (d - one))) * inverse
  let z = s * s
  let zLow = V.muladd(s + s, sLow, V.fma(s, s, -z))
  let (c, cLow) = twoThirdsAnd(z * V.Scalar.powerTail(z))
  let cube = s * z
  let cubeLow = V.muladd(s, zLow, V.muladd(sLow, z, V.fma(s, z, -cube)))
  let tail = cube * c
  let tailLow = V.muladd(cube, cLow, V.muladd(cubeLow, c, V.fma(cube, c, -tail)))
  // Each term is smaller than the sum before it, or that sum is zero.
  let (a, aLow) = fastSum(k * V(repeating: V.Scalar.ln2High), s + s)
  let (b, bLow) = fastSum(a, tail)
  let rest = V.muladd(k, V(repeating: V.Scalar.ln2Low), tailLow + (sLow + sLow))
  return fastSum(b, (aLow + bLow) + rest)
}

/// 2/3 + t in two parts, for small t.
@inline(__always)
private func twoThirdsAnd<V: FloatVector>(_ t: V) -> (V, V) {
  let (high, low) = fastSum(V(repeating: 0.66666666666666667), t)
  return (high, low + V(repeating: V.Scalar.twoThirdsLow))
}

/// a + b in two parts, for |a| ≥ |b| or a = 0. (T. J. Dekker, Numer. Math. 18 (1971) 224.)
@inline(__always)
private func fastSum<V: FloatVector>(_ a: V, _ b: V) -> (V, V) {
  let sum = a + b
  return (sum, (a - sum) + b)
}

/// |x|ʸ for x neither zero nor infinite and finite y.
@inline(__always)
private func magnitudePower<V: FloatVector>(_ x: V, _ y: V) -> V {
  let (scaled, shift) = normalized(x.magnitude())
  let (high, low) = preciseLogarithm(scaled, shift: shift)
  let product = y * high
  // Beyond the range of exp the low part means nothing, and may be NaN.
  let inRange = V.less(product.magnitude(), V(repeating: 2 * V.Scalar.expMaximum))
  let rest = V.select(inRange, V.muladd(y, low, V.fma(y, high, -product)), V(repeating: 0))
  let clamped = clamp(clamp(product, below: V.Scalar.expMaximum), above: V.Scalar.expMinimum)
  let (e, scale) = Exponential(clamped, low: rest).factors
  return e * scale
}

/// Whether y is an integer, for y ≥ 0.
@inline(__always)
private func isIntegral<V: FloatVector>(_ y: V) -> V.Bits {
  // From 2^(mantissa bits) on every number is; below, adding that rounds to an integer.
  let bound = V(repeating: V.Scalar.subnormalScale)
  return V.or(V.lessEqual(bound, y), V.equal((y + bound) - bound, y))
}

/// The limits and signs that C's `pow` has where the base or the exponent is not positive and finite.
@inline(__always)
private func special<V: FloatVector>(_ x: V, _ y: V, _ power: V) -> V {
  let (zero, one, infinity) = (V(repeating: 0), V(repeating: 1), V(repeating: V.Scalar.infinity))
  let (a, b) = (x.magnitude(), y.magnitude())
  // Base 0 or ∞, or exponent ±∞.
  let isLimit = V.or(V.or(V.equal(a, zero), V.equal(a, infinity)), V.equal(b, infinity))
  let shrinks = V.xor(V.less(one, a), V.less(zero, y))
  let limit = V.select(V.equal(a, one), one, V.select(shrinks, zero, infinity))
  let positive = V.select(isLimit, limit, power)
  // An odd exponent keeps the sign of the base; a finite negative base has no power that is not an integer.
  let isInteger = isIntegral(b)
  let isOdd = V.and(isInteger, V.xor(isInteger, isIntegral(b * V(repeating: 0.5))))
  let signed = V.select(isOdd, positive.copyingSign(of: x), positive)
  let isDefined = V.or(V.or(isInteger, V.lessEqual(zero, x)), V.equal(a, infinity))
  let defined = V.select(isDefined, signed, V(repeating: V.Scalar.nan))
  let isNaN = V.or(V.notEqual(x, x), V.notEqual(y, y))
  return V.select(V.or(V.equal(y, zero), V.equal(x, one)), one, V.select(isNaN, x + y, defined))
}

/// xʸ, as C's `pow`. Maximum error 1.3 ulp, subnormal results included (samples).
@inline(__always)
package func vectorPower<V: FloatVector>(_ x: V, _ y: V) -> V {
  let infinity = V(repeating: V.Scalar.infinity)
  let power = magnitudePower(x, y)
  let isOrdinary = V.and(
    V.and(V.less(V(repeating: 0), x), V.less(x, infinity)), V.less(y.magnitude(), infinity))
  return V.all(isOrdinary) ? power : special(x, y, power)
}
