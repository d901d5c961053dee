import Kernels
import TestSupport
import Testing

import Tensors

@Suite struct TensorRandomTests {
  @Test func rangesThatCannotBeDrawnFromStop() async {
    let uniform = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.uniform([2], low: -1.7e308, high: 1.7e308, dtype: .float64)
    }
    expectMessage(uniform, "uniform", "1.7e+308", "finite range")
    let integers = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.randint([2], high: 300, dtype: .uint8)
    }
    expectMessage(integers, "randint", "0..<300", "uint8")
  }

  /// Concentrations whose draws lie below every number still give shares.
  @Test func sharesOfTinyConcentrations() {
    let tiny = Double.leastNormalMagnitude / 100
    let beta = Tensor.beta([50], a: tiny, b: tiny, dtype: .float64).scalars(as: Double.self)
    #expect(beta.allSatisfy { (0...1).contains($0) })
    let rows = Tensor.dirichlet(concentration: Tensor([tiny, tiny], dtype: .float64))
    #expect(rows.isFinite().all().item(as: Bool.self))
  }

  private static let count = isDebug ? 8_000 : 200_000

  /// Mean, variance and the fourth standardised moment.
  private func moments(_ x: Tensor) -> (mean: Double, variance: Double, kurtosis: Double) {
    let values = x.scalars(as: Double.self)
    func mean(_ f: (Double) -> Double) -> Double { values.reduce(0) { $0 + f($1) } / Double(values.count) }
    let (m, n) = (mean { $0 }, Double(values.count))
    let variance = mean { ($0 - m) * ($0 - m) } * n / (n - 1)
    return (m, variance, mean { ($0 - m) * ($0 - m) * ($0 - m) * ($0 - m) } / (variance * variance))
  }

  /// Five standard errors: the seeds are fixed, so this passes always or never.
  private func near(_ actual: Double, _ expected: Double, spread: Double) -> Bool {
    abs(actual - expected) <= 5 * spread / Double(Self.count).squareRoot()
  }

  @Test(arguments: [DType.float32, .float64], [1, 2] as [UInt64]) func normalMoments(dtype: DType, seed: UInt64) {
    let x = moments(Tensor.randn([Self.count], dtype: dtype, generator: Generator(seed: seed)))
    #expect(near(x.mean, 0, spread: 1) && near(x.variance, 1, spread: 1.42) && near(x.kurtosis, 3, spread: 10))
    let y = moments(Tensor.normal([Self.count], mean: 5, std: 0.5, dtype: dtype, generator: Generator(seed: seed)))
    #expect(near(y.mean, 5, spread: 0.5) && near(y.variance, 0.25, spread: 0.36))
  }

  @Test(arguments: [DType.float32, .float64]) func uniformMoments(dtype: DType) {
    let x = Tensor.rand([Self.count], dtype: dtype, generator: Generator(seed: 3))
    let m = moments(x)
    #expect(
      near(m.mean, 0.5, spread: 0.29) && near(m.variance, 1.0 / 12, spread: 0.08) && near(m.kurtosis, 1.8, spread: 2))
    #expect(x.min().item() >= 0 && x.max().item() < 1 && x.dtype == dtype)
    let y = moments(Tensor.uniform([Self.count], low: -2, high: 4, dtype: dtype, generator: Generator(seed: 3)))
    #expect(near(y.mean, 1, spread: 1.74) && near(y.variance, 3, spread: 2.7))
  }

  /// All of a narrow range: rounding to float32 would reach the upper end often.
  @Test func uniformStaysBelowItsUpperEnd() {
    let high = Double(Float(1).nextUp.nextUp.nextUp)
    let x = Tensor.uniform([2000], low: 1, high: high, generator: Generator(seed: 4)).scalars(as: Double.self)
    #expect(x.allSatisfy { $0 >= 1 && $0 < high } && Set(x).count == 3)
    #expect(Tensor.uniform([3], low: 2, high: 2) == Tensor([2.0, 2, 2]))
  }

  @Test func integersHitEveryValueEquallyOften() {
    let x = Tensor.randint([Self.count], low: -2, high: 3, generator: Generator(seed: 5)).scalars(as: Int.self)
    for value in -2..<3 {
      #expect(near(Double(x.filter { $0 == value }.count) / Double(Self.count), 0.2, spread: 0.4))
    }
    #expect(x.allSatisfy { (-2..<3).contains($0) })
    let wide = Tensor.randint([50], low: .min, high: .max, generator: Generator(seed: 6)).scalars(as: Int.self)
    #expect(wide.contains { $0 < 0 } && wide.contains { $0 > 0 })
    #expect(Tensor.randint([4], high: 200, dtype: .uint8).dtype == .uint8)
  }

  @Test func permutationsHoldEveryNumberOnce() {
    for n in [0, 1, 2, 100] {
      let x = Tensor.randperm(n, generator: Generator(seed: 7)).scalars(as: Int.self)
      #expect(x.sorted() == Array(0..<n))
    }
    let orders = (0..<600).map { Tensor.randperm(3, generator: Generator(seed: $0)).scalars(as: Int.self) }
    let counts = Dictionary(grouping: orders) { $0 }.mapValues(\.count)
    // 100 expected; five standard deviations are 46.
    #expect(counts.count == 6 && counts.values.allSatisfy { abs($0 - 100) < 46 })
  }

  @Test func theSeedDecides() {
    func draw(_ seed: UInt64) -> [Tensor] {
      let g = Generator(seed: seed)
      return [
        Tensor.rand([3], generator: g), .randn([2, 2], generator: g), .uniform([3], low: 0, high: 9, generator: g),
        .randperm(5, generator: g).to(.float32),
      ]
    }
    #expect(draw(1) == draw(1))
    #expect(zip(draw(1), draw(2)).allSatisfy { $0 != $1 })
    // float64 takes the same words.
    #expect(
      ulps(
        Tensor.randn([9], generator: Generator(seed: 1)), .randn([9], dtype: .float64, generator: Generator(seed: 1)))
        <= 0.5)
  }

  @Test(.exclusiveKernels) func threadsDoNotMatter() {
    let before = kernelThreadCount
    defer { kernelThreadCount = before }
    let draws = [1, 2, 3].map { threads -> Tensor in
      kernelThreadCount = threads
      return Tensor.randn([20_000], generator: Generator(seed: 8))
    }
    #expect(draws[0] == draws[1] && draws[0] == draws[2])
  }

  /// The only test of the default generator: others would draw in between.
  @Test func manualSeedSeedsTheDefault() {
    manualSeed(11)
    #expect(Generator.default.state.seed == 11)
    manualSeed(0)
  }

  @Test func wrongRangesStop() async {
    let type = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.randn([2], dtype: .int64)
    }
    expectMessage(type, "randn", "int64", "float32")
    let range = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.randint([2], low: 3, high: 3)
    }
    expectMessage(range, "randint", "3..<3")
    let order = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.uniform([2], low: 1, high: 0)
    }
    expectMessage(order, "uniform", "1.0", "0.0")
    let std = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.normal([2], std: -1)
    }
    expectMessage(std, "normal", "-1.0")
  }
}

#if DEBUG
  private let isDebug = true
#else
  private let isDebug = false
#endif
