import Kernels

extension Distribution {
  /// E/rate.
  static let exponential = Distribution(name: "exponential", parameters: ["rate": .positive], isPositive: true) {
    $0.exponential() / $1[0]
  }

  /// location + scale·x, x = ln 2u below ½ and −ln 2(1 − u) above.
  static let laplace = Distribution(name: "laplace", parameters: ["location": .finite, "scale": .positive]) {
    stream, p in
    let u = stream.uniform()
    return p[0] + p[1] * (u < 0.5 ? portableLog(2 * u) : -portableLog(2 * (1 - u)))
  }

  /// location + scale·tan π(u − ½).
  static let cauchy = Distribution(name: "cauchy", parameters: ["location": .finite, "scale": .positive]) {
    $1[0] + $1[1] * portableTangent(halfTurns: $0.uniform() - 0.5)
  }

  /// exp(mean + std·z).
  static let logNormal = Distribution(name: "logNormal", parameters: ["mean": .finite, "std": .nonnegative]) {
    portableExp($1[0] + $1[1] * $0.normal())
  }

  static let gamma = Distribution(
    name: "gamma", parameters: ["concentration": .positive, "rate": .positive], isPositive: true
  ) {
    GammaSampler(concentration: $1[0]).draw(from: &$0) / $1[1]
  }

  /// x/(x + y) of x from Gamma(a) and y from Gamma(b), as 1/(1 + exp(ln y − ln x)): for small a and b both may be zero.
  static let beta = Distribution(name: "beta", parameters: ["a": .positive, "b": .positive], isPositive: true) {
    let x = GammaSampler(concentration: $1[0]).drawLogarithm(from: &$0)
    let y = GammaSampler(concentration: $1[1]).drawLogarithm(from: &$0)
    // Both logarithms are −∞ where the concentrations are hardly numbers: then one of the ends, each as likely.
    if x == y { return x.isFinite ? 0.5 : $0.uniform() < 0.5 ? 0 : 1 }
    return 1 / (1 + portableExp(y - x))
  }
}

/// The gamma distribution with rate 1: density xᵃ⁻¹·e⁻ˣ/Γ(a), a > 0.
///
/// d·v with v = (1 + x/√(9d))³, x normal and d = a − 1/3 is nearly gamma; the few that are too many are rejected. For
/// a < 1 it is a number of a + 1 times u^(1/a). Marsaglia and Tsang, "A Simple Method for Generating Gamma Variables",
/// 2000, doi:10.1145/358407.358414.
struct GammaSampler {
  private let concentration: Double
  private let d: Double
  private let c: Double

  init(concentration: Double) {
    self.concentration = concentration
    d = (concentration < 1 ? concentration + 1 : concentration) - 1.0 / 3
    c = 1 / (9 * d).squareRoot()
  }

  func draw(from stream: inout RandomStream) -> Double {
    let (value, logScale) = parts(&stream)
    return logScale == 0 ? value : value * portableExp(logScale)
  }

  /// The logarithm of a number that may be too small for a `Double`.
  func drawLogarithm(from stream: inout RandomStream) -> Double {
    let (value, logScale) = parts(&stream)
    return portableLog(value) + logScale
  }

  private func parts(_ stream: inout RandomStream) -> (value: Double, logScale: Double) {
    let value = boosted(&stream)
    return (value, concentration < 1 ? -stream.exponential() / concentration : 0)
  }

  /// From the density of a, or of a + 1 where a < 1.
  private func boosted(_ stream: inout RandomStream) -> Double {
    while true {
      let x = stream.normal()
      let t = c * x
      let v = (1 + t) * (1 + t) * (1 + t)
      if v <= 0 { continue }
      let u = stream.uniform()
      if u < 1 - 0.0331 * x * x * x * x { return d * v }
      // The bound is x²/2 + d·(1 − v + ln v), in a form that does not cancel for large d.
      let bound = 0.5 * x * x + d * (3 * portableLog1pMinus(t) - t * t * (3 + t))
      if portableLog(u) < bound { return d * v }
    }
  }
}
