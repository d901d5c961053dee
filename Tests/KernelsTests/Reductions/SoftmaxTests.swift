import Foundation
import TestSupport
import Testing

import Kernels

@Suite(.exclusiveKernels) struct SoftmaxTests {
  private func softmax<E: Element>(log: Bool, _ rows: Int, _ n: Int, _ x: [E]) -> [E] {
    output(rows * n) { softmaxRows(log: log, E.kind, rows, n, x, $0) }
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
    let actual: [F] = output(2 * n) { softmaxGradientRows(log: log, F.kind, 2, n, g, y, $0) }
    let expected = zip(rows(n, g), rows(n, y)).flatMap { gradientTruth(log: log, $0, $1) }
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
