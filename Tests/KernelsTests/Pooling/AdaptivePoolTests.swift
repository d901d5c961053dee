import TestSupport
import Testing

import Kernels

@Suite struct AdaptivePoolTests {
  private let windows = AdaptiveWindows(input: Volume(2, 5, 4), output: Volume(2, 2, 3))

  /// ⌊i·n/m⌋..<⌈(i + 1)·n/m⌉ written out: 5 by 2 and 4 by 3.
  private static let rows = [0..<3, 2..<5]
  private static let columns = [0..<2, 1..<3, 2..<4]

  private func elements<F: FloatElement>(_ x: [F], _ plane: Int, _ z: Int, _ i: Int, _ j: Int) -> [(Int, F)] {
    Self.rows[i].flatMap { r in
      Self.columns[j].map { c in
        let index = (z * 5 + r) * 4 + c
        return (index, x[plane * 40 + index])
      }
    }
  }

  @Test func averagesAndTheirGradient() {
    var samples = Samples(1)
    let x: [Double] = samples.floats(80)
    let y: [Double] = output(24) { adaptiveAverage(.float64, planes: 2, windows, x, $0) }
    let g: [Double] = samples.floats(24)
    let dx: [Double] = output(80) { adaptiveAverageGradient(.float64, planes: 2, windows, g, $0) }
    var expected = [Double](repeating: 0, count: 80)
    for (n, p) in positions([2, 2, 2, 3]).enumerated() {
      let inside = elements(x, p[0], p[1], p[2], p[3])
      let mean = inside.map(\.1).reduce(0, +) / Double(inside.count)
      #expect(abs(y[n] - mean) <= 4 * .ulpOfOne, "window \(p)")
      for (index, _) in inside { expected[p[0] * 40 + index] += g[n] / Double(inside.count) }
    }
    for i in dx.indices { #expect(abs(dx[i] - expected[i]) <= 4 * .ulpOfOne, "element \(i)") }
  }

  @Test func maximaWithTiesAndNaN() {
    var samples = Samples(2)
    let kinds: [Float] = [-Float.infinity, 0, 1, Float.nan]
    let x: [Float] = samples.integers(80, in: 0...3 as ClosedRange<Int32>).map { kinds[Int($0)] }
    var indices: [Int32] = []
    let y: [Float] = output(24) { y in
      indices = output(24) { adaptiveMaximum(.float32, planes: 2, windows, x, y, $0) }
    }
    for (n, p) in positions([2, 2, 2, 3]).enumerated() {
      let inside = elements(x, p[0], p[1], p[2], p[3])
      var best = inside[0]
      for e in inside where e.1 > best.1 || e.1.isNaN { best = e }
      #expect(same(y[n], best.1) && Int(indices[n]) == best.0, "window \(p)")
    }
  }
}
