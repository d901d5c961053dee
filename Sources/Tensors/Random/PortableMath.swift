/// Elementary functions that give the same bits on every platform, for random numbers: they consist of additions,
/// multiplications, divisions and square roots of `Double`s, which round the same everywhere. The C library's may not, nor
/// do the kernels', which fuse products into sums where the processor can. Errors are a few units of the last place.

/// ln x for x > 0: x = m·2ᵏ, ln m = 2 artanh((m − 1)/(m + 1)) as a series.
package func portableLog(_ x: Double) -> Double {
  var (m, k) = (x.significand, Double(x.exponent))
  if m > 1.4142135623730951 { (m, k) = (m / 2, k + 1) }
  let s = (m - 1) / (m + 1)
  return k * 0.6931471805599453 + 2 * s * artanhSeries(s * s, from: 1)
}

/// Σ zⁱ/(2i + first), i = 0, 1, …, for z up to that of ½ ln 2.
private func artanhSeries(_ z: Double, from first: Int) -> Double {
  var series = 0.0
  for n in stride(from: 21, through: first, by: -2) { series = series * z + 1 / Double(n) }
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
