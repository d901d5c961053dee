import TestSupport
import Testing

import Tensors

@Suite struct TensorProtocolDistanceTests {
  private func dist(_ a: [Double], _ b: [Double], _ p: Double) -> Double {
    Tensor(a, dtype: .float64).dist(Tensor(b, dtype: .float64), p: p).item()
  }

  /// 1/∞ = 0 adds nothing to the sum, which is 0 only where every difference is infinite.
  @Test func infiniteDifferencesInNegativeNorms() {
    #expect(dist([.infinity], [0], -1) == .infinity && dist([.infinity, -.infinity], [0, 0], -2) == .infinity)
    #expect(dist([.infinity, 1], [0, 0], -1) == 1 && dist([.infinity, 0], [0, 0], -1) == 0)
  }

  @Test func nothingIsAtDistanceZero() {
    for p in [0, 0.5, 1, 2, 3, .infinity] {
      #expect(dist([], [], p) == 0, "p = \(p)")
      #expect(Tensor.zeros([2, 0]).cdist(Tensor.zeros([3, 0]), p: p) == Tensor.zeros([2, 3]), "p = \(p)")
    }
    #expect(Tensor.zeros([0, 4]).cdist(Tensor.zeros([3, 4]), p: .infinity).shape == [0, 3])
  }
}
