import TestSupport
import Testing

import Tensors

/// What PyTorch has no counterpart of: literals, ownership of memory, repeated places, messages. The rest is compared with
/// PyTorch in OperationsTests.
@Suite struct TensorAdvancedIndexingTests {
  @Test func literalsAreEntries() {
    let x = counting([3, 4])
    #expect(x[[2, 0]] == x.indexSelect(index: Tensor([2, 0])))
    #expect(x[[0, -1], [1, 2]].scalars() == [1, 10] as [Float])
    #expect(x[0..., [3, 0]].shape == [3, 2] && x[newAxis, [3 - 3, 1]].shape == [1, 2, 4])
    #expect(x[[true, false, true]] == x[(0...).by(2)])
    #expect(x[x .> 8].scalars() == [9, 10, 11] as [Float])
    #expect(x[true].shape == [1, 3, 4] && x[false].shape == [0, 3, 4])
  }

  @Test func readingCopies() {
    var x = counting([4])
    let y = x[[1, 2]]
    x[1] = Tensor(-1.0)
    #expect(y.scalars() == [1, 2] as [Float])
  }

  @Test func assignmentWritesThroughAndBroadcasts() {
    var x = Tensor.zeros([3, 4])
    x[[0, 2], 1...2] = Tensor([5.0, 6])
    #expect(x.sum(axis: 1).scalars() == [11, 0, 11] as [Float])
    x[x .== 0] = Tensor(1.0)
    #expect(x.sum().item() == 22 + 8)
    x[[1]] += Tensor(1.0)
    x[[true, false, false]][0..., 0] = Tensor([9.0])
    #expect(x[0..., 0].scalars() == [9, 2, 1] as [Float])
    var whole = counting([3], dtype: .int64)
    whole[[0, -1]] = Tensor([1.9, -1.9])
    #expect(whole == Tensor([1, 1, -1]))
  }

  /// A repeated place is read once and written once by `+=`; `adding` adds each.
  @Test func ofRepeatedPlacesTheLastStays() {
    var x = counting([4])
    x[[1, 2, 1]] = Tensor([10.0, 20, 30])
    #expect(x.scalars() == [0, 30, 20, 3] as [Float])
    x[[0, 0, 0]] += Tensor(1.0)
    #expect(x[0].item() == 1)
    #expect(x.adding(Tensor(1.0), at: [0, 0, 0]).scalars() == [4, 30, 20, 3] as [Float])
    #expect(
      x.scatter(axis: 0, index: Tensor([2, 2]), source: Tensor([7.0, 8])).scalars() == [1, 30, 8, 3] as [Float])
  }

  @Test func valuesAreReadBeforeAnythingIsWritten() {
    var x = counting([4])
    x[[0, 1, 2]] = x[1..<4]
    #expect(x.scalars() == [1, 2, 3, 3] as [Float])
    x[[3, 2, 1, 0]] = x
    #expect(x.scalars() == [3, 3, 2, 1] as [Float])
  }

  @Test func otherHoldersOfTheMemoryKeepTheirValues() {
    let x = counting([3, 2])
    var (copy, view) = (x, x.transposed())
    copy[[0]] = Tensor(-1.0)
    view[[0, 1], [2, 2]] = Tensor([-2.0, -3])
    #expect(x == counting([3, 2]))
    #expect(copy.scalars() == [-1, -1, 2, 3, 4, 5] as [Float])
    #expect(view.scalars() == [0, 2, -2, 1, 3, -3] as [Float])
    _ = (x.replacing(at: 0, with: 1), x.adding(x, at: ellipsis))
    #expect(x == counting([3, 2]))
  }

  @Test func soleOwnersAreWrittenInPlace() {
    var x = counting([1000])
    let before = x.data
    x[[3, 5]] = Tensor(1.0)
    x[x .> 500] = Tensor(0.0)
    #expect(x.data == before)
  }

  @Test func wrongEntriesStop() async {
    let outside = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([2, 3])[0..., [0, 3, 1]]
    }
    expectMessage(outside, "subscript", "index 3", "axis 1", "[2, 3]", "-3..<3")
    let negative = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var x = counting([2, 3])
      x[Tensor([[0], [-3]])] = Tensor(1.0)
    }
    expectMessage(negative, "subscript", "index -3", "axis 0", "[2, 3]", "-2..<2")
    let arrays = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([2, 3])[[0, 1], [0, 1, 2]]
    }
    expectMessage(arrays, "subscript", "[2]", "[3]", "broadcast")
    let mask = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([2, 3])[0..., [true, false]]
    }
    expectMessage(mask, "subscript", "mask", "[2]", "axes 1..<2", "[2, 3]", "expected [3]")
    let dtype = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([2, 3])[Tensor([0.0])]
    }
    expectMessage(dtype, "subscript", "float32", "int64", "bool")
    let many = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([2, 3])[[0], counting([2, 3]) .> 1]
    }
    expectMessage(many, "subscript", "3 indices", "[2, 3]")
    let misfit = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([2, 3]).replacing(at: [0, 1, 1], with: counting([2, 3]))
    }
    expectMessage(misfit, "subscript", "[2, 3]", "[3, 3]")
  }
}
