import TestSupport
import Testing

import Tensors

@Suite struct TensorScatterTests {
  @Test(arguments: DType.allCases) func extremaOfNothingButTheSource(dtype: DType) {
    let x = Tensor([1, 0, 1]).to(dtype)
    let (index, source) = (Tensor([0, 0, 2]), Tensor([0, 0, 0]).to(dtype))
    let low = x.scatterReduce(axis: 0, index: index, source: source, reduce: .amax, includeSelf: false)
    #expect(low == Tensor([0, 0, 0]).to(dtype))
    let high = low.scatterReduce(
      axis: 0, index: index, source: source.onesLike(), reduce: .amin, includeSelf: false)
    #expect(high == Tensor([1, 0, 1]).to(dtype))
  }

  @Test func integerMeansAreRoundedDown() {
    let x = Tensor([-3, 3, -4]).scatterReduce(
      axis: 0, index: Tensor([0, 1, 2]), source: Tensor([0, 0, -4]), reduce: .mean)
    #expect(x == Tensor([-2, 1, -4]))
  }

  @Test func wrongArgumentsStop() async {
    let outside = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([2, 3]).scatter(axis: -1, index: Tensor([[0, 3]]), value: 1)
    }
    expectMessage(outside, "scatter", "index 3", "axis 1", "[2, 3]", "0..<3")
    let dtype = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([2]).scatterReduce(axis: 0, index: Tensor([0]), source: Tensor([1]), reduce: .prod)
    }
    expectMessage(dtype, "scatterReduce", "int64[1]", "float32")
    let copy = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([2, 3]).indexCopy(axis: 1, index: Tensor([0, 1]), source: counting([2, 3]))
    }
    expectMessage(copy, "indexCopy", "[2, 3]", "axis 1", "expected [2, 2]")
    let reduce = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([2]).indexReduce(axis: 0, index: Tensor([0, 1]), source: Tensor([1.0]), reduce: .amax)
    }
    expectMessage(reduce, "indexReduce", "[1]", "axis 0", "expected [2]")
    let put = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([2]).put(Tensor([0, 1]), source: Tensor([1.0]))
    }
    expectMessage(put, "put", "[1]", "[2]")
    let take = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([2, 2]).take(Tensor([4]))
    }
    expectMessage(take, "take", "index 4", "[4]", "-4..<4")
    let fill = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([2, 3]).indexFill(axis: 1, index: Tensor([-4]), value: 0)
    }
    expectMessage(fill, "indexFill", "index -4", "axis 1", "[2, 3]", "-3..<3")
    let fractions = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([2, 3]).takeAlongAxis(Tensor([[0.5]]), axis: 1)
    }
    expectMessage(fractions, "takeAlongAxis", "float32", "int64")
  }
}
