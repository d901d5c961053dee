import CKernels

/// ψ(x) = Γ′(x)/Γ(x). ∓inf at ±0, NaN at the negative integers. The error is about 10⁻¹⁵ of the larger of ψ and 1.
///
/// Upwards by ψ(x) = ψ(x + 1) − 1/x to where Stirling's series is good to the last digit, from below zero by reflection.
/// (M. Abramowitz, I. A. Stegun, Handbook of Mathematical Functions, 1964, 6.3.5, 6.3.7, 6.3.18.)
package func digamma(_ x: Double) -> Double {
  if x == 0 { return 1 / -x }
  if x < 0 { return x == x.rounded(.down) ? .nan : digamma(1 - x) - Double.pi * cotangent(x) }
  var (x, sum) = (x, 0.0)
  while x < 10 {
    sum -= 1 / x
    x += 1
  }
  if x == .infinity { return x }
  let z = 1 / (x * x)
  // B₂ₖ/2k.
  let series =
    z
    * (1.0 / 12 - z * (1.0 / 120 - z * (1.0 / 252 - z * (1.0 / 240 - z * (1.0 / 132 - z * (691.0 / 32760 - z / 12))))))
  return sum + (adj_f64_log(x) - 0.5 / x - series)
}

/// cot πx, exactly 0 halfway between integers.
private func cotangent(_ x: Double) -> Double {
  let f = x - x.rounded()
  if abs(f) < 0.25 { return 1 / adj_f64_tan(.pi * f) }
  let y = adj_f64_tan(.pi * (0.5 - abs(f)))
  return f < 0 ? -y : y
}

/// ψ⁽ⁿ⁾, the n-th derivative of digamma, n ≥ 1: (−1)ⁿ⁺¹·n!·ζ(n + 1, x) with Hurwitz's zeta function.
///
/// At 0 and the negative integers, its poles, it is inf for odd n and −inf for even n.
package struct Polygamma {
  private let order: Int
  private let factorial: Double
  /// The coefficients of the n-th derivative of the cotangent as a polynomial of the cotangent.
  private let reflection: [Double]

  package init(order: Int) {
    self.order = order
    factorial = (1...order).reduce(1) { $0 * Double($1) }
    reflection = (0..<order).reduce([0, 1]) { coefficients, _ in Polygamma.differentiated(coefficients) }
  }

  /// The derivative of p(cot u) as a polynomial of cot u: −(1 + c²)·p′(c).
  private static func differentiated(_ p: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: p.count + 1)
    for k in 1..<p.count {
      result[k - 1] -= Double(k) * p[k]
      result[k + 1] -= Double(k) * p[k]
    }
    return result
  }

  package func callAsFunction(_ x: Double) -> Double {
    let isOdd = order & 1 == 1
    if x > 0 || x.isNaN { return (isOdd ? factorial : -factorial) * zeta(x) }
    if x == x.rounded(.down) { return isOdd ? .infinity : -.infinity }
    // ψ⁽ⁿ⁾(x) = (−1)ⁿ·ψ⁽ⁿ⁾(1 − x) − π·(d/dx)ⁿ cot πx.
    let slope = reflection.reversed().reduce(0) { $0 * cotangent(x) + $1 } / inversePower(.pi)
    return (isOdd ? -1 : 1) * self(1 - x) - slope
  }

  /// ζ(s, x) = Σ (x + k)⁻ˢ over k ≥ 0 for s = n + 1 and x > 0: some terms, and the rest by Euler and Maclaurin's formula,
  /// whose series is good to the last digit from about s/2 + 10 on.
  private func zeta(_ x: Double) -> Double {
    if x == .infinity { return 0 }
    let s = Double(order + 1)
    var (a, sum) = (x, 0.0)
    while a < 10 + s / 2 {
      sum += inversePower(a)
      a += 1
    }
    let power = inversePower(a)
    // B₂ₖ/(2k)! · s(s + 1)…(s + 2k − 2)·a⁻ˢ⁻²ᵏ⁺¹.
    var (series, term, k) = (0.0, power * s / a, 0.0)
    for coefficient in Polygamma.bernoulli {
      series += coefficient * term
      term *= (s + k + 1) * (s + k + 2) / (a * a)
      k += 2
    }
    return sum + (a * power / (s - 1) + power / 2 + series)
  }

  /// a⁻ⁿ⁻¹.
  private func inversePower(_ a: Double) -> Double { 1 / (0..<order).reduce(a) { power, _ in power * a } }

  /// B₂ₖ/(2k)!.
  private static let bernoulli: [Double] = [
    1.0 / 12, -1.0 / 720, 1.0 / 30_240, -1.0 / 1_209_600, 1.0 / 47_900_160, -691.0 / 1_307_674_368_000,
    1.0 / 74_724_249_600, -3617.0 / 10_670_622_842_880_000, 43_867.0 / 5_109_094_217_170_944_000,
  ]
}
