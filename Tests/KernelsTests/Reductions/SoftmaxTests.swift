import Foundation
import TestSupport
import Testing

import Kernels

@Suite(.exclusiveKernels) struct SoftmaxTests {
  private func softmax<E: Element>(log: Bool, _ outer: Int, _ n: Int, inner: Int = 1, _ x: [E], gap: Int = 0) -> [E] {
    let (memory, group, step) = spread(outer, n, inner, x, gap: gap)
    return output(outer * n * inner) { y in
      memory.withUnsafeBytes {
        let source = LinesOf($0.baseAddress!, E.kind, group: group, step: step)
        let target = LinesOf(y, E.kind, group: n * inner, step: inner)
        Kernels.softmax(log: log, E.kind, lines(outer, n, inner), source, target)
      }
    }
  }

  private func gradient<E: Element>(log: Bool, _ outer: Int, _ n: Int, inner: Int = 1, _ g: [E], _ y: [E]) -> [E] {
    let (memory, group, step) = spread(outer, n, inner, g, gap: 2)
    return output(outer * n * inner) { dx in
      memory.withUnsafeBytes { memory in
        y.withUnsafeBytes { y in
          let source = LinesOf(memory.baseAddress!, E.kind, group: group, step: step)
          let result = LinesOf(y.baseAddress!, E.kind, group: n * inner, step: inner)
          let target = LinesOf(dx, E.kind, group: n * inner, step: inner)
          softmaxGradient(log: log, E.kind, lines(outer, n, inner), source, result, target)
        }
      }
    }
  }

  /// [outer, n, inner] from the lines along its middle axis.
  private func joined<E>(_ outer: Int, _ n: Int, _ inner: Int, _ lines: [[E]]) -> [E] {
    positions([outer, n, inner]).map { lines[$0[0] * inner + $0[2]][$0[1]] }
  }

  private func rows<E>(_ n: Int, _ x: [E]) -> [[E]] {
    stride(from: 0, to: x.count, by: n).map { Array(x[$0..<$0 + n]) }
  }

  private func truth<F: FloatElement>(log: Bool, _ row: [F]) -> [Truth] {
    let (x, shift) = (row.map { Truth($0) }, Truth(row.max()!))
    let total = x.reduce(Truth(0)) { $0 + exp($1 - shift) }
    return x.map { log ? $0 - shift - Foundation.log(total) : exp($0 - shift) / total }
  }

  /// The sum rounds about once a vector, exp and the division once each; x − shift adds up to |x − shift| / 2 ulps of y.
  private func check<F: FloatElement>(_ type: F.Type, _ count: Int, _ n: Int) {
    var samples = Samples(UInt64(n))
    let x: [F] = samples.floats(count * n, in: -8...8)
    let plain = rows(n, x).flatMap { truth(log: false, $0) }
    #expect(scaledError(softmax(log: false, count, n, x), plain, plain) <= 12, "n = \(n)")
    let logs = rows(n, x).flatMap { truth(log: true, $0) }
    #expect(scaledError(softmax(log: true, count, n, x), logs, logs.map { 4 + abs($0) }) <= 2, "log n = \(n)")
  }

  private func checkColumns<F: FloatElement>(_ type: F.Type, _ outer: Int, _ n: Int, _ inner: Int) {
    var samples = Samples(UInt64(n))
    let x: [F] = samples.floats(outer * n * inner, in: -8...8)
    let plain = joined(outer, n, inner, columns(outer, n, inner, x).map { truth(log: false, $0) })
    let logs = joined(outer, n, inner, columns(outer, n, inner, x).map { truth(log: true, $0) })
    for gap in [0, 3] {
      let (y, l) = (
        softmax(log: false, outer, n, inner: inner, x, gap: gap),
        softmax(log: true, outer, n, inner: inner, x, gap: gap)
      )
      // One sum of n terms in order, up to 128 of them.
      #expect(scaledError(y, plain, plain) <= 12 + Double(min(n, 128)) / 8, "\(outer), \(n), \(inner)")
      #expect(scaledError(l, logs, logs.map { 4 + abs($0) }) <= 4, "log \(outer), \(n), \(inner)")
    }
  }

  @Test(arguments: SIMDLevel.available) func columnsSideBySide(level: SIMDLevel) {
    SIMDLevel.with(level) {
      for (outer, n, inner) in [(1, 1, 5), (2, 3, 16), (1, 7, 17), (3, 9, 2), (1, 130, 33), (1, 3, 1100)] {
        checkColumns(Float.self, outer, n, inner)
        checkColumns(Double.self, outer, n, inner)
      }
    }
  }

  @Test func threadsGiveTheSameBits() {
    var samples = Samples()
    let x: [Float] = samples.floats(isDebug ? 4000 : 120_000)
    for (outer, n, inner) in [(x.count / 40, 40, 1), (1, 20, x.count / 20)] {
      let results = withThreadCounts { softmax(log: false, outer, n, inner: inner, x) }
      for result in results { #expect(same(result, results[0])) }
    }
  }

  @Test(arguments: SIMDLevel.available) func everyLength(level: SIMDLevel) {
    SIMDLevel.with(level) {
      for n in Array(1...18) + [31, 33, 64, 70] {
        check(Float.self, 2, n)
        check(Double.self, 2, n)
      }
    }
  }

  private func checkExtremes<F: FloatElement>(_ type: F.Type) {
    let cases: [(x: [F], plain: [F], log: [F])] = [
      ([10_000, -10_000, 0], [1, 0, 0], [0, -20_000, -10_000]),
      ([-.infinity, 0, -.infinity], [0, 1, 0], [-.infinity, 0, -.infinity]),
      ([3], [1], [0]),
      ([-.infinity, -.infinity], [.nan, .nan], [.nan, .nan]),
      ([1, .nan, 2], [.nan, .nan, .nan], [.nan, .nan, .nan]),
      ([1, .infinity, 2], [.nan, .nan, .nan], [.nan, .nan, .nan]),
    ]
    for (x, plain, log) in cases {
      // Beside a column of zeros.
      let pairs: [F] = x.flatMap { [$0, F(0)] }
      let both = softmax(log: false, 1, x.count, inner: 2, pairs)
      #expect(same(x.indices.map { both[2 * $0] }, plain), "softmax of the column \(x)")
      let actual = (softmax(log: false, 1, x.count, x), softmax(log: true, 1, x.count, x))
      #expect(same(actual.0, plain), "softmax \(x)")
      #expect(same(actual.1, log), "log softmax \(x)")
    }
    let equal = [F](repeating: -10_000, count: 4)
    #expect(softmax(log: false, 1, 4, equal) == equal.map { _ in 0.25 })
  }

  @Test(arguments: SIMDLevel.available) func nothingOverflows(level: SIMDLevel) {
    SIMDLevel.with(level) {
      checkExtremes(Float.self)
      checkExtremes(Double.self)
    }
  }

  private func gradientTruth<F: FloatElement>(log: Bool, _ g: [F], _ y: [F]) -> [Truth] {
    let (g, y) = (g.map { Truth($0) }, y.map { Truth($0) })
    let dot = log ? g.reduce(0, +) : zip(g, y).reduce(Truth(0)) { $0 + $1.0 * $1.1 }
    return zip(g, y).map { log ? $0 - exp($1) * dot : $1 * ($0 - dot) }
  }

  private func checkGradient<F: FloatElement>(_ type: F.Type, log: Bool, _ n: Int) {
    var samples = Samples(UInt64(n))
    let (x, g): ([F], [F]) = (samples.floats(2 * n, in: -2...2), samples.floats(2 * n))
    let y = softmax(log: log, 2, n, x)
    let actual = gradient(log: log, 2, n, g, y)
    let expected = zip(rows(n, g), rows(n, y)).flatMap { gradientTruth(log: log, $0, $1) }
    let across = gradient(log: log, 1, n, inner: 2, g, y)
    let pairs = zip(columns(1, n, 2, g), columns(1, n, 2, y)).map { gradientTruth(log: log, $0, $1) }
    let crossing = joined(1, n, 2, pairs)
    // y is no softmax along the columns: the sums reach Σ |g·y|, at most n.
    #expect(scaledError(across, crossing, crossing.map { abs($0) + Truth(2 * n) }) <= 4, "columns, n = \(n)")
    // Terms of size |g| ≤ 1 and |Σ g| ≤ n cancel.
    #expect(scaledError(actual, expected, expected.map { _ in log ? 2 + Truth(n).squareRoot() : 1 }) <= 4, "n = \(n)")
  }

  @Test(arguments: SIMDLevel.available, [false, true]) func gradients(level: SIMDLevel, log: Bool) {
    SIMDLevel.with(level) {
      for n in [1, 2, 7, 8, 9, 15, 16, 17, 33, 64] {
        checkGradient(Float.self, log: log, n)
        checkGradient(Double.self, log: log, n)
      }
    }
  }
}
