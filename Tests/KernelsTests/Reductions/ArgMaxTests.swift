import TestSupport
import Testing

import Kernels

@Suite(.exclusiveKernels) struct ArgMaxTests {
  private func argMax<E: Element>(
    _ outer: Int, _ n: Int, _ inner: Int, _ x: [E], minimum: Bool = false, gap: Int = 0
  ) -> [Int64] {
    let (memory, group, step) = spread(outer, n, inner, x, gap: gap)
    return output(outer * inner) { y in
      memory.withUnsafeBytes {
        let source = LinesOf($0.baseAddress!, E.kind, group: group, step: step)
        Kernels.argMax(minimum: minimum, E.kind, lines(outer, n, inner), source, y)
      }
    }
  }

  private func reference<E: Comparable>(_ x: [E], minimum: Bool) -> Int64 {
    if let nan = x.firstIndex(where: { $0 != $0 }) { return Int64(nan) }
    return Int64(x.firstIndex(of: minimum ? x.min()! : x.max()!)!)
  }

  /// As rows of n, and as columns.
  private func check<E: Element & Comparable>(_ n: Int, _ x: [E]) {
    for minimum in [false, true] {
      let rows = columns(x.count / n, n, 1, x).map { reference($0, minimum: minimum) }
      #expect(argMax(x.count / n, n, 1, x, minimum: minimum) == rows, "rows of \(n)")
      #expect(argMax(x.count / n, n, 1, x, minimum: minimum, gap: 5) == rows, "rows of \(n) with gaps")
      let lines = columns(1, n, x.count / n, x).map { reference($0, minimum: minimum) }
      #expect(argMax(1, n, x.count / n, x, minimum: minimum) == lines, "columns of \(n)")
      #expect(argMax(1, n, x.count / n, x, minimum: minimum, gap: 5) == lines, "columns of \(n) with gaps")
    }
  }

  @Test(arguments: SIMDLevel.available) func theFirstLargestOfEachRow(level: SIMDLevel) {
    var samples = Samples()
    SIMDLevel.with(level) {
      for n in Array(1...20) + [31, 32, 33, 70] {
        // Few different values, so that most rows have ties.
        check(n, samples.integers(19 * n, in: -3...3).map { Float($0) })
        check(n, samples.integers(19 * n, in: -3...3).map { Double($0) })
      }
    }
  }

  @Test(arguments: SIMDLevel.available) func theFirstNaNIsLargest(level: SIMDLevel) {
    SIMDLevel.with(level) {
      for n in [1, 5, 16, 17, 40] {
        for at in 0..<n {
          var x = (0..<n).map { Float($0) }
          x[at] = .nan
          x[n - 1] = .nan
          check(n, x)
          check(n, x.map { Double($0) })
        }
      }
    }
  }

  @Test func infinities() {
    #expect(argMax(1, 3, 1, [-Float.infinity, -.infinity, -.infinity]) == [0])
    #expect(argMax(1, 3, 1, [0, Double.infinity, .infinity]) == [1])
  }

  @Test func integers() {
    var samples = Samples()
    check(7, samples.integers(70, in: -2...2) as [Int32])
    check(7, samples.integers(70, in: .min ... .max) as [Int64])
    check(7, samples.integers(70, in: 250...255) as [UInt8])
  }
}
