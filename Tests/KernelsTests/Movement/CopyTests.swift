import TestSupport
import Testing

import Kernels

@Suite struct CopyTests {
  struct Case: CustomTestStringConvertible {
    let sizes: [Int]
    let source: [Int]
    let target: [Int]
    var testDescription: String { "\(sizes) from \(source) to \(target)" }
  }

  private static let cases = [
    Case(sizes: [], source: [], target: []),
    Case(sizes: [5], source: [1], target: [1]),
    Case(sizes: [5], source: [-1], target: [1]),
    Case(sizes: [5], source: [0], target: [1]),
    Case(sizes: [5], source: [2], target: [-3]),
    Case(sizes: [3, 4], source: [4, 1], target: [4, 1]),
    Case(sizes: [3, 4], source: [1, 3], target: [4, 1]),
    Case(sizes: [3, 4], source: [4, 1], target: [1, 3]),
    Case(sizes: [3, 4], source: [-4, -1], target: [4, 1]),
    Case(sizes: [3, 4], source: [0, 1], target: [4, 1]),
    Case(sizes: [3, 4], source: [1, 0], target: [4, 1]),
    Case(sizes: [3, 4], source: [0, 0], target: [4, 1]),
    Case(sizes: [3, 1, 4], source: [4, 99, 1], target: [4, 77, 1]),
    Case(sizes: [1, 1], source: [7, 7], target: [7, 7]),
    Case(sizes: [2, 3, 4], source: [1, 2, 6], target: [12, 4, 1]),
    Case(sizes: [2, 3, 4], source: [12, 1, 3], target: [12, 4, 1]),
    Case(sizes: [2, 3, 4], source: [12, -4, 1], target: [-12, 4, 1]),
    Case(sizes: [2, 3, 4], source: [4, 8, 1], target: [12, 4, 1]),
    Case(sizes: [2, 2, 2, 2, 2], source: [1, 2, 4, 8, 16], target: [16, 8, 4, 2, 1]),
    Case(sizes: [65, 33], source: [1, 65], target: [33, 1]),
    Case(sizes: [33, 70], source: [-1, 33], target: [70, 1]),
    Case(sizes: [2, 40, 40], source: [1600, 1, 40], target: [1600, 40, 1]),
    Case(sizes: [3, 0, 2], source: [0, 2, 1], target: [0, 2, 1]),
  ]

  /// Memory large enough for offsets of either sign around its middle.
  private func check<E: Element>(_ c: Case, _ value: (Int) -> E) {
    let reach = zip(c.sizes, zip(c.source, c.target)).reduce(1) { $0 + $1.0 * max(abs($1.1.0), abs($1.1.1)) }
    let source = (0..<2 * reach).map(value)
    var (target, expected) = ([E](repeating: .sentinel, count: 2 * reach), [E](repeating: .sentinel, count: 2 * reach))
    for p in positions(c.sizes) { expected[reach + offset(p, c.target)] = source[reach + offset(p, c.source)] }
    source.withUnsafeBytes { x in
      target.withUnsafeMutableBytes { y in
        let start = reach * MemoryLayout<E>.size
        copyStrided(E.kind, sizes: c.sizes, x.baseAddress! + start, c.source, y.baseAddress! + start, c.target)
      }
    }
    #expect(target == expected)
  }

  @Test(arguments: cases) func copiesEveryElementAndNoOther(c: Case) {
    check(c) { UInt8(truncatingIfNeeded: $0 &* 7) }
    check(c) { Float($0) }
    check(c) { Double($0) }
    check(c) { Int32($0) }
    check(c) { Int64($0) }
  }

  /// Bits, not values: a signalling NaN and the sign of zero arrive as they are.
  @Test func copiesBits() {
    let x: [Float] = [Float(bitPattern: 0x7FA0_0001), -0.0, Float(bitPattern: 0xFFC1_2345)]
    let y: [Float] = output(3) { copyStrided(.float32, sizes: [3], x, [1], $0, [1]) }
    #expect(x.map(\.bitPattern) == y.map(\.bitPattern))
  }
}
