import TestSupport
import Testing

import Kernels

@Suite(.exclusiveKernels) struct CompareTests {
  private func compare<E: Element>(_ comparison: Comparison, _ n: Int, _ a: [E], _ sa: Int, _ b: [E], _ sb: Int)
    -> [UInt8]
  {
    output(n) { Kernels.compare(comparison, E.kind, n, a, sa, b, sb, $0) }
  }

  private func holds<E: Comparable>(_ comparison: Comparison, _ a: E, _ b: E) -> UInt8 {
    switch comparison {
    case .equal: a == b ? 1 : 0
    case .notEqual: a != b ? 1 : 0
    case .less: a < b ? 1 : 0
    case .lessEqual: a <= b ? 1 : 0
    }
  }

  private func check<E: Element & Comparable>(_ comparison: Comparison, _ values: [E]) {
    let pairs = values.flatMap { a in values.map { (a, $0) } }
    let (a, b) = (pairs.map(\.0), pairs.map(\.1))
    for n in Array(0...20) + [pairs.count] {
      for (sa, sb) in [(1, 1), (1, 0), (0, 1), (0, 0)] {
        let expected = zip(spread(a, sa, n), spread(b, sb, n)).map { holds(comparison, $0, $1) }
        #expect(compare(comparison, n, a, sa, b, sb) == expected, "\(comparison) n = \(n) steps \(sa) \(sb)")
      }
    }
  }

  @Test(arguments: SIMDLevel.available, Comparison.allCases) func floats(level: SIMDLevel, comparison: Comparison) {
    SIMDLevel.with(level) {
      check(comparison, [.nan, 0, -0.0, 1, -1, .infinity, -.infinity, .leastNonzeroMagnitude] as [Float])
      check(comparison, [.nan, 0, -0.0, 1, -1, .infinity, -.infinity, .leastNonzeroMagnitude] as [Double])
    }
  }

  @Test(arguments: Comparison.allCases) func integers(comparison: Comparison) {
    check(comparison, [0, 1, -1, .max, .min] as [Int32])
    check(comparison, [0, 1, -1, .max, .min] as [Int64])
    check(comparison, [0, 1, 2, 127, 128, 255] as [UInt8])
  }
}
