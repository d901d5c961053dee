import TestSupport
import Testing

import Kernels

@Suite(.exclusiveKernels) struct LinearRecurrenceTests {
  private typealias Sizes = (outer: Int, n: Int, inner: Int)

  private func run<F: FloatElement>(_ reversed: Bool, _ s: Sizes, _ a: [F], _ b: [F]) -> [F] {
    output(a.count) { linearRecurrence(F.kind, reversed: reversed, outer: s.outer, s.n, inner: s.inner, a, b, $0) }
  }

  /// h = b + a·h by a naive loop in more digits, and the same with magnitudes, which bounds the errors.
  private func naive<F: FloatElement>(_ reversed: Bool, _ s: Sizes, _ a: [F], _ b: [F]) -> (h: [Truth], scale: [Truth])
  {
    var (h, scale) = ([Truth](repeating: 0, count: a.count), [Truth](repeating: 0, count: a.count))
    for o in 0..<s.outer {
      for j in 0..<s.inner {
        var (last, bound): (Truth, Truth) = (0, 0)
        for i in reversed ? Array((0..<s.n).reversed()) : Array(0..<s.n) {
          let at = (o * s.n + i) * s.inner + j
          (last, bound) = (Truth(b[at]) + Truth(a[at]) * last, abs(Truth(b[at])) + abs(Truth(a[at])) * bound)
          (h[at], scale[at]) = (last, bound)
        }
      }
    }
    return (h, scale)
  }

  private func check<F: FloatElement>(_ type: F.Type, _ reversed: Bool, _ s: Sizes, _ bound: Double) {
    var samples = Samples()
    let count = s.outer * s.n * s.inner
    let (a, b): ([F], [F]) = (samples.floats(count), samples.floats(count))
    let expected = naive(reversed, s, a, b)
    #expect(scaledError(run(reversed, s, a, b), expected.h, expected.scale) <= bound)
  }

  /// In float32 rounded once; in float64 a product and a sum are rounded at each of n steps.
  @Test(
    arguments: [(1, 1, 1), (3, 7, 1), (40, 33, 1), (2, 1, 5), (3, 4, 7), (1, 30, 70), (1, 5, 9000)], [false, true])
  func theErrorIsBounded(shape: (Int, Int, Int), reversed: Bool) {
    check(Float.self, reversed, shape, 0.51)
    check(Double.self, reversed, shape, Double(shape.1))
  }

  @Test func whatItIs() {
    let (a, b): ([Double], [Double]) = ([7, 2, 0, 3], [1, 10, 100, 1000])
    #expect(run(false, (1, 4, 1), a, b) == [1, 12, 100, 1300])
    #expect(run(true, (1, 4, 1), a, b) == [1 + 7 * 210, 210, 100, 1000])
  }

  @Test(arguments: [false, true]) func threadsDoNotShow(reversed: Bool) {
    var samples = Samples()
    let (a, b): ([Float], [Float]) = (samples.floats(66_000), samples.floats(66_000))
    for sizes in [(660, 100, 1), (1, 2, 33_000), (3, 11, 2000)] {
      let results = withThreadCounts { run(reversed, sizes, a, b).map(\.bitPattern) }
      for result in results { #expect(result == results[0]) }
    }
  }

  @Test func nothingFollowsFromNothing() {
    #expect(run(false, (3, 0, 2), [Float](), []) == [])
    #expect(run(true, (0, 4, 1), [Double](), []) == [])
  }
}
