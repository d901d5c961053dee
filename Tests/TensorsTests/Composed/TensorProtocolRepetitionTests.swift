import TestSupport
import Testing

import Tensors

@Suite struct TensorProtocolRepetitionTests {
  @Test func broadcastsAreViews() {
    let (x, y) = (counting([3, 1]), counting([4]))
    let both = Tensor.broadcast([x, y])
    #expect(both.map(\.shape) == [[3, 4], [3, 4]] && both[0].storage === x.storage && both[1].storage === y.storage)
    #expect(x.expanded([2, -1, 4]).storage === x.storage && x.broadcast(to: [3, 2]).storage === x.storage)
    #expect(Tensor.broadcast([]).isEmpty)
  }

  @Test func literalsCountEachPosition() {
    #expect(Tensor([5, 6, 7]).repeatedInterleaved([0, 2, 1]) == Tensor([6, 6, 7]))
    #expect(Tensor([5, 6]).repeatedInterleaved(Tensor(2)) == Tensor([5, 5, 6, 6]))
  }

  @Test func wrongSizesStop() async {
    let missing = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([3]).expanded([-1, 3])
    }
    expectMessage(missing, "expand", "[-1, 3]", "[3]", "-1 on its own axes")
    let shapes = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.broadcast([counting([2, 3]), counting([2])])
    }
    expectMessage(shapes, "broadcast", "[2, 3]", "[2]", "axis -1")
    let counts = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([2, 3]).repeated([2])
    }
    expectMessage(counts, "repeated", "[2]", "[2, 3]", "at least 2")
  }

  @Test func wrongCountsStop() async {
    let count = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([2, 3]).repeatedInterleaved(Tensor([1, 2]), axis: 1)
    }
    expectMessage(count, "repeatedInterleaved", "int64[2]", "axis 1", "[2, 3]", "[3]")
    let dtype = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([2]).repeatedInterleaved(Tensor([1.0, 2.0]))
    }
    expectMessage(dtype, "repeatedInterleaved", "float32[2]", "integers")
    let negative = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([2]).repeatedInterleaved(Tensor([1, -2]))
    }
    expectMessage(negative, "repeatedInterleaved", "-2", "position 1")
  }
}
