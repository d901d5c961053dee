import TestSupport
import Testing

import Tensors

@Suite struct TensorProtocolInterpolationTests {
  /// Wherever i·n/m is an integer, it is that one that is read, for all pairs of sizes.
  @Test func nearestPositionsAreExact() {
    for n in 1...20 {
      let x = Tensor.arange(n).reshaped([1, 1, n])
      for m in 1...60 {
        let expected = Tensor((0..<m).map { $0 * n / m }, shape: [1, 1, m])
        #expect(x.interpolated(size: PerAxis(m)) == expected)
      }
    }
  }

  @Test func linesStayLines() {
    let x = Tensor.arange(6, dtype: .float64).reshaped([1, 1, 6])
    let fine = x.interpolated(size: 11, mode: .linear, alignCorners: true)
    #expect((fine - Tensor.linspace(0, 5, 11, dtype: .float64)).abs().max().item() < 1e-14)
  }

  /// Keys' kernel with a = −3/4 at distances 7/4, 5/4, 3/4 and 1/4, in binary fractions.
  @Test func cubicWeightsAreTheKernels() {
    var x = Tensor.zeros([1, 1, 1, 7], dtype: .float64)
    x[0, 0, 0, 3] = Tensor(1, dtype: .float64)
    let impulse = x.interpolated(size: [1, 14], mode: .bicubic).flattened()
    let half = [-0.03515625, -0.10546875, 0.26171875, 0.87890625]
    #expect(impulse.scalars(as: Double.self) == [0, 0, 0] + half + half.reversed() + [0, 0, 0])
  }

  @Test func refusesOtherRanksAndOptions() async {
    let rank = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([1, 2, 3]).interpolated(size: 2, mode: .bilinear)
    }
    expectMessage(rank, "interpolated", "shape [1, 2, 3] and mode bilinear; expected [batch, C, spatial…] with 2")
    let corners = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([1, 2, 3]).interpolated(size: 2, alignCorners: true)
    }
    expectMessage(corners, "interpolated", "alignCorners with mode nearest; expected a linear or cubic mode")
    let dtype = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.arange(3).reshaped([1, 1, 3]).interpolated(size: 2, mode: .linear)
    }
    expectMessage(dtype, "interpolated", "dtype int64 and mode linear; expected float32 or float64")
    let empty = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([1, 2, 0]).interpolated(size: 2)
    }
    expectMessage(empty, "interpolated", "shape [1, 2, 0]; expected at least one element along each spatial axis")
  }

  @Test func refusesOtherFactors() async {
    let none = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([1, 2, 3]).interpolated(scaleFactor: 0.3)
    }
    expectMessage(none, "interpolated", "scaleFactor 0.3 leaves nothing of axis 2 of shape [1, 2, 3]")
    let count = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([1, 2, 3]).interpolated(scaleFactor: [2, 2])
    }
    expectMessage(
      count, "interpolated", "scaleFactor [2.0, 2.0] for shape [1, 2, 3]; expected 1 numbers between 0 and 2^31")
    let sign = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([1, 2, 3]).interpolated(scaleFactor: -1)
    }
    expectMessage(sign, "interpolated", "scaleFactor [-1.0]")
  }
}
