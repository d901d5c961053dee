import TestSupport
import Testing

import Kernels

@Suite(.exclusiveKernels) struct MomentsTests {
  private func moments<E: FloatElement>(
    _ outer: Int, _ n: Int, _ inner: Int, _ x: [E], gap: Int = 0
  ) -> (mean: [E], m2: [E]) {
    let (memory, group, step) = spread(outer, n, inner, x, gap: gap)
    var m2: [E] = []
    let mean: [E] = output(outer * inner) { mean in
      m2 = output(outer * inner) { m2 in
        memory.withUnsafeBytes {
          let source = LinesOf($0.baseAddress!, E.kind, group: group, step: step)
          Kernels.moments(E.kind, lines(outer, n, inner), source, mean: mean, m2: m2)
        }
      }
    }
    return (mean, m2)
  }

  private func truth<F: FloatElement>(_ x: [F]) -> (mean: Truth, m2: Truth) {
    let mean = x.reduce(Truth(0)) { $0 + Truth($1) } / Truth(x.count)
    return (mean, x.reduce(0) { $0 + (Truth($1) - mean) * (Truth($1) - mean) })
  }

  /// Means to a few ulps of the elements' size; squares to a few ulps of themselves, wherever the mean is: the rounding of
  /// x − mean is relative to the distance, as both are close, and an error δ of the mean gives n·δ² ≪ Σ (x − mean)².
  private func check<F: FloatElement>(_ type: F.Type, _ shape: (Int, Int, Int), around center: F, gap: Int = 0) {
    let (outer, n, inner) = shape
    var samples = Samples(UInt64(n))
    let x = (samples.floats(outer * n * inner) as [F]).map { $0 + center }
    let expected = columns(outer, n, inner, x).map(truth)
    let (mean, m2) = moments(outer, n, inner, x, gap: gap)
    let size = Truth(1 + center)
    #expect(scaledError(mean, expected.map(\.mean), expected.map { _ in size }) <= 8, "mean of \(shape)")
    let floor = Truth(F.leastNormalMagnitude) + size * size * Truth(F.ulpOfOne) * Truth(n == 1 ? 1 : 0)
    #expect(scaledError(m2, expected.map(\.m2), expected.map { $0.m2 + floor }) <= 16, "squares of \(shape)")
  }

  static let shapes: [(Int, Int, Int)] =
    (1...20).map { (2, $0, 1) } + [
      (3, 33, 1), (1, 64, 1), (1, 2049, 1), (2, 5000, 1), (1, 4, 7), (2, 5, 16), (1, 130, 17), (1, 64, 70),
      (2, 65, 300),
    ]

  @Test(arguments: SIMDLevel.available) func meansAndSquares(level: SIMDLevel) {
    SIMDLevel.with(level) {
      for shape in Self.shapes {
        for gap in [0, 3] {
          check(Float.self, shape, around: 0, gap: gap)
          check(Double.self, shape, around: 0, gap: gap)
        }
      }
    }
  }

  /// The textbook formula Σ x² − n·mean² has no correct digit here.
  @Test(arguments: SIMDLevel.available) func aMeanFarFromZeroCostsNoDigits(level: SIMDLevel) {
    SIMDLevel.with(level) {
      for shape in [(1, 100, 1), (1, 4000, 1), (1, 300, 5)] {
        check(Float.self, shape, around: 4096)
        check(Double.self, shape, around: 1_000_000)
      }
    }
  }

  @Test func longLinesAreTheSameForAnyNumberOfThreads() {
    var samples = Samples()
    for (outer, n, inner) in [(1, 70_001, 1), (1, 9000, 8), (40, 2000, 1), (2, 40, 600)] {
      if isDebug && outer > 1 { continue }
      let x: [Float] = samples.floats(outer * n * inner)
      let results = withThreadCounts { moments(outer, n, inner, x) }
      for result in results {
        #expect(same(result.mean, results[0].mean) && same(result.m2, results[0].m2), "\(outer), \(n), \(inner)")
      }
      let expected = columns(outer, n, inner, x).map(truth)
      #expect(scaledError(results[0].m2, expected.map(\.m2), expected.map(\.m2)) <= 16)
    }
  }

  @Test func notANumberAndInfinity() {
    for inner in [1, 2] {
      let x: [Float] = [1, .nan, 2, 3, 1, .nan, 2, .infinity]
      let (mean, m2) = moments(1, 4, inner, Array(x.prefix(4 * inner)))
      #expect(mean.contains { $0.isNaN } && m2.contains { $0.isNaN })
    }
  }
}
