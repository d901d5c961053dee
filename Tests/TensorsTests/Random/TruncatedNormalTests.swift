import Foundation
import TestSupport
import Testing

import Tensors

/// What the examples of `ContinuousTests` do not show of ``Tensor/truncatedNormal(_:mean:std:low:high:dtype:generator:)``.
@Suite struct TruncatedNormalTests {
  private func draw(_ low: Double, _ high: Double, mean: Double = 0, std: Double = 1) -> [Double] {
    let x = Tensor.truncatedNormal(
      [2000], mean: mean, std: std, low: low, high: high, dtype: .float64, generator: Generator(seed: 3))
    return x.scalars(as: Double.self)
  }

  /// The ends are never passed, nor by float32 their nearest numbers, and often come close.
  @Test func staysWithinItsEnds() {
    for (low, high) in [(-2.0, 2.0), (0.1, 0.2), (-0.3, -0.1), (5, 6), (-0.1, .infinity), (-.infinity, 0.7)] {
      let numbers = draw(low, high)
      #expect(numbers.allSatisfy { $0 >= low && $0 <= high && $0.isFinite }, "\(low)...\(high)")
      let narrow = Tensor.truncatedNormal([2000], low: low, high: high, generator: Generator(seed: 3))
      let ends = Float(low)...Float(high)
      #expect(narrow.scalars(as: Float.self).allSatisfy(ends.contains), "\(low)...\(high)")
    }
  }

  /// Far out the excess over the nearer end is exponential with the end as its rate, but for terms of order 1/z²: its mean
  /// is 1/z − 2/z³ + O(z⁻⁵). Five standard errors of 2000 numbers are 11 %.
  @Test(arguments: [10.0, 20, 36]) func reachesFarOut(_ z: Double) {
    let (above, below) = (draw(z, .infinity), draw(-.infinity, -z))
    // The same words, mirrored.
    #expect(zip(above, below).allSatisfy { $0 == -$1 })
    let excess = above.reduce(0) { $0 + ($1 - z) } / Double(above.count)
    #expect(abs(excess * z - 1) < 0.12)
    #expect(Set(above).count > 1950)
  }

  @Test func isShiftedAndScaled() {
    let numbers = zip(draw(-1.5, 0.5), draw(-4, 4, mean: 2, std: 4))
    #expect(numbers.allSatisfy { 2 + 4 * $0 == $1 })
  }

  @Test func aRangeOfOneNumberIsThatNumber() {
    #expect(draw(1, 1.nextUp).allSatisfy { $0 == 1 || $0 == 1.nextUp })
  }

  @Test func refusesWhatHasNoNumbers() async {
    let range = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.truncatedNormal([2], low: 1, high: 1)
    }
    expectMessage(range, "truncatedNormal", "low 1.0 and high 1.0; expected low below high")
    let far = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.truncatedNormal([2], mean: 1, std: 0.5, low: 21, high: 30)
    }
    expectMessage(far, "truncatedNormal", "21.0...30.0 for mean 1.0 and std 0.5", "within 37 standard deviations")
    let std = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.truncatedNormal([2], std: 0)
    }
    expectMessage(std, "truncatedNormal", "mean 0.0 and std 0.0", "std above 0")
    let nan = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.truncatedNormal([2], low: .nan)
    }
    expectMessage(nan, "truncatedNormal", "low nan")
    let dtype = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.truncatedNormal([2], dtype: .int64)
    }
    expectMessage(dtype, "truncatedNormal", "dtype int64; expected float32 or float64")
  }
}
