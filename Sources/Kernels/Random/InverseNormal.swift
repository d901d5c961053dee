/// The standard normal quantile z(p), 0 < p < 1, with a relative error of about 10⁻¹⁶.
///
/// M. J. Wichura, "Algorithm AS 241: The Percentage Points of the Normal Distribution", 1988, doi:10.2307/2347330
/// (PPND16). The same bits on every platform.
package func inverseNormal(_ p: Double) -> Double {
  quantile(p - 0.5, beyond: p < 0.5 ? p : 1 - p)
}

/// erf⁻¹ x = z((1 + x)/2)/√2, without rounding the probability on either side: ±inf at ±1, NaN beyond.
package func inverseErf(_ x: Double) -> Double {
  let rest = (1 - abs(x)) / 2
  if !(rest > 0) { return rest == 0 ? x / 0 : .nan }
  return quantile(x / 2, beyond: rest) * 0.70710678118654752
}

/// z(½ + q), where `rest` = ½ − |q|.
private func quantile(_ q: Double, beyond rest: Double) -> Double {
  if abs(q) <= 0.425 { return center(q) }
  let r = (-portableLog(rest)).squareRoot()
  let z = r <= 5 ? shoulder(r) : tail(r)
  return q < 0 ? -z : z
}

/// |p − ½| ≤ 0.425, q = p − ½.
@inline(__always)
func center<T: RoundedArithmetic>(_ q: T) -> T {
  let x = T(repeating: 0.180625) - q * q
  let a = polynomial(
    x, 3.3871328727963666080e0, 1.3314166789178437745e+2, 1.9715909503065514427e+3, 1.3731693765509461125e+4,
    4.5921953931549871457e+4, 6.7265770927008700853e+4, 3.3430575583588128105e+4, 2.5090809287301226727e+3)
  let b = polynomial(
    x, 1, 4.2313330701600911252e+1, 6.8718700749205790830e+2, 5.3941960214247511077e+3, 2.1213794301586595867e+4,
    3.9307895800092710610e+4, 2.8729085735721942674e+4, 5.2264952788528545610e+3)
  return q * (a / b)
}

/// Beyond, r = √(−ln min(p, 1 − p)) ≤ 5.
@inline(__always)
func shoulder<T: RoundedArithmetic>(_ r: T) -> T {
  let x = r - T(repeating: 1.6)
  let a = polynomial(
    x, 1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
    1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4)
  let b = polynomial(
    x, 1, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1, 1.48103976427480074590e-1,
    1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9)
  return a / b
}

/// r > 5: once in 10¹¹ numbers.
@inline(__always)
func tail<T: RoundedArithmetic>(_ r: T) -> T {
  let x = r - T(repeating: 5)
  let a = polynomial(
    x, 6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
    2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7)
  let b = polynomial(
    x, 1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2, 7.86869131145613259100e-4,
    1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15)
  return a / b
}

/// Σ cᵢ·xⁱ by Horner's rule.
@inline(__always)
private func polynomial<T: RoundedArithmetic>(
  _ x: T, _ c0: Double, _ c1: Double, _ c2: Double, _ c3: Double, _ c4: Double, _ c5: Double, _ c6: Double, _ c7: Double
) -> T {
  var y = T(repeating: c7) * x + T(repeating: c6)
  y = y * x + T(repeating: c5)
  y = y * x + T(repeating: c4)
  y = y * x + T(repeating: c3)
  y = y * x + T(repeating: c2)
  y = y * x + T(repeating: c1)
  return y * x + T(repeating: c0)
}

/// A word as the midpoint of one of 2⁵² equal cells of (0, 1), the most whose midpoints a `Double` holds.
package func midpoint(_ word: UInt64) -> Double { (Double(word >> 12) + 0.5) * 0x1p-52 }
