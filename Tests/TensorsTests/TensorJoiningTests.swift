import TestSupport
import Testing

import Tensors

@Suite struct TensorJoiningTests {
  @Test(arguments: [0, 1, 2, -1]) func concatenatesAlongAnyAxis(axis: Int) {
    let at = (axis + 3) % 3
    let parts = [2, 0, 1, 3].map { size -> Tensor in
      var sizes = [2, 3, 4]
      sizes[at] = size
      return counting(Shape(sizes)) + 100 * size
    }
    let joined = Tensor.concatenate(parts, axis: axis)
    #expect(joined.shape[at] == 6)
    var start = 0
    for part in parts {
      let end = start + part.shape[at]
      #expect(joined.along(at, start..<end) == part)
      start = end
    }
  }

  @Test func joinsEveryLayoutAndPromotes() {
    for (name, x) in layouts(counting([3, 4])) {
      #expect(Tensor.concatenate([x, x]).scalars() == Array(0..<12) + Array(0..<12), "\(name)")
    }
    #expect(Tensor.concatenate([Tensor([1]), Tensor([2.5]), Tensor([true])]) == Tensor([1, 2.5, 1]))
    #expect(Tensor.concatenate([Tensor([1, 2])]) == Tensor([1, 2]))
  }

  @Test func stacksAlongANewAxis() {
    let (a, b) = (counting([2, 3]), counting([2, 3]) + 10)
    #expect(Tensor.stack([a, b]).shape == [2, 2, 3] && Tensor.stack([a, b])[1] == b)
    #expect(Tensor.stack([a, b], axis: 1).shape == [2, 2, 3] && Tensor.stack([a, b], axis: 1)[0..., 0] == a)
    #expect(Tensor.stack([a, b], axis: -1).shape == [2, 3, 2] && Tensor.stack([a, b], axis: -1)[ellipsis, 1] == b)
    #expect(Tensor.stack([Tensor(1), Tensor(2)]) == Tensor([1, 2]))
  }

  @Test func splitsBySize() {
    let x = counting([5, 2])
    let parts = x.split(size: 2)
    #expect(parts.map { $0.shape[0] } == [2, 2, 1] && Tensor.concatenate(parts) == x)
    #expect(parts.allSatisfy { $0.storage === x.storage })
    #expect(x.split(size: 9) == [x] && x.split(size: 1, axis: 1) == [x[0..., 0..<1], x[0..., 1..<2]])
    #expect(counting([0, 2]).split(size: 3).map(\.shape) == [[0, 2]])
  }

  @Test func splitsBySizes() {
    let x = counting([2, 5])
    let parts = x.split(sizes: [1, 0, 4], axis: 1)
    #expect(parts == [x[0..., 0..<1], x[0..., 1..<1], x[0..., 1...]])
    #expect(Tensor.concatenate(parts, axis: -1) == x)
  }

  @Test func wrongPartsStop() async {
    let sizes = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.concatenate([counting([2, 3]), counting([2, 4])])
    }
    expectMessage(sizes, "concatenate", "[2, 3]", "[2, 4]", "axis 0")
    let ranks = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.concatenate([counting([2, 3]), counting([2])], axis: 1)
    }
    expectMessage(ranks, "concatenate", "[2, 3]", "[2]", "axis 1")
    let none = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) { _ = Tensor.stack([]) }
    expectMessage(none, "stack", "no tensors")
    let unequal = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.stack([counting([2]), counting([3])])
    }
    expectMessage(unequal, "stack", "[2]", "[3]")
    let sum = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([2, 5]).split(sizes: [2, 2], axis: 1)
    }
    expectMessage(sum, "split", "[2, 2]", "5", "axis 1", "[2, 5]")
  }
}
