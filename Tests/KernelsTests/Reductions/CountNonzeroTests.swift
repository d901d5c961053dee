import TestSupport
import Testing

import Kernels

@Suite(.exclusiveKernels) struct CountNonzeroTests {
  private func count<E: Element>(_ outer: Int, _ n: Int, _ inner: Int, _ x: [E], gap: Int = 0) -> [Int64] {
    let (memory, group, step) = spread(outer, n, inner, x, gap: gap)
    return output(outer * inner) { y in
      memory.withUnsafeBytes {
        let source = LinesOf($0.baseAddress!, E.kind, group: group, step: step)
        countNonzero(E.kind, lines(outer, n, inner), source, y)
      }
    }
  }

  /// As rows of n, and as columns, with gaps and without.
  private func check<E: Element & Numeric>(_ n: Int, _ x: [E]) {
    func expected(_ outer: Int, _ inner: Int) -> [Int64] {
      columns(outer, n, inner, x).map { Int64($0.count { $0 != 0 }) }
    }
    let m = x.count / n
    for gap in [0, 5] {
      #expect(count(m, n, 1, x, gap: gap) == expected(m, 1), "rows of \(n)")
      #expect(count(1, n, m, x, gap: gap) == expected(1, m), "columns of \(n)")
    }
  }

  /// Also more than a byte counts, and more than 64 in a row.
  @Test(arguments: [1, 3, 63, 64, 65, 255, 256, 600]) func everyType(n: Int) {
    var samples = Samples()
    let x: [Int32] = samples.integers(7 * n, in: 0...2)
    check(n, x)
    check(n, x.map { Int64($0) << 40 })
    check(n, x.map { UInt8($0) })
    check(n, x.map { $0 == 2 ? .nan : Float($0) })
    check(n, x.map { $0 == 0 ? -0.0 : Double($0) })
  }

  /// Cut into pieces.
  @Test func aLongRow() {
    let x = (0..<100_001).map { UInt8($0 % 3) }
    for counts in withThreadCounts({ count(1, x.count, 1, x) }) { #expect(counts == [66_667]) }
  }

  @Test func allOfThem() {
    #expect(count(1, 20_000, 1, [UInt8](repeating: 7, count: 20_000)) == [20_000])
    #expect(count(2, 0, 1, [Float]()) == [0, 0])
    #expect(count(1, 0, 3, [Float]()) == [0, 0, 0])
  }
}
