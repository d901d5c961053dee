/// Elementary functions on whole vectors: exponentials here, the rest in the files beside this one.
///
/// Goals, in order: NaN, ±inf, ±0 and subnormals as C's `libm` answers; a maximum error of about 2 ulp (the figure at each
/// function is the largest found over a dense sample of all float32 and over samples of float64, at every level; the
/// opt-in test `everyFloat` covers all 2³²); no table, and a branch only for vectors with a lane that is out of the
/// ordinary, where all lanes take the careful path. A table lookup (as in glibc) would save half the polynomial but needs a gather, which costs
/// more than the polynomial.

/// eˣ = 2ⁿ·(1 + p), the exponential before its two parts are joined.
struct Exponential<V: FloatVector> {
  /// n in the low bits of ``Lane/roundingMagic`` + n.
  let shifted: V.Bits
  /// p = expm1 r, where x = n·ln 2 + r with |r| ≤ ln 2 / 2.
  let p: V

  /// Of x + low, where |low| is below an ulp of x.
  @inline(__always)
  init(_ x: V, low: V? = nil) {
    let magic = V(repeating: V.Scalar.roundingMagic)
    let rounded = V.muladd(x, V(repeating: 1.442695040888963407), magic)
    let n = rounded - magic
    var r = V.negmuladd(n, V(repeating: V.Scalar.ln2High), x)
    r = V.negmuladd(n, V(repeating: V.Scalar.ln2Low), r)
    if let low { r = r + low }
    shifted = rounded.bits
    p = V.muladd(r * r, V.Scalar.expTail(r), r)
  }

  /// Of x·ln 2: n is x rounded, and x − n exact.
  @inline(__always)
  init(base2 x: V) {
    let magic = V(repeating: V.Scalar.roundingMagic)
    shifted = (x + magic).bits
    let r = (x - (V(bits: shifted) - magic)) * V(repeating: 0.693147180559945309)
    p = V.muladd(r * r, V.Scalar.expTail(r), r)
  }

  /// 2ⁿ. The exponent field must hold n.
  @inline(__always)
  var power: V { Self.scale(V(repeating: 1), by: shifted) }

  /// eˣ where it is a normal number; NaN is lost.
  @inline(__always)
  var value: V { Self.scale(V(repeating: 1) + p, by: shifted) }

  /// eˣ as a normal number and a power of two, for any x between ``Lane/expMinimum`` and ``Lane/expMaximum`` and somewhat
  /// beyond: their product, taken last, rounds a subnormal result once. NaN is lost.
  @inline(__always)
  var factors: (V, V) {
    let half = V.shiftRight(shifted, 1)
    return (
      Self.scale(V(repeating: 1) + p, by: half), Self.scale(V(repeating: 1), by: V.subtract(shifted, half))
    )
  }

  /// y·2ⁿ by adding n, in the low bits of `n`, to y's exponent field.
  @inline(__always)
  private static func scale(_ y: V, by n: V.Bits) -> V {
    V(bits: V.add(y.bits, V.shiftLeft(n, V.Scalar.mantissaBits)))
  }
}

/// The smaller of x and a limit; NaN stays NaN.
@inline(__always)
func clamp<V: FloatVector>(_ x: V, below limit: V.Scalar) -> V {
  let limit = V(repeating: limit)
  return V.select(V.less(limit, x), limit, x)
}

/// The larger of x and a limit; NaN stays NaN.
@inline(__always)
func clamp<V: FloatVector>(_ x: V, above limit: V.Scalar) -> V {
  let limit = V(repeating: limit)
  return V.select(V.less(x, limit), limit, x)
}

/// Whether eˣ and e⁻ˣ are normal numbers in every lane: the usual case, which takes a branch of its own.
@inline(__always)
func isModerate<V: FloatVector>(_ magnitude: V) -> Bool {
  V.all(V.less(magnitude, V(repeating: V.Scalar.expModerate)))
}

/// y where x is a number, else NaN.
@inline(__always)
func keepingNaN<V: FloatVector>(of x: V, _ y: V) -> V { V.select(V.equal(x, x), y, x) }

/// eˣ. Maximum error 1.05 ulp (subnormal results too).
@inline(__always)
package func vectorExp<V: FloatVector>(_ x: V) -> V {
  if isModerate(x.magnitude()) { return Exponential(x).value }
  let inRange = clamp(clamp(x, below: V.Scalar.expMaximum), above: V.Scalar.expMinimum)
  let (y, scale) = Exponential(inRange).factors
  return keepingNaN(of: x, y * scale)
}

/// 2ˣ. Maximum error 1.1 ulp (subnormal results too), none for integers.
@inline(__always)
package func vectorExp2<V: FloatVector>(_ x: V) -> V {
  // The range of exp in powers of two.
  let scale: V.Scalar = 1.4426950408889634
  if V.all(V.less(x.magnitude(), V(repeating: V.Scalar.expModerate * scale))) { return Exponential(base2: x).value }
  let inRange = clamp(clamp(x, below: V.Scalar.expMaximum * scale), above: V.Scalar.expMinimum * scale)
  let (y, power) = Exponential(base2: inRange).factors
  return keepingNaN(of: x, y * power)
}

/// eˣ − 1. Maximum error 1.9 ulp.
@inline(__always)
package func vectorExpm1<V: FloatVector>(_ x: V) -> V {
  let inRange = clamp(clamp(x, below: V.Scalar.expMaximum), above: V.Scalar.expm1Minimum)
  let e = Exponential(inRange)
  // 2ⁿ⁺¹ overflows before the result does, so the largest results are computed at half their size.
  let isLarge = V.less(V(repeating: V.Scalar.expMaximum - 1), x)
  let one = V(repeating: 1)
  let two = V.select(isLarge, V(repeating: 2), one)
  let power = V(bits: V.subtract(e.power.bits, V.subtract(two.bits, one.bits)))
  // 2ⁿ·(1+p) − 1 without cancellation at small x, where n is 0.
  let y = V.muladd(power, e.p, power - V.select(isLarge, V(repeating: 0.5), one)) * two
  return y.copyingSign(of: x)
}
