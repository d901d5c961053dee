import Foundation
import TestSupport
import Testing

import Kernels

@Suite(.exclusiveKernels) struct LogSumExpTests {
  private func logSumExp<E: Element>(_ outer: Int, _ n: Int, _ inner: Int, _ x: [E], gap: Int = 0) -> [E] {
    let (memory, group, step) = spread(outer, n, inner, x, gap: gap)
    return output(outer * inner) { y in
      memory.withUnsafeBytes {
        let source = LinesOf($0.baseAddress!, E.kind, group: group, step: step)
        Kernels.logSumExp(E.kind, lines(outer, n, inner), source, y)
      }
    }
  }

  private func gradient<E: FloatElement>(_ outer: Int, _ n: Int, _ inner: Int, _ x: [E], _ totals: [E], _ g: [E]) -> [E]
  {
    let (memory, group, step) = spread(outer, n, inner, x, gap: 3)
    let zeros = [E](repeating: E.zero, count: totals.count)
    return output(outer * n * inner) { dx in
      memory.withUnsafeBytes {
        let source = LinesOf($0.baseAddress!, E.kind, group: group, step: step)
        let target = LinesOf(dx, E.kind, group: n * inner, step: inner)
        logSumExpGradient(E.kind, lines(outer, n, inner), source, shifts: totals, tails: zeros, g, target)
      }
    }
  }

  private func check<F: FloatElement>(_ type: F.Type, _ outer: Int, _ n: Int, _ inner: Int) {
    var samples = Samples(UInt64(n))
    let x: [F] = samples.floats(outer * n * inner, in: -20...20)
    let totals = columns(outer, n, inner, x).map { line in
      Foundation.log(line.reduce(Truth(0)) { $0 + exp(Truth($1)) })
    }
    for gap in [0, 3] {
      let actual = logSumExp(outer, n, inner, x, gap: gap)
      #expect(scaledError(actual, totals, totals.map { 16 + abs($0) }) <= 2, "\(outer), \(n), \(inner)")
    }
    let g: [F] = samples.floats(outer * inner)
    let dx = gradient(outer, n, inner, x, totals.map { F($0) }, g)
    let expected = positions([outer, n, inner]).map { p in
      let line = p[0] * inner + p[2]
      return Truth(g[line]) * exp(Truth(x[(p[0] * n + p[1]) * inner + p[2]]) - Truth(F(totals[line])))
    }
    // exp of a difference of up to 45, rounded: half a unit of it is 23 of exp's.
    #expect(scaledError(dx, expected, expected.map { abs($0) + Truth(F.leastNormalMagnitude) }) <= 26)
  }

  @Test(arguments: SIMDLevel.available) func everyShape(level: SIMDLevel) {
    SIMDLevel.with(level) {
      for n in Array(1...18) + [31, 33, 70] { check(Float.self, 2, n, 1) }
      for n in [1, 5, 8, 9, 33] { check(Double.self, 2, n, 1) }
      for (outer, n, inner) in [(1, 1, 5), (2, 3, 16), (1, 7, 17), (3, 9, 2), (1, 130, 33)] {
        check(Float.self, outer, n, inner)
        check(Double.self, outer, n, inner)
      }
    }
  }

  @Test(arguments: SIMDLevel.available) func infinitiesAndExtremes(level: SIMDLevel) {
    let inf = Float.infinity
    let cases: [([Float], Float)] = [
      ([-inf, -inf], -inf), ([inf, 1], inf), ([inf, -inf], inf), ([-inf, 3], 3), ([.nan, 1], .nan),
      ([.nan, inf], .nan),
      ([10_000, -10_000], 10_000), ([-10_000, -20_000], -10_000), ([], -inf),
    ]
    SIMDLevel.with(level) {
      for (x, y) in cases {
        #expect(same(logSumExp(1, x.count, 1, x), [y]), "\(x)")
        #expect(same(logSumExp(1, x.count, 2, x.flatMap { [$0, $0] }), [y, y]), "column \(x)")
      }
      #expect(gradient(1, 2, 1, [-inf, -inf], [-inf], [1]) == [0, 0])
      #expect(gradient(1, 2, 2, [-inf, 0, -inf, -inf], [-inf, 0], [1, 1]) == [0, 1, 0, 0])
    }
  }
}
