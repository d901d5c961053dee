import TestSupport
import Testing

import Kernels

@Suite(.exclusiveKernels) struct BinarySearchTests {
  private func check<E: Element & Comparable>(_ ordered: [E], _ values: [E]) {
    for right in [false, true] {
      let places: [Int64] = output(values.count) {
        search(E.kind, right: right, rows: 1, ordered.count, step: 0, ordered, values.count, values, $0)
      }
      #expect(places == values.map { v in Int64(ordered.count { right ? $0 <= v : $0 < v }) })
    }
  }

  @Test(arguments: [0, 1, 2, 7, 8, 100]) func countsTheSmaller(n: Int) {
    var samples = Samples()
    let (few, values) = (samples.integers(n, in: 0...20 as ClosedRange<UInt8>).sorted(), (0...21).map { UInt8($0) })
    check(few, values)
    check(few.map { Float($0) }, values.map { Float($0) } + [-.infinity, .infinity, 0.5])
    check(few.map { Double($0) }, values.map { Double($0) } + [-.infinity, .infinity, 0.5])
    check(few.map { Int32($0) }, values.map { Int32($0) } + [.min, .max])
    check(few.map { Int64($0) }, values.map { Int64($0) } + [.min, .max])
  }

  @Test func nanComesLast() {
    let places: [Int64] = output(2) {
      search(.float32, right: false, rows: 1, 3, step: 0, [0, 1, 2] as [Float], 2, [.nan, 1] as [Float], $0)
    }
    #expect(places == [3, 1])
  }

  /// Lines of their own, more values than one thread's share.
  @Test func manyLines() {
    var samples = Samples()
    let (rows, n, m) = (40, 9, 70)
    let lines: [[Int32]] = (0..<rows).map { _ in samples.integers(n, in: 0...30).sorted() }
    let values: [Int32] = samples.integers(rows * m, in: -1...31)
    let expected = values.indices.map { i in Int64(lines[i / m].count { $0 < values[i] }) }
    let results: [[Int64]] = withThreadCounts {
      output(values.count) { search(.int32, right: false, rows: rows, n, step: n, lines.flatMap { $0 }, m, values, $0) }
    }
    for result in results { #expect(result == expected) }
  }

  private func checkRows<E: Element & Comparable>(_ x: [E], _ n: Int) {
    let rows = x.count / n
    let lines = (0..<rows).map { Array(x[$0 * n..<($0 + 1) * n]) }
    let expected = (0..<rows).sorted { a, b in
      lines[a].lexicographicallyPrecedes(lines[b]) || (lines[a] == lines[b] && a < b)
    }
    let order: [Int64] = output(rows) { orderRows(E.kind, rows, n, x, $0) }
    #expect(order == expected.map { Int64($0) })
  }

  @Test func rowsInLexicographicOrder() {
    var samples = Samples()
    let x: [Int32] = samples.integers(300, in: -1...1)
    for n in [1, 2, 3, 5] {
      checkRows(x, n)
      checkRows(x.map { Int64($0) }, n)
      checkRows(x.map { Float($0) }, n)
      checkRows(x.map { Double($0) }, n)
      checkRows(x.map { UInt8($0 + 1) }, n)
    }
  }
}
