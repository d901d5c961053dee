import TestSupport
import Testing

import Kernels

@Suite(.exclusiveKernels) struct ArgMaxTests {
  private func argMax<E: Element>(_ rows: Int, _ n: Int, _ x: [E]) -> [Int64] {
    output(rows) { argMaxRows(E.kind, rows, n, x, $0) }
  }

  private func reference<E: Comparable>(_ x: [E]) -> Int64 {
    if let nan = x.firstIndex(where: { $0 != $0 }) { return Int64(nan) }
    return Int64(x.firstIndex(of: x.max()!)!)
  }

  private func check<E: Element & Comparable>(_ n: Int, _ x: [E]) {
    let rows = stride(from: 0, to: x.count, by: n).map { Array(x[$0..<$0 + n]) }
    #expect(argMax(rows.count, n, x) == rows.map(reference), "n = \(n)")
  }

  @Test(arguments: SIMDLevel.available) func theFirstLargestOfEachRow(level: SIMDLevel) {
    var samples = Samples()
    SIMDLevel.with(level) {
      for n in Array(1...20) + [31, 32, 33, 70] {
        // Few different values, so that most rows have ties.
        check(n, samples.integers(4 * n, in: -3...3).map { Float($0) })
        check(n, samples.integers(4 * n, in: -3...3).map { Double($0) })
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
    #expect(argMax(1, 3, [-Float.infinity, -.infinity, -.infinity]) == [0])
    #expect(argMax(1, 3, [0, Double.infinity, .infinity]) == [1])
  }

  @Test func integers() {
    var samples = Samples()
    check(7, samples.integers(70, in: -2...2) as [Int32])
    check(7, samples.integers(70, in: .min ... .max) as [Int64])
    check(7, samples.integers(70, in: 250...255) as [UInt8])
  }
}
