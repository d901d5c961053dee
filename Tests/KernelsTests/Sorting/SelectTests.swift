import TestSupport
import Testing

import Kernels

@Suite(.exclusiveKernels) struct SelectTests {
  private func select<E: Element>(_ n: Int, _ x: [E], _ places: [Int64]) -> [Int64] {
    output(places.count) { selectRows(E.kind, places.count, n, x, places, $0) }
  }

  /// The places of the sorted row, NaN last and equal elements in their order.
  private func order<E: Comparable>(_ x: [E]) -> [Int64] {
    func comesFirst(_ a: Int, _ b: Int) -> Bool {
      let (x, y) = (x[a], x[b])
      if x != x || y != y { return x != x && y != y ? a < b : y != y }
      return x == y ? a < b : x < y
    }
    return x.indices.sorted(by: comesFirst).map { Int64($0) }
  }

  /// Every place of one row.
  private func check<E: Element & Comparable>(_ x: [E]) {
    let rows = [[E]](repeating: x, count: x.count).flatMap { $0 }
    #expect(select(x.count, rows, x.indices.map { Int64($0) }) == order(x), "\(x.prefix(20))")
  }

  @Test(arguments: [1, 2, 5, 16, 17, 18, 40, 101]) func everyPlace(n: Int) {
    var samples = Samples()
    let values: [Int32] = samples.integers(n, in: -6...6)
    check(values)
    check(values.map { UInt8($0 + 6) })
    check(values.map { Int64($0) << 40 })
    check(values.map { $0 == 3 ? .nan : Float($0) })
    check(samples.floats(n) as [Double])
    // −0 and +0 are equal.
    check(values.map { $0 == 0 ? -0.0 : $0 > 0 ? 0.0 : Double($0) })
  }

  /// Sorted, reversed, equal, and orders that mislead the choice of pivots.
  @Test(arguments: [100, 333]) func awkwardOrders(n: Int) {
    check((0..<n).map { Float($0) })
    check((0..<n).map { Float(-$0) })
    check([Float](repeating: 2, count: n))
    check((0..<n).map { Float($0 < n / 2 ? $0 : n - $0) })
    check((0..<n).map { Double($0 % 2 == 0 ? $0 : 2 * n - $0) })
  }

  /// 0, 3, 2, 5, 4, 7, … and 1 at the end, made by an adversary (McIlroy, A killer adversary for quicksort, 1999): the
  /// median of three is always the second least, so that selection gives up, and the row is sorted.
  @Test(arguments: [100, 400]) func anAdversarysOrder(n: Int) {
    check((0..<n).map { Double($0 == n - 1 ? 1 : $0 % 2 == 0 ? $0 : $0 + 2) })
  }

  @Test func threadsDoNotShow() {
    var samples = Samples()
    let x: [Float] = samples.floats(300 * 200)
    let results = withThreadCounts { select(200, x, [Int64](repeating: 99, count: 300)) }
    for result in results { #expect(result == results[0]) }
    #expect(results[0][7] == order(Array(x[1400..<1600]))[99])
  }
}
