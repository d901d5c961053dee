import TestSupport
import Testing

import Kernels

@Suite(.exclusiveKernels) struct PackTests {
  private func check<F: FloatElement>(_ type: F.Type, _ tile: Int, _ rows: Int, _ k: Int, _ rs: Int, _ ks: Int) {
    let x = (0..<max(1, rows * abs(rs) + k * abs(ks) + 1)).map { F($0 + 1) }
    let padded = (rows + tile - 1) / tile * tile
    let actual: [F] = output(padded * k) { pack(F.kind, tile, rows, k, x, rs, ks, $0) }
    let expected = (0..<padded * k).map { i -> F in
      let (first, p, r) = (i / (tile * k) * tile, i % (tile * k) / tile, i % tile)
      return first + r < rows ? x[(first + r) * rs + p * ks] : 0
    }
    #expect(actual == expected, "tile \(tile) rows \(rows) k \(k) strides \(rs) \(ks)")
  }

  /// Rows that lie side by side, rows that run along k, gaps on both, one value for all.
  @Test(arguments: SIMDLevel.available, [6, 8, 16, 32]) func tilesOfEveryStride(level: SIMDLevel, tile: Int) {
    SIMDLevel.with(level) {
      for rows in [1, tile - 1, tile, tile + 5, 2 * tile] {
        for k in [1, 4, 7] {
          for (rs, ks) in [(1, rows), (k, 1), (2, 2 * rows + 1), (k + 3, 1), (1, rows + 3), (0, 1), (1, 0)] {
            check(Float.self, tile, rows, k, rs, ks)
            check(Double.self, tile, rows, k, rs, ks)
          }
        }
      }
    }
  }
}
