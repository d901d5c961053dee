import Foundation
import Tensors
import Testing

/// Whether numbers follow a distribution. The seeds are fixed, so that a test passes always or never; for a fresh seed each
/// comparison would fail once in a million.
struct GoodnessOfFit {
  /// ln of the odds against a false alarm.
  private static let surprise = 6 * log(10.0)

  /// How many numbers a test draws.
  static let count = isDebug ? 8_000 : 200_000

  let numbers: [Double]
  let location: SourceLocation

  init(_ x: Tensor, _ location: SourceLocation = #_sourceLocation) {
    (numbers, self.location) = (x.scalars(as: Double.self), location)
  }

  private var n: Double { Double(numbers.count) }

  /// Kolmogorov and Smirnov: √n times the largest distance of the distribution functions exceeds t with a probability of
  /// 2·exp(−2t²) at most, for any n (Massart, 1990, doi:10.1214/aop/1176990746). At some of the points only, where there are
  /// many.
  func follows(_ name: String, _ distribution: (Double) -> Double) {
    let sorted = numbers.sorted()
    let distances = stride(from: 0, to: sorted.count, by: max(1, sorted.count / 2000)).map { i in
      let f = distribution(sorted[i])
      return max(f - Double(i) / n, Double(i + 1) / n - f)
    }
    let limit = ((Self.surprise + log(2)) / 2 / n).squareRoot()
    #expect(distances.max()! <= limit, "\(name)", sourceLocation: location)
  }

  /// The mean of numbers with this standard deviation, within five of its standard errors.
  func hasMean(_ mean: Double, deviation: Double, _ name: String) {
    let actual = numbers.reduce(0, +) / n
    #expect(abs(actual - mean) <= 5 * deviation / n.squareRoot(), "mean \(actual) of \(name)", sourceLocation: location)
  }

  /// No number says anything about those that follow: correlations at some distances, of the numbers' places in the
  /// distribution, whose standard error is 1/√n.
  func isIndependent(_ name: String, _ distribution: (Double) -> Double) {
    let places = numbers.map { distribution($0) - 0.5 }
    for lag in [1, 2, 3, 64] {
      let products = zip(places, places.dropFirst(lag)).reduce(0) { $0 + $1.0 * $1.1 }
      #expect(
        abs(12 * products / n) <= 5 / n.squareRoot(), "correlation of \(name) at \(lag)", sourceLocation: location)
    }
  }

  /// Pearson's χ² of whole numbers, neighbours pooled until 20 are expected: with k cells it exceeds k + 2√(ks) + 2s with
  /// a probability of e⁻ˢ at most (Laurent and Massart, 2000, doi:10.1214/aos/1015957395).
  func counts(_ name: String, in range: ClosedRange<Int>, _ probability: (Int) -> Double) {
    let counted = Dictionary(grouping: numbers, by: { Int($0) }).mapValues { Double($0.count) }
    var cells = [(expected: 0.0, actual: 0.0)]
    for k in range {
      if cells[cells.count - 1].expected >= 20 { cells.append((0, 0)) }
      cells[cells.count - 1].expected += n * probability(k)
      cells[cells.count - 1].actual += counted[k] ?? 0
    }
    if cells[cells.count - 1].expected < 20, cells.count > 1 {
      let rest = cells.removeLast()
      cells[cells.count - 1].expected += rest.expected
      cells[cells.count - 1].actual += rest.actual
    }
    let (k, s) = (Double(cells.count), Self.surprise)
    let statistic = cells.reduce(0) { $0 + ($1.actual - $1.expected) * ($1.actual - $1.expected) / $1.expected }
    #expect(statistic <= k + 2 * (k * s).squareRoot() + 2 * s, "\(name)", sourceLocation: location)
    #expect(cells.reduce(0) { $0 + $1.actual } >= n - 5, "\(name) outside \(range)", sourceLocation: location)
  }
}

/// The exact distribution functions that numbers are compared with.
enum ExactDistribution {
  static func normal(_ z: Double) -> Double { 0.5 * erfc(-z / 2.0.squareRoot()) }

  /// The regularised incomplete gamma function P(a, x): its series below a + 1, Legendre's continued fraction above.
  static func gamma(_ a: Double, _ x: Double) -> Double {
    if x <= 0 { return 0 }
    let factor = exp(a * log(x) - x - lgamma(a))
    if x < a + 1 {
      var (term, sum, n) = (1 / a, 1 / a, a)
      while term > 1e-17 * sum {
        n += 1
        term *= x / n
        sum += term
      }
      return factor * sum
    }
    return 1 - factor / fraction(start: x + 1 - a) { i in (-i * (i - a), x + 1 - a + 2 * i) }
  }

  /// The regularised incomplete beta function I(x; a, b) by its continued fraction.
  static func beta(_ a: Double, _ b: Double, _ x: Double) -> Double {
    if x <= 0 || x >= 1 { return x <= 0 ? 0 : 1 }
    if x > (a + 1) / (a + b + 2) { return 1 - beta(b, a, 1 - x) }
    let factor = exp(a * log(x) + b * log1p(-x) + lgamma(a + b) - lgamma(a) - lgamma(b)) / a
    return factor
      / fraction(start: 1) { i in
        let m = (i / 2).rounded(.down)
        let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        return (i == 2 * m ? even : odd, 1)
      }
  }

  /// b₀ + a₁/(b₁ + a₂/(b₂ + …)) (Lentz's method).
  private static func fraction(start: Double, _ term: (Double) -> (a: Double, b: Double)) -> Double {
    var (f, c, d) = (start == 0 ? 1e-300 : start, start == 0 ? 1e-300 : start, 0.0)
    for i in 1..<10_000 {
      let (a, b) = term(Double(i))
      d = 1 / (b + a * d)
      c = b + a / c
      f *= c * d
      if abs(c * d - 1) < 1e-15 { break }
    }
    return f
  }
}

#if DEBUG
  private let isDebug = true
#else
  private let isDebug = false
#endif
