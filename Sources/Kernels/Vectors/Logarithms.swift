/// 2ᵏ·m with m in [√½, √2), from the bits of a positive normal number.
@inline(__always)
func splitAtRootTwo<V: FloatVector>(_ x: V) -> (k: V.Bits, m: V) {
  // Subtract the bits of √½: what overflows into the exponent field is k.
  let rootHalf = V(repeating: 0.70710678118654752).bits
  let offset = V.subtract(x.bits, rootHalf)
  let fraction = V.and(offset, V.splat(bitPattern: (1 << Int(V.Scalar.mantissaBits)) &- 1))
  return (V.shiftRight(offset, V.Scalar.mantissaBits), V(bits: V.add(fraction, rootHalf)))
}

/// A positive number with its subnormals scaled into the normal range, and the exponent of the scale.
@inline(__always)
func normalized<V: FloatVector>(_ x: V) -> (scaled: V, shift: V) {
  let isTiny = V.less(x, V(repeating: V.Scalar.leastNormalMagnitude))
  let scaled = V.select(isTiny, x * V(repeating: V.Scalar.subnormalScale), x)
  return (scaled, V.select(isTiny, V(repeating: V.Scalar.subnormalShift), V(repeating: 0)))
}

/// k·ln 2 + log(1 + f) for 1 + f in [√½, √2].
@inline(__always)
private func logarithm<V: FloatVector>(_ k: V, _ f: V) -> V {
  let s = f / (V(repeating: 2) + f)
  let z = s * s
  let tail = s * (f - z * V.Scalar.logTail(z))
  let low = V.negmuladd(k, V(repeating: V.Scalar.ln2Low), tail)
  return V.muladd(k, V(repeating: V.Scalar.ln2High), f - low)
}

/// ln x. Maximum error 1 ulp; −inf at ±0, NaN below.
@inline(__always)
package func vectorLog<V: FloatVector>(_ x: V) -> V {
  let infinity = V(repeating: V.Scalar.infinity)
  let isNormal = V.and(V.lessEqual(V(repeating: V.Scalar.leastNormalMagnitude), x), V.less(x, infinity))
  let one = V(repeating: 1)
  if V.all(isNormal) {
    let (k, m) = splitAtRootTwo(x)
    return logarithm(V(converting: k), m - one)
  }
  let (scaled, shift) = normalized(x)
  let (k, m) = splitAtRootTwo(scaled)
  return logarithmLimits(x, logarithm(V(converting: k) - shift, m - one))
}

/// y where x is positive and finite, else what every logarithm is there: −inf at ±0, NaN below, inf and NaN at themselves.
@inline(__always)
private func logarithmLimits<V: FloatVector>(_ x: V, _ y: V) -> V {
  let (zero, infinity) = (V(repeating: 0), V(repeating: V.Scalar.infinity))
  let special = V.select(V.less(x, infinity), y, x)
  let atZero = V.select(V.equal(x, zero), -infinity, special)
  return V.select(V.less(x, zero), V(repeating: V.Scalar.nan), atZero)
}

/// ln x times a factor in two parts.
@inline(__always)
private func scaledLogarithm<V: FloatVector>(_ x: V, _ factorHigh: V.Scalar, _ factorLow: V.Scalar) -> V {
  let (scaled, shift) = normalized(x)
  let (high, low) = preciseLogarithm(scaled, shift: shift)
  let (factor, rest) = (V(repeating: factorHigh), V(repeating: factorLow))
  let product = high * factor
  let error = V.muladd(low, factor, V.muladd(high, rest, V.fma(high, factor, -product)))
  return logarithmLimits(x, product + error)
}

/// log₂ x. Maximum error 0.6 ulp, none at powers of two.
@inline(__always)
package func vectorLog2<V: FloatVector>(_ x: V) -> V {
  scaledLogarithm(x, V.Scalar.log2OfEHigh, V.Scalar.log2OfELow)
}

/// log₁₀ x. Maximum error 0.6 ulp, none at powers of ten.
@inline(__always)
package func vectorLog10<V: FloatVector>(_ x: V) -> V {
  scaledLogarithm(x, V.Scalar.log10OfEHigh, V.Scalar.log10OfELow)
}

/// ln(1 + x) for finite x > −1, with the sign of zero lost.
@inline(__always)
func log1pFinite<V: FloatVector>(_ x: V) -> V {
  let one = V(repeating: 1)
  let (k, _) = splitAtRootTwo(one + x)
  // 2⁻ᵏ may be subnormal, so it is a quarter of 2²⁻ᵏ. Then f = 2⁻ᵏ·(1+x) − 1 is rounded once; it is x itself where k = 0.
  let power = V(bits: V.subtract(V(repeating: 4).bits, V.shiftLeft(k, V.Scalar.mantissaBits))) * V(repeating: 0.25)
  return logarithm(V(converting: k), V.muladd(power, x, power - one))
}

/// ln(1 + x). Maximum error 1.6 ulp; −inf at −1, NaN below.
@inline(__always)
package func vectorLog1p<V: FloatVector>(_ x: V) -> V {
  let minusOne = V(repeating: -1)
  let y = log1pFinite(x).copyingSign(of: x)
  let special = V.select(V.less(x, V(repeating: V.Scalar.infinity)), y, x)
  let atPole = V.select(V.equal(x, minusOne), V(repeating: -V.Scalar.infinity), special)
  return V.select(V.less(x, minusOne), V(repeating: V.Scalar.nan), atPole)
}
