import Foundation
import TestSupport
import Testing

import Kernels

/// Losses and gradients against ln Σ eˣ in more digits; labels below 0 count for nothing.
@Suite(.exclusiveKernels) struct CrossEntropyTests {
  private func check<F: FloatElement>(_ type: F.Type, _ outer: Int, _ n: Int, _ inner: Int) {
    var samples = Samples(UInt64(n))
    let x: [F] = samples.floats(outer * n * inner, in: -5...5)
    let labels: [Int64] = (0..<outer * inner).map { $0 % 4 == 3 ? -1 : Int64($0 * 7 % n) }
    let g: [F] = samples.floats(outer * inner)
    let lineValues = columns(outer, n, inner, x)
    let totals = lineValues.map { line in log(line.reduce(Truth(0)) { $0 + exp(Truth($1)) }) }
    let rounded = totals.map { F($0) }
    let zeros = rounded.map { _ in F(0) }
    let losses: [F] = output(outer * inner) { y in
      x.withUnsafeBytes {
        let source = LinesOf($0.baseAddress!, F.kind, group: n * inner, step: inner)
        crossEntropy(F.kind, lines(outer, n, inner), source, labels: labels, shifts: rounded, tails: zeros, y)
      }
    }
    let expected = labels.indices.map { labels[$0] < 0 ? 0 : totals[$0] - Truth(lineValues[$0][Int(labels[$0])]) }
    #expect(scaledError(losses, expected, expected.map { _ in 16 }) <= 1, "\(outer), \(n), \(inner)")
    let dx: [F] = output(x.count) { dx in
      x.withUnsafeBytes {
        let source = LinesOf($0.baseAddress!, F.kind, group: n * inner, step: inner)
        let target = LinesOf(dx, F.kind, group: n * inner, step: inner)
        crossEntropyGradient(
          F.kind, lines(outer, n, inner), source, labels: labels, shifts: rounded, tails: zeros, g, target)
      }
    }
    let gradient = positions([outer, n, inner]).map { p in
      let line = p[0] * inner + p[2]
      let share = exp(Truth(lineValues[line][p[1]]) - totals[line]) - (Int(labels[line]) == p[1] ? 1 : 0)
      return labels[line] < 0 ? 0 : Truth(g[line]) * share
    }
    // exp of a difference of up to 15, rounded: half a unit of it is 8 of exp's.
    #expect(scaledError(dx, gradient, gradient.map { _ in 1 }) <= 16, "\(outer), \(n), \(inner)")
    #expect(zip(gradient, dx).allSatisfy { $0 != 0 || $1 == 0 })
  }

  @Test(arguments: SIMDLevel.available) func rowsAndColumns(level: SIMDLevel) {
    SIMDLevel.with(level) {
      for (outer, n, inner) in [(5, 1, 1), (7, 10, 1), (4, 33, 1), (2, 3, 8), (3, 5, 17), (1, 21, 40)] {
        check(Float.self, outer, n, inner)
        check(Double.self, outer, n, inner)
      }
    }
  }
}
