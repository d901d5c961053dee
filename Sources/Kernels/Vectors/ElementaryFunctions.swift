/// exp, log, tanh and the logistic function on whole vectors.
///
/// Goals, in order: NaN, ±inf, ±0 and subnormals as C's `libm` answers; a maximum error of 3 ulp (the figure at each
/// function was measured over every float32 that matters and samples of float64); no branch and no table, so that every
/// lane takes the same path. A table lookup (as in glibc) would save half the polynomial but needs a gather, which costs
/// more than the polynomial.
@inline(__always)
private func powerOfTwo<V: FloatVector>(_ shifted: V) -> V {
  // `shifted` is n + magic: n stands in the low bits. 2ⁿ is (n + bias) in the exponent field.
  let n = V.subtract(shifted.bits, V(repeating: V.Scalar.roundingMagic).bits)
  return V(bits: V.shiftLeft(V.add(n, V.splat(bitPattern: V.Scalar.exponentBias)), V.Scalar.mantissaBits))
}

/// x = n·ln 2 + r with integral n and |r| ≤ ln 2 / 2.
@inline(__always)
private func reduce<V: FloatVector>(_ x: V) -> (n: V, r: V) {
  let magic = V(repeating: V.Scalar.roundingMagic)
  let n = V.muladd(x, V(repeating: 1.442695040888963407), magic) - magic
  let high = V.negmuladd(n, V(repeating: V.Scalar.ln2High), x)
  return (n, V.negmuladd(n, V(repeating: V.Scalar.ln2Low), high))
}

/// exp r − 1 for |r| ≤ ln 2 / 2.
@inline(__always)
private func expm1Reduced<V: FloatVector>(_ r: V) -> V { V.muladd(r * r, V.Scalar.expTail(r), r) }

/// eˣ. Maximum error 1.05 ulp (subnormal results too).
@inline(__always)
package func vectorExp<V: FloatVector>(_ x: V) -> V {
  let high = V(repeating: V.Scalar.expMaximum)
  let low = V(repeating: V.Scalar.expMinimum)
  // A comparison with NaN is false, so NaN passes both selections unchanged.
  let clamped = V.select(V.less(high, x), high, V.select(V.less(x, low), low, x))
  let (n, r) = reduce(clamped)
  // 2ⁿ in two factors: n reaches beyond the exponent field at both ends.
  let magic = V(repeating: V.Scalar.roundingMagic)
  let half = V.muladd(n, V(repeating: 0.5), magic)
  let y = V(repeating: 1) + expm1Reduced(r)
  return y * powerOfTwo(half) * powerOfTwo((n - (half - magic)) + magic)
}

/// ln x. Maximum error 1 ulp; −inf at ±0, NaN below.
@inline(__always)
package func vectorLog<V: FloatVector>(_ x: V) -> V {
  let infinity = V(repeating: V.Scalar.infinity)
  // Subnormals are scaled into the normal range first.
  let scaleUp = V(repeating: V.Scalar.subnormalScale)
  let tiny = V.less(x, V(repeating: V.Scalar.leastNormalMagnitude))
  let scaled = V.select(tiny, x * scaleUp, x)
  let shift = V.select(tiny, V(repeating: V.Scalar.subnormalShift), V(repeating: 0))
  // m = scaled / 2ᵏ in [√½, √2): subtract the bits of √½, and what overflows into the exponent field is k.
  let rootHalf = V(repeating: 0.70710678118654752).bits
  let offset = V.subtract(scaled.bits, rootHalf)
  let k = V(converting: V.shiftRight(offset, V.Scalar.mantissaBits)) - shift
  let fraction = V.and(offset, V.splat(bitPattern: (1 << Int(V.Scalar.mantissaBits)) &- 1))
  let f = V(bits: V.add(fraction, rootHalf)) - V(repeating: 1)
  let s = f / (V(repeating: 2) + f)
  let z = s * s
  let tail = s * (f - z * V.Scalar.logTail(z))
  let low = V.negmuladd(k, V(repeating: V.Scalar.ln2Low), tail)
  let y = V.muladd(k, V(repeating: V.Scalar.ln2High), f - low)
  // log +inf = inf and log NaN = NaN: pass x through. log 0 = −inf; below zero NaN.
  let special = V.select(V.less(x, infinity), y, x)
  let atZero = V.select(V.equal(x, V(repeating: 0)), -infinity, special)
  return V.select(V.less(x, V(repeating: 0)), V(repeating: V.Scalar.nan), atZero)
}

/// tanh x = e/(e+2) with e = exp(2|x|) − 1. Maximum error 2.7 ulp.
@inline(__always)
package func vectorTanh<V: FloatVector>(_ x: V) -> V {
  let limit = V(repeating: V.Scalar.tanhSaturation)
  let a = x.magnitude()
  let clamped = V.select(V.less(limit, a), limit, a)
  let (n, r) = reduce(clamped + clamped)
  let scale = powerOfTwo(n + V(repeating: V.Scalar.roundingMagic))
  // 2ⁿ·(1+p) − 1 without cancellation at small x, where n is 0.
  let e = V.muladd(scale, expm1Reduced(r), scale - V(repeating: 1))
  return (e / (e + V(repeating: 2))).copyingSign(of: x)
}

/// 1 / (1 + e⁻ˣ). Maximum error 2.5 ulp where the result is normal.
@inline(__always)
package func vectorSigmoid<V: FloatVector>(_ x: V) -> V {
  V(repeating: 1) / (V(repeating: 1) + vectorExp(-x))
}
