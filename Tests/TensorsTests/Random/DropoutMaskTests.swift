import TestSupport
import Testing

import Tensors

@Suite struct DropoutMaskTests {
  @Test(arguments: [0.1, 0.5, 0.8]) func zeroesAShareAndScalesTheRest(p: Double) {
    let mask = Tensor.dropoutMask([GoodnessOfFit.count], p, generator: Generator(seed: 1))
    let kept = 1 / (1 - p)
    #expect(Set(mask.scalars(as: Float.self)) == [0, Float(kept)])
    GoodnessOfFit(mask .> 0).counts("mask", in: 0...1) { $0 == 0 ? p : 1 - p }
  }

  @Test func allOrNothing() {
    #expect(Tensor.dropoutMask([9], 0) == Tensor.ones([9]))
    #expect(Tensor.dropoutMask([9], 1, dtype: .float64) == Tensor.zeros([9], dtype: .float64))
  }

  @Test func dropoutMultipliesByTheMask() {
    let x = Tensor.randn([40], generator: Generator(seed: 2))
    let mask = Tensor.dropoutMask([40], 0.3, generator: Generator(seed: 3))
    #expect(x.dropout(0.3, generator: Generator(seed: 3)) == x * mask)
    #expect(x.dropout(0.3, training: false) == x && x.dropout(0) == x && x.dropout(1) == x * 0.0)
  }

  @Test func likesHaveShapeAndDtype() {
    let x = Tensor.zeros([2, 3], dtype: .float64)
    #expect(x.randLike(generator: Generator(seed: 4)) == .rand([2, 3], dtype: .float64, generator: Generator(seed: 4)))
    #expect(
      x.randnLike(generator: Generator(seed: 4)) == .randn([2, 3], dtype: .float64, generator: Generator(seed: 4)))
    #expect(x.randnLike(dtype: .float32).dtype == .float32)
    let whole = x.randintLike(low: -3, high: 4, generator: Generator(seed: 4))
    #expect(whole == .randint([2, 3], low: -3, high: 4, dtype: .float64, generator: Generator(seed: 4)))
  }

  @Test func wrongProbabilitiesStop() async {
    let mask = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.dropoutMask([2], -0.1)
    }
    expectMessage(mask, "dropoutMask", "-0.1", "0 ... 1")
    let dropout = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.ones([2]).dropout(1.5)
    }
    expectMessage(dropout, "dropout", "1.5", "0 ... 1")
  }
}
