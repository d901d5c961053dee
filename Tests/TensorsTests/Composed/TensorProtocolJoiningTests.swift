import TestSupport
import Testing

import Tensors

@Suite struct TensorProtocolJoiningTests {
  @Test func loopsStartFromAnEmptyVector() {
    let rows = (0..<3).reduce(Tensor([Float]())) { .concatenate([$0, counting([1, 2]) + $1]) }
    #expect(rows == Tensor([[0, 1], [1, 2], [2, 3]], dtype: .float32))
  }

  @Test func wrongPartsStop() async {
    let rows = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.hstack([counting([2, 3]), counting([3, 2])])
    }
    expectMessage(rows, "hstack", "[2, 3]", "[3, 2]", "axis 1")
    let none = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) { _ = Tensor.vstack([]) }
    expectMessage(none, "vstack", "no tensors")
    let cube = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.blockDiagonal([counting([2]), counting([1, 2, 3])])
    }
    expectMessage(cube, "blockDiagonal", "[2]", "[1, 2, 3]", "matrices")
  }
}
