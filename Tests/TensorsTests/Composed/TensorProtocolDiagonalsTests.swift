import TestSupport
import Testing

import Tensors

@Suite struct TensorProtocolDiagonalsTests {
  @Test func trianglesKeepBooleans() {
    #expect(Tensor.ones([2, 2], dtype: .bool).tril() == Tensor([[true, false], [true, true]]))
    #expect(counting([2, 2]).tril(diagonal: .max) == counting([2, 2]))
    #expect(counting([2, 2]).triu(diagonal: .min) == counting([2, 2]))
    #expect(Tensor.trilIndices(2, 2, offset: .max) == Tensor.triuIndices(2, 2, offset: .min))
  }

  @Test func wrongRanksStop() async {
    let vector = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([3]).tril()
    }
    expectMessage(vector, "tril", "[3]", "two axes")
    let cube = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([1, 2, 3]).diag()
    }
    expectMessage(cube, "diag", "[1, 2, 3]", "vector or a matrix")
    let source = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([2, 3]).diagonalScatter(offset: 2, source: counting([2]))
    }
    expectMessage(source, "diagonalScatter", "[2]", "axes 0 and 1", "[2, 3]", "expected [1]")
    let indices = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.trilIndices(-1, 2)
    }
    expectMessage(indices, "trilIndices", "-1 rows", "2 columns")
  }
}
