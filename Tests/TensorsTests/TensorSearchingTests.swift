import TestSupport
import Testing

import Tensors

/// Masks, order, search, uniqueness and counting: what PyTorch's cases leave out, and messages.
@Suite struct TensorSearchingTests {
  @Test func infinityFills() {
    let x = counting([3]).maskedFill(Tensor([true, false, true]), -.infinity)
    #expect(x == Tensor([-Double.infinity, 1, -.infinity]))
    #expect(Tensor([1, 2]).maskedFill(Tensor([true, false]), Int.max) == Tensor([Int.max, 2]))
  }

  @Test func kthOfRepeatedIsTheFirst() {
    let (values, indices) = Tensor([2, 1, 2, 1]).kthValue(2)
    #expect(values == Tensor(1) && indices == Tensor(3))
    #expect(Tensor([2, 1, 2, 1]).kthValue(3).indices == Tensor(0))
  }

  @Test func slicesOfNothingAreEqual() {
    let found = Tensor.zeros([3, 0]).unique(axis: 0)
    #expect(found.values.shape == [1, 0] && found.inverse == Tensor([0, 0, 0]) && found.counts == Tensor([3]))
  }

  @Test func weightsKeepTheirTypeWithoutElements() {
    #expect(Tensor([Int]()).bincount(weights: Tensor([Float]()), minLength: 2) == Tensor([0.0, 0]))
  }

  @Test func histogramOfIntegers() {
    let (counts, edges) = Tensor([0, 1, 1, 4]).histogram(bins: 2)
    #expect(counts == Tensor([3.0, 1]) && edges == Tensor([0.0, 2, 4]))
    #expect(Tensor([0, 1, 1, 4]).histc(bins: 4) == Tensor([1.0, 2, 0, 1]))
  }

  @Test func wrongArgumentsStop() async {
    let mask = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([2]).maskedSelect(Tensor([1, 0]))
    }
    expectMessage(mask, "maskedSelect", "int64[2]", "bool")
    let few = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([2]).maskedScatter(Tensor([true, true]), source: Tensor([1.0]))
    }
    expectMessage(few, "maskedScatter", "[1]", "2 places")
    let k = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([2, 3]).kthValue(0, axis: 1)
    }
    expectMessage(k, "kthValue", "k = 0", "[2, 3]", "axis 1", "1...3")
    let search = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([2, 3]).searchSorted(Tensor([1.0]))
    }
    expectMessage(search, "searchSorted", "[1]", "[2, 3]")
    let sorter = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([5]).searchSorted(Tensor([1.0]), sorter: Tensor([0, 1]))
    }
    expectMessage(sorter, "searchSorted", "sorter", "[2]", "[5]")
    let negative = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor([1, -1]).bincount()
    }
    expectMessage(negative, "bincount", "index -1")
    let fractions = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor([1.5]).bincount()
    }
    expectMessage(fractions, "bincount", "float32[1]", "integers")
    let ends = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor([1.5, .nan]).histogram(bins: 3)
    }
    expectMessage(ends, "histogram", "nan", "finite")
    let number = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor([6]).unravelIndex([2, 3])
    }
    expectMessage(number, "unravelIndex", "index 6", "0..<6")
  }
}
