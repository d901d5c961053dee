import TestSupport
import Testing

import Tensors

@Suite struct TensorProtocolClassificationTests {
  /// Differences of integers neither wrap nor lose fractions of the tolerance.
  @Test func closeIntegers() {
    let (a, b) = (Tensor([0, 5, Int.max], dtype: .int64), Tensor([1, 5, Int.min], dtype: .int64))
    #expect(a.isClose(b, rtol: 0, atol: 0.5) == Tensor([false, true, false]))
    #expect(Tensor([1], dtype: .uint8).isClose(Tensor([2], dtype: .uint8), atol: 1) == Tensor([true]))
  }

  @Test func equalityOfShapesAndTypes() {
    #expect(Tensor([1, 2]).equal(Tensor([1.0, 2])) && !Tensor([1, 2]).equal(Tensor([[1, 2]])))
    #expect(!Tensor([Double.nan]).equal(Tensor([Double.nan])) && Tensor.zeros([0]).equal(Tensor.zeros([0])))
  }

  @Test func wrongArgumentsStop() async {
    let tolerance = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor([1.0]).isClose(Tensor([1.0]), rtol: -1)
    }
    expectMessage(tolerance, "isClose", "rtol -1.0", "at least 0")
    let shapes = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2]).allClose(Tensor.zeros([3]))
    }
    expectMessage(shapes, "isClose", "[2]", "[3]")
    let power = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor([2]).pow(-1)
    }
    expectMessage(power, "pow", "int64", "-1", "at least 0")
    let order = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor([2.0]).polygamma(-1)
    }
    expectMessage(order, "polygamma", "-1", "at least 0")
  }
}
