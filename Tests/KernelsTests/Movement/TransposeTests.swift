import TestSupport
import Testing

import Kernels

/// Copies in which two axes change places, at every size of element and level, around the edges of squares and blocks.
@Suite(.exclusiveKernels) struct TransposeTests {
  static let shapes = [
    (1, 1), (1, 40), (40, 1), (7, 9), (8, 8), (15, 17), (16, 16), (17, 33), (31, 64), (48, 16), (127, 129), (130, 128),
    (300, 257),
  ]

  /// Rows of the source and the target stand apart, and start off their alignment.
  private func check<E: Element & Numeric>(_ type: E.Type, _ rows: Int, _ columns: Int, _ value: (Int) -> E) {
    let (ldx, ldy) = (rows + 3, columns + 5)
    let x = (0..<columns * ldx + 1).map(value)
    var expected = [E](repeating: .sentinel, count: rows * ldy)
    for i in 0..<rows { for j in 0..<columns { expected[i * ldy + j] = x[1 + j * ldx + i] } }
    for level in SIMDLevel.available {
      let actual: [E] = SIMDLevel.with(level) {
        output(rows * ldy) { y in
          x.withUnsafeBytes {
            let start = $0.baseAddress! + MemoryLayout<E>.size
            copyStrided(E.kind, sizes: [rows, columns], start, [1, ldx], y, [ldy, 1])
          }
        }
      }
      #expect(actual == expected, "\(type) \(rows)x\(columns) at \(level)")
    }
  }

  @Test(arguments: shapes.prefix(isDebug ? 10 : shapes.count)) func rowsBecomeColumns(shape: (Int, Int)) {
    check(UInt8.self, shape.0, shape.1) { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 8) }
    check(Float.self, shape.0, shape.1) { Float($0) }
    check(Int64.self, shape.0, shape.1) { Int64($0) }
  }

  /// Permutations of rank 3 and 4 with unit strides, zero and negative strides, in any order, cut into several blocks.
  @Test(arguments: [
    ([3, 130, 140], [1, 420, 3]), ([3, 130, 140], [130 * 140, 1, 130]), ([5, 70, 90], [1, 5, 350]),
    ([20, 30, 40, 2], [1, 20, 600, 24000]), ([200, 200], [0, 1]), ([200, 200], [1, 0]), ([150, 150], [0, 0]),
    ([150, 160], [-1, 150]), ([150, 160], [1, -150]), ([150, 160], [2, 300]), ([200, 3], [1, 200]),
    ([3, 200, 3], [1, 9, 3]), ([20000], [2]), ([40000], [1]), ([100, 300], [1, 2]),
  ])
  func permutedCopiesAreTheSameForAnyNumberOfThreads(sizes: [Int], strides: [Int]) {
    let reach = zip(sizes, strides).reduce(1) { $0 + $1.0 * abs($1.1) }
    let x = (0..<2 * reach).map { Float($0) }
    let count = sizes.reduce(1, *)
    let target = sizes.indices.map { sizes[($0 + 1)...].reduce(1, *) }
    let results: [[Float]] = withThreadCounts {
      output(count) { y in
        x.withUnsafeBytes { copyStrided(.float32, sizes: sizes, $0.baseAddress! + 4 * reach, strides, y, target) }
      }
    }
    var expected = [Float](repeating: 0, count: count)
    for p in positions(sizes) { expected[offset(p, target)] = x[reach + offset(p, strides)] }
    for result in results { #expect(result == expected) }
  }
}
