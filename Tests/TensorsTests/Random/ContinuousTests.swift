import Foundation
import Kernels
import TestSupport
import Testing

import Tensors

/// A continuous distribution: how it is drawn, and what is known of it.
struct ContinuousExample: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let draw: @Sendable (Shape, DType, Generator) -> Tensor
  let distribution: @Sendable (Double) -> Double
  /// Mean and standard deviation, where there are any.
  let moments: (mean: Double, deviation: Double)?

  init(
    _ name: String, _ draw: @escaping @Sendable (Shape, DType, Generator) -> Tensor,
    _ moments: (Double, Double)?, _ distribution: @escaping @Sendable (Double) -> Double
  ) {
    (testDescription, self.draw, self.moments, self.distribution) = (name, draw, moments, distribution)
  }

  private static func gamma(_ a: Double, _ rate: Double) -> ContinuousExample {
    ContinuousExample(
      "gamma(\(a), \(rate))", { .gamma($0, concentration: a, rate: rate, dtype: $1, generator: $2) },
      (a / rate, a.squareRoot() / rate)
    ) { ExactDistribution.gamma(a, rate * $0) }
  }

  private static func beta(_ a: Double, _ b: Double) -> ContinuousExample {
    let variance = a * b / ((a + b) * (a + b) * (a + b + 1))
    return ContinuousExample(
      "beta(\(a), \(b))", { .beta($0, a: a, b: b, dtype: $1, generator: $2) }, (a / (a + b), variance.squareRoot())
    ) { ExactDistribution.beta(a, b, $0) }
  }

  /// Moments by the densities at the ends, φ, and the probability between them.
  private static func truncatedNormal(_ mean: Double, _ std: Double, _ low: Double, _ high: Double) -> ContinuousExample
  {
    let (a, b) = ((low - mean) / std, (high - mean) / std)
    let inside = ExactDistribution.normal(b) - ExactDistribution.normal(a)
    func density(_ z: Double) -> Double { exp(-z * z / 2) / (2 * .pi).squareRoot() / inside }
    let shift = density(a) - density(b)
    let slopes = (a.isFinite ? a * density(a) : 0) - (b.isFinite ? b * density(b) : 0)
    return ContinuousExample(
      "truncatedNormal(\(mean), \(std), \(low)...\(high))",
      { .truncatedNormal($0, mean: mean, std: std, low: low, high: high, dtype: $1, generator: $2) },
      (mean + std * shift, std * (1 + slopes - shift * shift).squareRoot())
    ) { (ExactDistribution.normal(($0 - mean) / std) - ExactDistribution.normal(a)) / inside }
  }

  static let all = [
    ContinuousExample("rand", { .rand($0, dtype: $1, generator: $2) }, (0.5, 0.289)) { $0 },
    ContinuousExample("randn", { .randn($0, dtype: $1, generator: $2) }, (0, 1)) { ExactDistribution.normal($0) },
    ContinuousExample("exponential", { .exponential($0, dtype: $1, generator: $2) }, (1, 1)) { -expm1(-$0) },
    ContinuousExample("exponential(3)", { .exponential($0, rate: 3, dtype: $1, generator: $2) }, (1.0 / 3, 1.0 / 3)) {
      -expm1(-3 * $0)
    },
    ContinuousExample(
      "laplace", { .laplace($0, location: 1, scale: 2, dtype: $1, generator: $2) }, (1, 8.0.squareRoot())
    ) {
      let z = ($0 - 1) / 2
      return z < 0 ? exp(z) / 2 : 1 - exp(-z) / 2
    },
    ContinuousExample("cauchy", { .cauchy($0, location: -1, scale: 0.5, dtype: $1, generator: $2) }, nil) {
      0.5 + atan(($0 + 1) / 0.5) / .pi
    },
    // The deviation of exp(z/2 + 1): exp(1 + 1/8)·√(exp(1/4) − 1).
    ContinuousExample(
      "logNormal", { .logNormal($0, mean: 1, std: 0.5, dtype: $1, generator: $2) }, (exp(1.125), 1.642)
    ) { ExactDistribution.normal((log($0) - 1) / 0.5) },
    gamma(0.05, 1), gamma(0.5, 1), gamma(1, 2), gamma(3.7, 0.25), gamma(150, 1),
    beta(0.5, 0.5), beta(2, 3), beta(0.2, 5), beta(1, 1), beta(40, 30),
    truncatedNormal(0, 1, -2, 2), truncatedNormal(1, 0.5, 0.75, 4), truncatedNormal(0, 1, -.infinity, -3),
    truncatedNormal(0.1, 2, 0, 0.2),
  ]
}

@Suite struct ContinuousTests {
  @Test(arguments: ContinuousExample.all, [1, 2] as [UInt64]) func follows(_ example: ContinuousExample, seed: UInt64) {
    let x = example.draw([GoodnessOfFit.count], .float64, Generator(seed: seed))
    let fit = GoodnessOfFit(x)
    fit.follows("\(example)", example.distribution)
    fit.isIndependent("\(example)", example.distribution)
    if let (mean, deviation) = example.moments { fit.hasMean(mean, deviation: deviation, "\(example)") }
  }

  /// float32 rounds what float64 holds.
  @Test(arguments: ContinuousExample.all) func float32IsRounded(_ example: ContinuousExample) {
    let (narrow, wide) = (
      example.draw([100], .float32, Generator(seed: 3)), example.draw([100], .float64, Generator(seed: 3))
    )
    #expect(narrow.dtype == .float32 && wide.dtype == .float64)
    // rand takes as many bits as float32 holds, rounded down.
    if example.testDescription == "rand" { return }
    // What is too small for float32 is its smallest normal number.
    let rounded = wide.to(.float32)
    let isTiny = rounded.abs() .< Double(Float.leastNormalMagnitude)
    #expect(narrow == .where(isTiny, Tensor(Float.leastNormalMagnitude), rounded))
  }

  /// A tensor of parameters gives at each element what the number gives there.
  @Test func parametersBroadcast() {
    let shape: Shape = [2, 3]
    func same(_ a: (Generator) -> Tensor, _ b: (Generator) -> Tensor, _ name: String) {
      #expect(a(Generator(seed: 4)) == b(Generator(seed: 4)), "\(name)")
    }
    func full(_ value: Double, _ shape: Shape) -> Tensor { .full(shape, value, dtype: .float64) }
    same(
      { .exponential(rate: full(2, shape), generator: $0) },
      { .exponential(shape, rate: 2, dtype: .float64, generator: $0) }, "exponential")
    same(
      { .laplace(location: full(1, [2, 1]), scale: full(2, [3]), generator: $0) },
      { .laplace(shape, location: 1, scale: 2, dtype: .float64, generator: $0) }, "laplace")
    same(
      { .cauchy(location: full(1, [2, 1]), scale: full(2, [3]), generator: $0) },
      { .cauchy(shape, location: 1, scale: 2, dtype: .float64, generator: $0) }, "cauchy")
    same(
      { .logNormal(mean: full(1, [2, 1]), std: full(2, [3]), generator: $0) },
      { .logNormal(shape, dtype: .float64, generator: $0) }, "logNormal")
    same(
      { .gamma(concentration: full(0.3, [2, 1]), rate: full(2, [3]), generator: $0) },
      { .gamma(shape, concentration: 0.3, rate: 2, dtype: .float64, generator: $0) }, "gamma")
    same(
      { .beta(a: full(0.3, [2, 1]), b: full(2, [3]), generator: $0) },
      { .beta(shape, a: 0.3, b: 2, dtype: .float64, generator: $0) }, "beta")
    same(
      { .normal(mean: full(0.3, [2, 1]), std: full(2, [3]), generator: $0) },
      { .normal(shape, mean: 0.3, std: 2, dtype: .float64, generator: $0) }, "normal")
    same(
      { .normal(mean: full(1, shape), std: 2, generator: $0) },
      { .normal(mean: 1, std: full(2, shape), generator: $0) }, "normal")
  }

  @Test func dtypesOfParameters() {
    let (float, double, integer) = (Tensor.ones([2]), Tensor.ones([2], dtype: .float64), Tensor([1, 2]))
    #expect(Tensor.gamma(concentration: float, rate: double).dtype == .float64)
    #expect(Tensor.gamma(concentration: integer, rate: integer).dtype == .float32)
    #expect(Tensor.exponential(rate: float).dtype == .float32)
    #expect(Tensor.normal(mean: integer, std: integer).dtype == .float32)
    #expect(Tensor.normal(mean: float, std: Tensor(1.0, dtype: .float64)).dtype == .float32)
    #expect(Tensor.exponential(rate: Tensor.ones([0, 2])).shape == [0, 2])
  }

  /// A parameter of the element's own each: strided, and none disturbs its neighbour.
  @Test func everyElementHasItsParameter() {
    let scales = Tensor([[1.0, 1e6], [1e-6, 1]], dtype: .float64).transposed()
    let x = Tensor.exponential(rate: scales.expanded([500, 2, 2]), generator: Generator(seed: 5)).mean(axes: [0])
    // The mean of 500: five standard errors are 22 %.
    let ratios = (x * scales).scalars(as: Double.self)
    #expect(ratios.allSatisfy { abs($0 - 1) < 0.23 })
  }

  @Test func extremeConcentrations() {
    let tiny = Tensor.gamma([100], concentration: 1e-6, generator: Generator(seed: 6))
    #expect(tiny.min().item() == Double(Float.leastNormalMagnitude))
    let (n, huge) = (2000, 1e14)
    let x = Tensor.gamma([n], concentration: huge, dtype: .float64, generator: Generator(seed: 6))
    GoodnessOfFit((x - huge) / huge.squareRoot()).follows("gamma(1e14)") { ExactDistribution.normal($0) }
    // Nearly all are at one of the ends, each with probability 1/2, and none is NaN.
    let ends = Tensor.beta([n], a: 1e-5, b: 1e-5, dtype: .float64, generator: Generator(seed: 6)).scalars(
      as: Double.self)
    #expect(ends.allSatisfy { $0 > 0 && $0 <= 1 })
    #expect(abs(Double(ends.count { $0 < 1e-9 }) / Double(n) - 0.5) < 0.06)
  }

  /// Each share of a Dirichlet is beta with its concentration and the sum of the others'.
  @Test func dirichlet() {
    let a = [0.3, 2.0, 1.0]
    let n = GoodnessOfFit.count / 4
    let x = Tensor.dirichlet(
      concentration: Tensor(a, dtype: .float64).expanded([n, 3]), generator: Generator(seed: 7))
    #expect(x.shape == [n, 3] && x.dtype == .float64)
    #expect(x.sum(axes: [1]).scalars(as: Double.self).allSatisfy { abs($0 - 1) < 1e-15 })
    for (i, concentration) in a.enumerated() {
      GoodnessOfFit(x[ellipsis, i]).follows("share \(i)") {
        ExactDistribution.beta(concentration, 3.3 - concentration, $0)
      }
    }
    let sparse = Tensor.dirichlet(concentration: Tensor.full([50, 4], 1e-4), generator: Generator(seed: 7))
    #expect(sparse.min().item() > 0 && sparse.dtype == .float32)
    #expect(sparse.sum(axes: [1]).scalars(as: Double.self).allSatisfy { abs($0 - 1) < 1e-6 })
    #expect(Tensor.dirichlet(concentration: Tensor.ones([2, 0])).shape == [2, 0])
  }

  @Test(.exclusiveKernels) func threadsDoNotMatter() {
    let before = kernelThreadCount
    defer { kernelThreadCount = before }
    let draws = [1, 3].map { threads -> Tensor in
      kernelThreadCount = threads
      return Tensor.gamma([20_000], concentration: 0.7, generator: Generator(seed: 8))
    }
    #expect(draws[0] == draws[1])
  }

  @Test func wrongParametersStop() async {
    let rate = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.exponential([2], rate: 0)
    }
    expectMessage(rate, "exponential", "rate 0.0", "expected positive and finite")
    let tensor = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.gamma(concentration: [[1.0, 2], [3, -4]], rate: Tensor(1.0))
    }
    expectMessage(tensor, "gamma", "concentration -4.0 at [1, 1] of shape [2, 2]", "expected positive")
    let type = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.cauchy([2], dtype: .int64)
    }
    expectMessage(type, "cauchy", "int64", "float32")
    let shapes = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.beta(a: Tensor.ones([2]), b: Tensor.ones([3]))
    }
    expectMessage(shapes, "beta", "[2]", "[3]", "do not broadcast")
    let std = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.normal(mean: [0.0, 1], std: [1.0, -1])
    }
    expectMessage(std, "normal", "std -1.0 at [1]", "at least 0")
    let scalar = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.dirichlet(concentration: Tensor(1.0))
    }
    expectMessage(scalar, "dirichlet", "[]", "at least one axis")
  }
}
