import Tensors
import TestSupport
import Testing

import NN

/// The initializers of independent elements. How their numbers are distributed is tested where the tensors draw them.
@Suite struct InitializerTests {
  @Test func drawAsTensorsDo() {
    func same(_ a: (Generator) -> Tensor, _ b: (Generator) -> Tensor, _ name: String) {
      #expect(a(Generator(seed: 4)) == b(Generator(seed: 4)), "\(name)")
    }
    same(
      { Initializer.uniform([3, 5], a: -2, b: 0.5, dtype: .float64, generator: $0) },
      { .uniform([3, 5], low: -2, high: 0.5, dtype: .float64, generator: $0) }, "uniform")
    same(
      { Initializer.uniform([3, 5], generator: $0) }, { .uniform([3, 5], low: 0, high: 1, generator: $0) }, "[0, 1)")
    same(
      { Initializer.normal([3, 5], mean: 2, std: 0.5, dtype: .float64, generator: $0) },
      { .normal([3, 5], mean: 2, std: 0.5, dtype: .float64, generator: $0) }, "normal")
    same({ Initializer.normal([3, 5], generator: $0) }, { .randn([3, 5], generator: $0) }, "standard normal")
    same(
      { Initializer.truncatedNormal([3, 5], mean: 1, std: 2, a: 0, b: 1.5, dtype: .float64, generator: $0) },
      { .truncatedNormal([3, 5], mean: 1, std: 2, low: 0, high: 1.5, dtype: .float64, generator: $0) }, "truncated")
  }

  /// The ends are numbers and not multiples of the deviation: ±2 is ±100 deviations of 0.02.
  @Test func truncatedNormalHasPyTorchsEnds() {
    let x = Initializer.truncatedNormal([2000], std: 0.02, dtype: .float64, generator: Generator(seed: 1))
    let values = x.scalars(as: Double.self)
    // Five standard errors of a deviation; some 6 in 100,000 numbers lie beyond four.
    #expect(abs(x.std().item() / 0.02 - 1) < 5 / (2 * 2000.0).squareRoot())
    #expect(values.contains { abs($0) > 3 * 0.02 } && values.allSatisfy { abs($0) < 6 * 0.02 })
    let cut = Initializer.truncatedNormal([2000], std: 1, generator: Generator(seed: 1)).scalars(as: Double.self)
    #expect(cut.allSatisfy { abs($0) <= 2 } && cut.contains { $0 > 1.9 } && cut.contains { $0 < -1.9 })
  }

  @Test func constantsAreConstant() {
    #expect(Initializer.constant([2, 3], 0.25) == Tensor([[0.25, 0.25, 0.25], [0.25, 0.25, 0.25]]))
    #expect(Initializer.constant([2], 0.1, dtype: .float64) == Tensor([0.1, 0.1], dtype: .float64))
    #expect(Initializer.constant([], 3) == Tensor(3.0))
    #expect(Initializer.zeros([2], dtype: .float64) == Tensor([0.0, 0], dtype: .float64))
    #expect(Initializer.ones([1, 2]) == Tensor([[1.0, 1]]))
    #expect(Initializer.constant([0, 2], 7).shape == [0, 2])
  }
}
