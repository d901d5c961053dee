import TestSupport
import Testing

import Tensors

@Suite struct TensorCumulativeTests {
  @Test(arguments: [0, 1, 2]) func sumsAlongAnyAxisOfAnyLayout(axis: Int) {
    for (name, x) in layouts(counting([2, 3, 4])) {
      let expected = NaiveArray([2, 3, 4]) { p in
        (0...p[axis]).reduce(0) { sum, i in
          var q = p
          q[axis] = i
          return sum + NaiveArray(x)[q]
        }
      }
      #expect(NaiveArray(x.cumsum(axis: axis)) == expected, "\(name)")
      #expect(NaiveArray(x.cumsum(axis: axis - 3)) == expected, "\(name)")
    }
  }

  @Test func expandedAndEmptyTensors() {
    #expect(Tensor([2, 5]).expanded([3, 2]).cumsum(axis: 0) == Tensor([[2, 5], [4, 10], [6, 15]]))
    #expect(Tensor.zeros([0, 3]).cumsum(axis: 0).shape == [0, 3])
    #expect(Tensor.zeros([2, 0]).cumsum(axis: 0).shape == [2, 0])
  }

  @Test(arguments: DType.allCases) func integersBecomeInt64(dtype: DType) {
    let y = Tensor([1, 1, 0, 1]).to(dtype).cumsum(axis: 0)
    #expect(y.dtype == (dtype.isFloatingPoint ? dtype : .int64))
    #expect(y.scalars(as: Double.self) == [1, 2, 2, 3])
  }

  @Test func aWrongAxisStops() async {
    let axis = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 3]).cumsum(axis: -3)
    }
    expectMessage(axis, "cumsum", "axis -3", "[2, 3]")
  }
}
