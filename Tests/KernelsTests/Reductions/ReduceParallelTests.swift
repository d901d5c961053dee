import TestSupport
import Testing

import Kernels

/// `body`'s result with each of several numbers of threads.
func withThreadCounts<R>(_ body: () -> R) -> [R] {
  let before = kernelThreadCount
  defer { kernelThreadCount = before }
  return [1, 2, 3, 8].map { count in
    kernelThreadCount = count
    return body()
  }
}

/// Long and wide reductions, which are cut into pieces for the threads.
@Suite(.exclusiveKernels) struct ReduceParallelTests {
  /// Long rows, long columns, wide columns, many rows: past every boundary where the cut changes.
  static let shapes: [(Int, Int, Int)] = [
    (1, 65_537, 1), (1, 70_001, 1), (40, 1000, 1), (1, 9000, 8), (1, 3, 16_385), (1, 3, 40_000), (1, 7, 16_384),
    (2, 3, 16_400),
    (1, 1, 40_000), (1, 700, 100),
  ]

  @Test(arguments: shapes.prefix(isDebug ? 7 : shapes.count)) func sumsAreRightAndTheSameForAnyNumberOfThreads(
    shape: (Int, Int, Int)
  ) {
    var samples = Samples()
    let (outer, n, inner) = shape
    let x: [Float] = samples.floats(outer * n * inner)
    let results = withThreadCounts { reduce(.sum, outer, n, inner, x) }
    for result in results { #expect(same(result, results[0])) }
    let lines = columns(outer, n, inner, x)
    let (truth, scale) = (
      lines.map { $0.reduce(Truth(0)) { $0 + Truth($1) } }, lines.map { $0.reduce(Truth(0)) { $0 + abs(Truth($1)) } }
    )
    #expect(scaledError(results[0], truth, scale) <= 8)
  }

  @Test func extremaAndIntegersOfLongArrays() {
    var samples = Samples()
    let x: [Float] = samples.floats(66_000)
    #expect(withThreadCounts { reduce(.maximum, 1, x.count, 1, x)[0] } == Array(repeating: x.max(), count: 4))
    let y: [Int64] = samples.integers(66_000, in: .min ... .max)
    #expect(withThreadCounts { reduce(.sum, 1, y.count, 1, y)[0] } == Array(repeating: y.reduce(0, &+), count: 4))
  }

  @Test func longAxesBesideAnEmptyOne() {
    #expect(reduce(.sum, 1, 100_000, 0, [Float]()) == [])
    #expect(reduce(.sum, 0, 100_000, 1, [Float]()) == [])
  }

  /// Pairs of blocks keep the error of a long sum small: 0.1 is not a float, and adding it in order drifts by 1 %.
  @Test func aLongSumDoesNotDrift() {
    let x = [Float](repeating: 0.1, count: isDebug ? 70_000 : 10_000_000)
    let truth = Truth(Float(0.1)) * Truth(x.count)
    #expect(scaledError(reduce(.sum, 1, x.count, 1, x), [truth], [truth]) <= 16)
  }
}
