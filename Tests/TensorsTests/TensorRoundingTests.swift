import TestSupport
import Testing

import Tensors

@Suite struct TensorRoundingTests {
  @Test func integersAreWhatTheyWere() {
    for dtype in [DType.int32, .int64, .uint8] {
      let x = Tensor([7, 0, 3], dtype: dtype)
      #expect(x.floor() == x && x.ceil() == x && x.trunc() == x && x.round() == x && x.round(decimals: -1) == x)
    }
  }

  @Test func decimals() {
    let x = Tensor([1234.5678, -0.045, 25, 35], dtype: .float64)
    #expect(x.round(decimals: 2) == Tensor([1234.57, -0.04, 25, 35], dtype: .float64))
    #expect(x.round(decimals: -1) == Tensor([1230.0, -0.0, 20, 40], dtype: .float64))
  }

  @Test func truthValuesStop() async {
    let floor = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor([true]).floor()
    }
    expectMessage(floor, "floor", "bool", "expected numbers")
  }
}
