import TestSupport
import Testing

import Tensors

@Suite struct TensorGatherTests {
  /// Random positions along an axis, smaller than the source on one other axis.
  private func index(_ axis: Int) -> Tensor {
    var samples = Samples(UInt64(axis + 1))
    var sizes = [2, 3, 4]
    (sizes[axis], sizes[(axis + 1) % 3]) = (5, sizes[(axis + 1) % 3] - 1)
    return Tensor(samples.integers(sizes.reduce(1, *), in: 0...[1, 2, 3][axis]) as [Int64], shape: Shape(sizes))
  }

  @Test(arguments: 0..<3) func gathersAlongEveryAxis(axis: Int) {
    let index = index(axis)
    for (name, x) in layouts(counting([2, 3, 4])) {
      let expected = NaiveArray(Array(index.shape)) { p in
        var source = p
        source[axis] = Int(NaiveArray(index)[p])
        return NaiveArray(x)[source]
      }
      #expect(NaiveArray(x.gather(axis: axis, index: index)) == expected, "\(name)")
      #expect(NaiveArray(x.gather(axis: axis - 3, index: index.to(.int32))) == expected, "\(name)")
    }
  }

  @Test(arguments: 0..<3) func scattersAlongEveryAxis(axis: Int) {
    let index = index(axis)
    let source = counting(index.shape)
    for (name, x) in layouts(counting([2, 3, 4])) {
      var expected = NaiveArray(x)
      for p in positions(Array(index.shape)) {
        var target = p
        target[axis] = Int(NaiveArray(index)[p])
        expected[target] += NaiveArray(source)[p]
      }
      let before = x.copied()
      #expect(NaiveArray(x.scatterAdd(axis: axis, index: index, source: source)) == expected, "\(name)")
      #expect(x == before)
    }
  }

  @Test func strangeIndexLayouts() {
    let x = counting([3, 3])
    let index = Tensor([[0, 1], [2, 0], [1, 1]]).transposed()
    // index is [[0, 2, 1], [1, 0, 1]].
    #expect(x.gather(axis: 0, index: index).scalars() == [0, 7, 5, 3, 1, 5] as [Float])
    #expect(x.gather(axis: 1, index: index).scalars() == [0, 2, 1, 4, 3, 4] as [Float])
  }

  @Test func emptyIndices() {
    let none = Tensor.zeros([0, 3], dtype: .int64)
    #expect(counting([2, 3]).gather(axis: 0, index: none).shape == [0, 3])
    #expect(counting([2, 3]).scatterAdd(axis: 0, index: none, source: counting([0, 3])) == counting([2, 3]))
  }

  @Test func oneHotRows() {
    #expect(Tensor([2, 0]).oneHot(3) == Tensor([[0.0, 0, 1], [1, 0, 0]]))
    #expect(Tensor(1).oneHot(2, dtype: .int64) == Tensor([0, 1]))
    #expect(Tensor([[0], [1]], dtype: .uint8).oneHot(2).shape == [2, 1, 2])
    #expect(Tensor([Int]()).oneHot(4).shape == [0, 4])
    #expect(Tensor([2, 0], dtype: .int32).oneHot() == Tensor([[0.0, 0, 1], [1, 0, 0]]))
  }

  @Test func wrongIndicesStop() async {
    let outside = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([2, 3]).gather(axis: 1, index: Tensor([[0, 3]]))
    }
    expectMessage(outside, "gather", "index 3", "axis 1", "[2, 3]", "0..<3")
    let negative = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor([0, -1]).oneHot(3)
    }
    expectMessage(negative, "oneHot", "index -1", "0..<3")
    let type = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([2, 3]).gather(axis: 1, index: Tensor([[0.0]]))
    }
    expectMessage(type, "gather", "float32", "int64")
    let shape = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([2, 3]).gather(axis: 1, index: Tensor.zeros([3, 1], dtype: .int64))
    }
    expectMessage(shape, "gather", "[3, 1]", "[2, 3]", "axis 1")
    let source = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([2, 3]).scatterAdd(axis: 0, index: Tensor([[0, 1]]), source: counting([1, 1]))
    }
    expectMessage(source, "scatterAdd", "[1, 2]", "[1, 1]", "float32")
  }
}
