import TestSupport
import Testing

import Tensors

@Suite struct TensorPaddingTests {
  private func check(_ x: Tensor, _ widths: [(before: Int, after: Int)], _ value: Double) {
    let sizes = zip(x.shape, widths).map { $0 + $1.before + $1.after }
    let values = NaiveArray(x)
    let expected = NaiveArray(sizes) { p in
      let q = zip(p, widths).map { $0 - $1.before }
      return zip(q, x.shape).allSatisfy { $0 >= 0 && $0 < $1 } ? values[q] : value
    }
    #expect(NaiveArray(x.padded(widths, value: value)) == expected)
  }

  @Test func surroundsTensorsOfAnyLayout() {
    for (_, x) in layouts(counting([2, 3, 4])) {
      check(x, [(1, 2), (0, 1), (3, 0)], -1)
      check(x, [(0, 0), (0, 0), (0, 0)], 5)
      check(x, [(0, 0), (2, 2), (0, 0)], 0.5)
      check(x, [(-1, 0), (0, -2), (-4, 0)], 0.5)
      check(x, [(-2, 3), (4, -3), (0, -1)], 2)
    }
    check(counting([5]).expanded([4, 5]), [(1, 1), (1, 1)], 0)
    check(counting([40, 300]), [(3, 0), (0, 70)], 9)
  }

  @Test func croppingIsAView() {
    let x = counting([4, 5])
    #expect(x.padded([(-1, 0), (-2, -1)]).storage === x.storage && x.padded([(0, 0), (0, 0)]).storage === x.storage)
  }

  @Test func emptyShapesAndScalars() {
    check(Tensor.zeros([0, 2]), [(1, 1), (0, 1)], 3)
    check(Tensor(7), [], 0)
    #expect(Tensor.zeros([0]).padded([(0, 0)]).shape == [0])
  }

  @Test(arguments: DType.allCases) func keepsTheType(dtype: DType) {
    #expect(Tensor([1, 0]).to(dtype).padded([(1, 1)], value: 1) == Tensor([1, 1, 0, 1]).to(dtype))
  }

  @Test func wrongWidthsStop() async {
    let count = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 3]).padded([(1, 1)])
    }
    expectMessage(count, "padded", "[[1, 1]]", "[2, 3]", "2 pairs")
    let crossing = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([4, 2]).padded([(0, 0), (-2, -1)])
    }
    expectMessage(crossing, "padded", "[[0, 0], [-2, -1]]", "[4, 2]", "no more than the 2 elements of axis 1")
  }
}
