import Kernels

/// Logarithms of probabilities of counts, to nearly full precision for counts of any size.
///
/// Loader, "Fast and Accurate Computation of Binomial Probabilities", 2000: Stirling's formula cancels against the powers
/// before anything is computed; what is left are its error and deviances.

/// ln of e^(−rate)·rateᵏ/k!.
package func logPoisson(_ k: Double, rate: Double) -> Double {
  if k == 0 { return -rate }
  return -stirlingError(k) - deviance(k, rate) - 0.5 * portableLog(2 * .pi * k)
}

/// ln of the probability of k successes in n trials, 0 < p < 1.
package func logBinomial(_ k: Double, of n: Double, _ p: Double) -> Double {
  if k == 0 { return n * portableLog1p(-p) }
  if k == n { return n * portableLog(p) }
  let errors = stirlingError(n) - stirlingError(k) - stirlingError(n - k)
  let deviances = deviance(k, n * p) + deviance(n - k, n * (1 - p))
  return errors - deviances - 0.5 * portableLog(2 * .pi * k * ((n - k) / n))
}

/// ln k! − ln √(2πk)·(k/e)ᵏ, k ≥ 1.
private func stirlingError(_ k: Double) -> Double {
  if k < 16 {
    let factorial = stride(from: 2, through: k, by: 1).reduce(1, *)
    return portableLog(factorial) - 0.5 * portableLog(2 * .pi * k) - k * portableLog(k) + k
  }
  let z = 1 / (k * k)
  return (1.0 / 12 - z * (1.0 / 360 - z * (1.0 / 1260 - z * (1.0 / 1680 - z / 1188)))) / k
}

/// x·ln(x/m) + m − x, x > 0: m·((1 + t)·ln(1 + t) − t) with t = (x − m)/m.
private func deviance(_ x: Double, _ m: Double) -> Double {
  let t = (x - m) / m
  return m * (t * t + (1 + t) * portableLog1pMinus(t))
}
