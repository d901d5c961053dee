/// Elementary functions that give the same bits on every platform, for random numbers: they consist of additions,
/// multiplications, divisions and square roots of `Double`s, which round the same everywhere. The C library's may not, nor
/// do the other kernels', which fuse products into sums where the processor can. Errors are a few units of the last place.

/// A `Double`, or a vector of them: what a formula takes that is to give the same bits for both. Nothing here fuses.
protocol RoundedArithmetic {
  init(repeating value: Double)
  static func + (a: Self, b: Self) -> Self
  static func - (a: Self, b: Self) -> Self
  static func * (a: Self, b: Self) -> Self
  static func / (a: Self, b: Self) -> Self
}

extension SIMD8<Double>: RoundedArithmetic {}
extension Double: RoundedArithmetic {
  @inline(__always) init(repeating value: Double) { self = value }
}

/// ln x for x > 0: x = m·2ᵏ.
package func portableLog(_ x: Double) -> Double {
  let (m, k) = (x.significand, Double(x.exponent))
  return m < 1.4142135623730951 ? logarithm(m, k) : logarithm(m / 2, k + 1)
}

/// ln x of every lane, for normal numbers above 0, with the same bits.
@inline(__always)
func portableLog(_ x: SIMD8<Double>) -> SIMD8<Double> {
  let (k, m) = splitAtRootTwo(x)
  return logarithm(m, SIMD8(converting: k))
}

/// k·ln 2 + ln m, ln m = 2 artanh((m − 1)/(m + 1)).
@inline(__always)
private func logarithm<T: RoundedArithmetic>(_ m: T, _ k: T) -> T {
  let s = (m - T(repeating: 1)) / (m + T(repeating: 1))
  return k * T(repeating: 0.6931471805599453) + T(repeating: 2) * s * artanhSeries(s * s, from: 1)
}

/// Σ zⁱ/(2i + first), i = 0, 1, …, for z up to that of ½ ln 2.
@inline(__always)
private func artanhSeries<T: RoundedArithmetic>(_ z: T, from first: Int) -> T {
  var series = T(repeating: 1.0 / 21)
  var n = 19
  while n >= first {
    series = series * z + T(repeating: 1 / Double(n))
    n &-= 2
  }
  return series
}

/// Whether 1 + x is within [√½, √2], where ``artanhSeries(_:from:)`` reaches ln(1 + x).
private func isNearZero(_ x: Double) -> Bool { x > -0.29 && x < 0.41 }

/// ln(1 + x), x > −1.
package func portableLog1p(_ x: Double) -> Double {
  if !isNearZero(x) { return portableLog(1 + x) }
  let s = x / (2 + x)
  return 2 * s * artanhSeries(s * s, from: 1)
}

/// ln(1 + x) − x, x > −1, without cancellation: with s = x/(2 + x), x = 2s/(1 − s), it is −s·x + 2s³(1/3 + s²/5 + …).
package func portableLog1pMinus(_ x: Double) -> Double {
  if !isNearZero(x) { return portableLog(1 + x) - x }
  let s = x / (2 + x)
  return 2 * s * s * s * artanhSeries(s * s, from: 3) - s * x
}

/// eˣ = 2ⁿ·eʳ, x = n·ln 2 + r.
package func portableExp(_ x: Double) -> Double {
  if x.isNaN { return x }
  if x < -746 { return 0 }
  if x > 710 { return .infinity }
  let n = (x * 1.4426950408889634).rounded()
  // The high part of ln 2 times n is exact.
  let r = (x - n * 0.6931471805592082) - n * 7.371002565167798e-13
  var series = 1.0
  for k in stride(from: 14.0, through: 1, by: -1) { series = 1 + series * r / k }
  return Double(sign: .plus, exponent: Int(n), significand: series)
}

/// tan πt, |t| < ½.
package func portableTangent(halfTurns t: Double) -> Double {
  if abs(t) <= 0.25 { return tangent(t * .pi) }
  return (t < 0 ? -1 : 1) / tangent((0.5 - abs(t)) * .pi)
}

/// tan x as the ratio of two series, |x| ≤ π/4.
private func tangent(_ x: Double) -> Double {
  var (sine, cosine) = (1.0, 1.0)
  for k in stride(from: 18.0, through: 2, by: -2) {
    sine = 1 - sine * x * x / (k * (k + 1))
    cosine = 1 - cosine * x * x / (k * (k - 1))
  }
  return x * sine / cosine
}
