import Foundation
import TestSupport
import Testing

import Tensors

@Suite struct CountsTests {
  private static let n = GoodnessOfFit.count

  private static func poisson(_ k: Int, _ rate: Double) -> Double {
    exp(Double(k) * log(rate) - rate - lgamma(Double(k) + 1))
  }

  private static func binomial(_ k: Int, _ n: Int, _ p: Double) -> Double {
    if p == 0 || p == 1 { return k == (p == 0 ? 0 : n) ? 1 : 0 }
    let choices = lgamma(Double(n) + 1) - lgamma(Double(k) + 1) - lgamma(Double(n - k) + 1)
    return exp(choices + Double(k) * log(p) + Double(n - k) * log1p(-p))
  }

  /// On both sides of 10, where the method changes.
  @Test(arguments: [0.01, 0.7, 4, 9.99, 10, 12.5, 63, 1000]) func poissonNumbers(rate: Double) {
    let fit = GoodnessOfFit(.poisson([Self.n], rate: rate, dtype: .float64, generator: Generator(seed: 1)))
    let spread = Int(8 * rate.squareRoot()) + 10
    fit.counts("poisson(\(rate))", in: max(0, Int(rate) - spread)...Int(rate) + spread) { Self.poisson($0, rate) }
    fit.hasMean(rate, deviation: rate.squareRoot(), "poisson(\(rate))")
  }

  /// Rates whose counts no `Double` holds exactly, or just so: nearly normal.
  @Test(arguments: [1e9, 1e15, 1e18]) func hugeRates(rate: Double) {
    let x = Tensor.poisson([2000], rate: rate, dtype: .float64, generator: Generator(seed: 2))
    GoodnessOfFit((x - rate) / rate.squareRoot()).follows("poisson(\(rate))") { ExactDistribution.normal($0) }
    let y = Tensor.binomial(
      [2000], count: Int(2 * rate), probability: 0.5, dtype: .float64, generator: Generator(seed: 2))
    GoodnessOfFit((y - rate) / (rate / 2).squareRoot()).follows("binomial(\(rate))") { ExactDistribution.normal($0) }
  }

  @Test(arguments: [(1, 0.3), (10, 0.5), (40, 0.1), (40, 0.9), (30, 0.5), (200, 0.06), (1000, 0.7), (50, 1e-3)])
  func binomialNumbers(count: Int, p: Double) {
    let x = Tensor.binomial([Self.n], count: count, probability: p, dtype: .float64, generator: Generator(seed: 3))
    let (mean, deviation) = (Double(count) * p, (Double(count) * p * (1 - p)).squareRoot())
    let fit = GoodnessOfFit(x)
    fit.counts("binomial(\(count), \(p))", in: 0...count) { Self.binomial($0, count, p) }
    fit.hasMean(mean, deviation: deviation, "binomial(\(count), \(p))")
  }

  @Test(arguments: [0.01, 0.3, 0.9]) func geometricNumbers(p: Double) {
    let fit = GoodnessOfFit(.geometric([Self.n], probability: p, dtype: .float64, generator: Generator(seed: 4)))
    fit.counts("geometric(\(p))", in: 1...Int(20 / p) + 20) { p * pow(1 - p, Double($0 - 1)) }
    fit.hasMean(1 / p, deviation: (1 - p).squareRoot() / p, "geometric(\(p))")
  }

  @Test(arguments: [0, 1e-3, 0.3, 0.5, 1]) func bernoulliNumbers(p: Double) {
    let generator = Generator(seed: 5)
    let x = Tensor.bernoulli([Self.n], probability: p, generator: generator)
    GoodnessOfFit(x).counts("bernoulli(\(p))", in: 0...1) { $0 == 1 ? p : 1 - p }
    // The same word decides, whatever the form.
    let same = Generator(seed: 5)
    #expect(Tensor.full([Self.n], p, dtype: .float64).bernoulli(generator: same).to(.float32) == x)
    #expect(Tensor.bernoulli([Self.n], probability: p, dtype: .bool, generator: Generator(seed: 5)) == x.to(.bool))
    #expect(same.state == generator.state)
  }

  @Test func edges() {
    let zeros = Tensor.zeros([50])
    #expect(Tensor.poisson(rate: zeros) == zeros && Tensor.binomial(count: zeros, probability: Tensor(0.5)) == zeros)
    #expect(Tensor.binomial([50], count: 7, probability: 0) == zeros)
    #expect(Tensor.binomial([50], count: 7, probability: 1) == zeros + 7)
    #expect(Tensor.geometric([50], probability: 1) == zeros + 1)
    #expect(zeros.bernoulli() == zeros && (zeros + 1).bernoulli() == zeros + 1)
    #expect(Tensor.poisson([3], rate: 4, dtype: .int32).dtype == .int32)
    #expect(Tensor.poisson(rate: Tensor([1, 2])).dtype == .float32)
    #expect(Tensor.geometric([0, 3], probability: 0.5).shape == [0, 3])
    // 10¹² trials for a success, and the smallest probability of all.
    #expect(Tensor.geometric([500], probability: 1e-12, generator: Generator(seed: 6)).mean().item() > 0.75e12)
    #expect(Tensor.geometric([1], probability: .leastNonzeroMagnitude, dtype: .float64).item() > 1e300)
  }

  @Test func parametersBroadcast() {
    let counts = Tensor([[10.0], [1000]], dtype: .float64)
    let x = Tensor.binomial(count: counts, probability: [0.1, 0.5, 0.9], generator: Generator(seed: 7))
    #expect(x.shape == [2, 3] && x.dtype == .float64)
    let many = Tensor.binomial(
      count: counts, probability: Tensor([0.1, 0.5, 0.9]).expanded([500, 2, 3]), generator: Generator(seed: 7))
    let error = many.mean(axes: [0]) / (counts * Tensor([0.1, 0.5, 0.9])) - 1
    // Five standard errors of the widest, √(0.9/(10·0.1·500)).
    #expect(error.abs().max().item() < 0.22)
    let rates = Tensor([[0.0, 1e-9], [3, 1e8]])
    let counted = Tensor.poisson(rate: rates, generator: Generator(seed: 7)).scalars(as: Double.self)
    #expect(counted[0] == 0 && counted[1] == 0 && abs(counted[3] - 1e8) < 5e4)
    #expect(
      Tensor.geometric(probability: Tensor.full([2, 3], 0.25), generator: Generator(seed: 7))
        == Tensor.geometric([2, 3], probability: 0.25, generator: Generator(seed: 7)))
  }

  @Test func wrongParametersStop() async {
    let rate = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.poisson(rate: [1.0, -0.5])
    }
    expectMessage(rate, "poisson", "rate -0.5 at [1] of shape [2]", "at least 0")
    let probability = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.bernoulli([2], probability: 1.5)
    }
    expectMessage(probability, "bernoulli", "probability 1.5", "0 ... 1")
    let integers = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor([0, 1]).bernoulli()
    }
    expectMessage(integers, "bernoulli", "int64", "float32 or float64")
    let fraction = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.binomial(count: [1.5], probability: [0.5])
    }
    expectMessage(fraction, "binomial", "count 1.5 at [0]", "whole number")
    let never = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.geometric([1], probability: 0)
    }
    expectMessage(never, "geometric", "probability 0.0", "above 0")
  }
}
