import TestSupport
import Testing

import Kernels

/// Inputs that sorting algorithms stumble over, of n numbers.
private func inputs<E>(_ n: Int, _ random: [E], _ few: [E]) -> [[E]] where E: Comparable {
  let ordered = random.sorted()
  return [
    random, few, ordered, ordered.reversed(), Array(repeating: random.first!, count: n),
    ordered.indices.map { $0 % 2 == 0 ? ordered[$0] : ordered[n - 1 - $0] },
  ]
}

/// Less, with NaN the greatest.
private func precedes<F: BinaryFloatingPoint>(_ a: F, _ b: F) -> Bool { a < b || (!a.isNaN && b.isNaN) }

@Suite(.exclusiveKernels) struct SortTests {
  static let counts = [1, 2, 3, 15, 16, 17, 32, 33, 64, 100, 127, 128, 129, 255, 256, 257, 1000, 4096, 4097, 10_000]

  private func sorted<E: Element>(_ x: [E], _ descending: Bool, rows: Int = 1) -> [E] {
    output(x.count) { sortRows(E.kind, descending: descending, rows, x.count / rows, x, $0) }
  }

  private func argsorted<E: Element>(_ x: [E], _ descending: Bool, rows: Int = 1) -> [Int64] {
    output(x.count) { argsortRows(E.kind, descending: descending, rows, x.count / rows, x, $0) }
  }

  private func check<E: Element>(_ x: [E], _ precedes: (E, E) -> Bool, _ same: ([E], [E]) -> Bool) {
    for descending in [false, true] {
      let places = x.indices.sorted { a, b in
        let (first, second) = descending ? (b, a) : (a, b)
        if precedes(x[first], x[second]) { return true }
        return !precedes(x[second], x[first]) && a < b
      }
      for level in SIMDLevel.available {
        SIMDLevel.with(level) {
          #expect(argsorted(x, descending) == places.map { Int64($0) })
          #expect(same(sorted(x, descending), places.map { x[$0] }), "\(E.self), \(x.count), \(level)")
        }
      }
    }
  }

  @Test(arguments: counts.prefix(isDebug ? 16 : counts.count)) func everyOrderIsSorted(n: Int) {
    var samples = Samples(UInt64(n))
    let few = samples.integers(n, in: 0...3 as ClosedRange<Int32>)
    for x in inputs(n, samples.floats(n) as [Float], few.map { Float($0) }) { check(x, <, ==) }
    for x in inputs(n, samples.floats(n) as [Double], few.map { Double($0) }) { check(x, <, ==) }
    for x in inputs(n, samples.integers(n, in: .min ... .max) as [Int32], few) { check(x, <, ==) }
    for x in inputs(n, samples.integers(n, in: .min ... .max) as [Int64], few.map { Int64($0) }) { check(x, <, ==) }
    for x in inputs(n, samples.integers(n, in: .min ... .max) as [UInt8], few.map { UInt8($0) }) { check(x, <, ==) }
  }

  private func checkSpecials<F: FloatElement>(_ type: F.Type) {
    var samples = Samples()
    let negativeNaN = -F.nan
    let x = (F.specials + F.specials + [negativeNaN, 0, -0.0, .nan, -0.0, 0]).shuffled(using: &samples)
    for count in [20, 70, x.count] {
      check(Array(x[..<count]), precedes) { $0.elementsEqual($1) { $0 == $1 || ($0.isNaN && $1.isNaN) } }
    }
  }

  @Test func nanIsLastAndZerosAreEqual() {
    checkSpecials(Float.self)
    checkSpecials(Double.self)
  }

  /// Sorted values are the same numbers: no zero changes its sign, no subnormal is lost.
  @Test(arguments: [40, 400, 5000]) func noNumberIsLost(n: Int) {
    var samples = Samples()
    let x = (0..<n).map { _ in Float.specials.filter { !$0.isNaN }.randomElement(using: &samples)! }
    let y = sorted(x, false)
    #expect(y.map(\.bitPattern).sorted() == x.map(\.bitPattern).sorted())
    let zeros = y.filter { $0 == 0 }.map { $0.sign == .minus }
    #expect(zeros == zeros.sorted { $0 && !$1 })
  }

  @Test(arguments: [(3, 5), (200, 50), (7, 1000), (64, 129), (0, 4), (4, 0)]) func rowsAreSortedOnTheirOwn(
    shape: (Int, Int)
  ) {
    let (rows, n) = shape
    var samples = Samples()
    let x: [Float] = samples.floats(rows * n)
    let expected = (0..<rows).flatMap { x[$0 * n..<($0 + 1) * n].sorted() }
    let y: [Float] = output(x.count) { sortRows(.float32, descending: false, rows, n, x, $0) }
    #expect(y == expected)
    let places: [Int64] = output(x.count) { argsortRows(.float32, descending: false, rows, n, x, $0) }
    #expect(places.indices.map { x[$0 / max(n, 1) * n + Int(places[$0])] } == expected)
  }

  /// Every pivot that the quicksort takes from this array is nearly the least of what is left, so that it gives up and
  /// leaves the rest to the radix sort: four of the nine samples, two of two triples, get the next keys in order.
  @Test func aKillerOfQuicksortIsSorted() {
    var (keys, next) = ([Int32](repeating: -1, count: 3000), Int32(0))
    var slots = Array(keys.indices)
    while slots.count > 256 {
      let samples = [1, 7, 3, 9].map { slots[$0 * slots.count / 18] }
      for slot in samples where keys[slot] < 0 { (keys[slot], next) = (next, next + 1) }
      let pivot = samples.map { keys[$0] }.max()!
      slots.removeAll { keys[$0] >= 0 && keys[$0] < pivot }
    }
    for slot in slots where keys[slot] < 0 { (keys[slot], next) = (next, next + 1) }
    #expect(sorted(keys, false) == Array(0..<3000))
  }

  @Test func threadsDoNotShow() {
    var samples = Samples()
    let n = isDebug ? 140_000 : 600_001
    let x: [Float] = samples.integers(n, in: 0...5000 as ClosedRange<Int32>).map { Float($0) }
    let order = x.indices.sorted { (x[$0], $0) < (x[$1], $1) }
    for places in withThreadCounts({ argsorted(x, false) }) { #expect(places == order.map { Int64($0) }) }
    for values in withThreadCounts({ sorted(x, false) }) { #expect(values == order.map { x[$0] }) }
    let wide = x.map { Double($0) }
    for values in withThreadCounts({ sorted(wide, true) }) { #expect(values == order.reversed().map { wide[$0] }) }
  }
}

@Suite(.exclusiveKernels) struct TopKTests {
  private func check<E: Element>(_ x: [E], _ k: Int, rows: Int, _ precedes: (E, E) -> Bool) {
    let n = x.count / rows
    for largest in [false, true] {
      let expected = (0..<rows).flatMap { row in
        let row = Array(x[row * n..<(row + 1) * n])
        let order = row.indices.sorted { a, b in
          let (first, second) = largest ? (b, a) : (a, b)
          if precedes(row[first], row[second]) { return true }
          return !precedes(row[second], row[first]) && a < b
        }
        return order[..<k].map { Int64($0) }
      }
      for level in SIMDLevel.available {
        let actual: [Int64] = SIMDLevel.with(level) {
          output(rows * k) { topKRows(E.kind, largest: largest, rows, n, k, x, $0) }
        }
        #expect(actual == expected, "\(E.self), \(k) of \(n)")
      }
    }
  }

  @Test(arguments: [(1, 1), (5, 5), (5, 0), (40, 3), (40, 40), (333, 10), (1000, 1), (1000, 100), (3000, 700)])
  func theFirstOfASort(shape: (n: Int, k: Int)) {
    var samples = Samples()
    let (count, k) = (3 * shape.n, shape.k)
    check(samples.floats(count) as [Float], k, rows: 3, <)
    check(samples.floats(count) as [Double], k, rows: 3, <)
    check(samples.integers(count, in: -5...5) as [Int32], k, rows: 3, <)
    check(samples.integers(count, in: .min ... .max) as [Int64], k, rows: 3, <)
    check(samples.integers(count, in: 0...255) as [UInt8], k, rows: 3, <)
    check((0..<count).map { Float($0) }, k, rows: 3, <)
    check((0..<count).map { Float(-$0) }, k, rows: 3, <)
    check([Float](repeating: 1, count: count), k, rows: 3, <)
  }

  @Test func nanIsLargestAndZerosAreEqual() {
    var samples = Samples()
    let x = (Float.specials + [.nan, 0, -0.0, -.nan, 0]).shuffled(using: &samples)
    for k in [1, 5, 30, x.count] { check(x, k, rows: 1, precedes) }
  }
}
