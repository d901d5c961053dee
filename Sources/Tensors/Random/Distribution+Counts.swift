import Kernels

extension Distribution {
  /// The number of trials up to the first success, ⌈E/−ln(1 − p)⌉.
  static let geometric = Distribution(
    name: "geometric", parameters: ["probability": .positiveProbability], isDiscrete: true
  ) { stream, p in
    trials(p[0], &stream)
  }

  static let poisson = Distribution(name: "poisson", parameters: ["rate": .nonnegative], isDiscrete: true) {
    stream, p in
    p[0] < 10 ? smallPoisson(p[0], &stream) : largePoisson(p[0], &stream)
  }

  static let binomial = Distribution(
    name: "binomial", parameters: ["count": .count, "probability": .probability], isDiscrete: true
  ) { stream, p in
    if p[1] > 0.5 { return p[0] - successes(p[0], 1 - p[1], &stream) }
    return successes(p[0], p[1], &stream)
  }
}

/// The number of trials up to the first success.
private func trials(_ p: Double, _ stream: inout RandomStream) -> Double {
  if p == 1 { return 1 }
  return max(1, (stream.exponential() / -portableLog1p(-p)).rounded(.up))
}

/// How many uniform numbers may be multiplied before the product falls below e^(−rate): time grows with the rate.
///
/// Knuth, "The Art of Computer Programming", volume 2, section 3.4.1.
private func smallPoisson(_ rate: Double, _ stream: inout RandomStream) -> Double {
  let limit = portableExp(-rate)
  var (count, product) = (0.0, stream.uniform())
  while product > limit {
    count += 1
    product *= stream.uniform()
  }
  return count
}

/// Transformed rejection with squeeze, for rates from 10 on: time does not depend on the rate.
///
/// Hörmann, "The transformed rejection method for generating Poisson random variables", 1993,
/// doi:10.1016/0167-6687(93)90997-4 (PTRS).
private func largePoisson(_ rate: Double, _ stream: inout RandomStream) -> Double {
  let b = 0.931 + 2.53 * rate.squareRoot()
  let a = -0.059 + 0.02483 * b
  let (inverseAlpha, squeeze) = (1.1239 + 1.1328 / (b - 3.4), 0.9277 - 3.6224 / (b - 2))
  while true {
    let (u, v) = (stream.uniform() - 0.5, stream.uniform())
    let s = 0.5 - abs(u)
    let k = ((2 * a / s + b) * u + rate + 0.43).rounded(.down)
    if s >= 0.07 && v <= squeeze { return k }
    if k < 0 || (s < 0.013 && v > s) { continue }
    if portableLog(v * inverseAlpha / (a / (s * s) + b)) <= logPoisson(k, rate: rate) { return k }
  }
}

/// The number of successes in n trials, p ≤ ½.
private func successes(_ n: Double, _ p: Double, _ stream: inout RandomStream) -> Double {
  if p == 0 { return 0 }
  return n * p < 10 ? fewSuccesses(n, p, &stream) : manySuccesses(n, p, &stream)
}

/// How many waiting times for a success fit into n trials: time grows with n·p.
///
/// Devroye, "Non-Uniform Random Variate Generation", 1986, section X.4.3.
private func fewSuccesses(_ n: Double, _ p: Double, _ stream: inout RandomStream) -> Double {
  var (count, used) = (0.0, trials(p, &stream))
  while used <= n {
    count += 1
    used += trials(p, &stream)
  }
  return count
}

/// Transformed rejection with squeeze, for n·p from 10 on: time does not depend on n.
///
/// Hörmann, "The generation of binomial random variates", 1993, doi:10.1080/00949659308811496 (BTRS).
private func manySuccesses(_ n: Double, _ p: Double, _ stream: inout RandomStream) -> Double {
  let deviation = (n * p * (1 - p)).squareRoot()
  let b = 1.15 + 2.53 * deviation
  let a = -0.0873 + 0.0248 * b + 0.01 * p
  let (alpha, squeeze) = ((2.83 + 5.1 / b) * deviation, 0.92 - 4.2 / b)
  let mode = ((n + 1) * p).rounded(.down)
  while true {
    let (u, v) = (stream.uniform() - 0.5, stream.uniform())
    let s = 0.5 - abs(u)
    let k = ((2 * a / s + b) * u + n * p + 0.5).rounded(.down)
    if s >= 0.07 && v <= squeeze { return k }
    if k < 0 || k > n { continue }
    let bound = logBinomial(k, of: n, p) - logBinomial(mode, of: n, p)
    if portableLog(v * alpha / (a / (s * s) + b)) <= bound { return k }
  }
}
