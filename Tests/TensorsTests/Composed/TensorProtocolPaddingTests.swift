import TestSupport
import Testing

import Tensors

@Suite struct TensorProtocolPaddingTests {
  @Test func everyAxisTakesEveryMode() {
    let x = counting([2, 3])
    #expect(
      x.padded([(1, 0), (0, 1)], mode: .reflect)
        == Tensor([[3, 4, 5, 4], [0, 1, 2, 1], [3, 4, 5, 4]], dtype: .float32))
    #expect(
      x.padded([(0, 2), (1, -1)], mode: .replicate)
        == Tensor([[0, 0, 1], [3, 3, 4], [3, 3, 4], [3, 3, 4]], dtype: .float32))
    #expect(
      x.padded([(1, 1), (0, 0)], mode: .circular)
        == Tensor([[3, 4, 5], [0, 1, 2], [3, 4, 5], [0, 1, 2]], dtype: .float32))
    #expect(x.padded([(0, 1), (0, 0)], mode: .constant, value: 7)[2] == Tensor([7, 7, 7], dtype: .float32))
  }

  @Test func wrongWidthsStop() async {
    let reflect = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([2, 3]).padded([(0, 0), (1, 3)], mode: .reflect)
    }
    expectMessage(reflect, "padded", "[1, 3]", "axis 1", "[2, 3]", "reflect", "at most 2")
    let circular = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([2, 3]).padded([(3, 0), (0, 0)], mode: .circular)
    }
    expectMessage(circular, "padded", "[3, 0]", "axis 0", "circular", "at most 2")
    let empty = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([0]).padded([(1, 0)], mode: .replicate)
    }
    expectMessage(empty, "padded", "[1, 0]", "axis 0", "replicate", "at most 0")
    let pairs = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([2, 3]).padded([(1, 0)], mode: .reflect)
    }
    expectMessage(pairs, "padded", "[[1, 0]]", "[2, 3]", "2 pairs")
  }
}
