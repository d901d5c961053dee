/// Φ(z), the probability that a standard normal number is below z, with a relative error below 6·10⁻¹⁴ for −37 ≤ z ≤ 0. The
/// same bits on every platform.
///
/// Laplace's continued fraction beyond −2; nearer to the middle a series whose terms have one sign: G. Marsaglia,
/// "Evaluating the Normal Distribution", 2004, doi:10.18637/jss.v011.i04.
package func normalProbability(below z: Double) -> Double {
  if z > 0 { return 1 - normalProbability(below: -z) }
  let density = 0.3989422804014327 * portableExp(-0.5 * z * z)
  return z < -2 ? density * millsRatio(-z) : 0.5 + density * oddSeries(z)
}

/// (1 − Φ(x))/φ(x) = 1/(x + 1/(x + 2/(x + 3/(x + …)))), x ≥ 2.
private func millsRatio(_ x: Double) -> Double {
  var rest = x
  for k in stride(from: 100.0, through: 1, by: -1) { rest = x + k / rest }
  return 1 / rest
}

/// z + z³/3 + z⁵/(3·5) + …
private func oddSeries(_ z: Double) -> Double {
  var (term, sum, n) = (z, z, 1.0)
  while abs(term) > 1e-17 * abs(sum) {
    n += 2
    term *= z * z / n
    sum += term
  }
  return sum
}
