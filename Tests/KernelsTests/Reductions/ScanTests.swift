import Foundation
import TestSupport
import Testing

import Kernels

/// The result of `take` for each element along the middle axis, by a naive loop; `take` gets what it returned last.
private func naive<E, Total>(_ shape: (Int, Int, Int), _ x: [E], _ take: (Total?, E, Int) -> Total) -> [Total] {
  let (outer, n, inner) = shape
  var y = [Total?](repeating: nil, count: x.count)
  for o in 0..<outer {
    for j in 0..<inner {
      var total: Total?
      for i in 0..<n {
        total = take(total, x[(o * n + i) * inner + j], i)
        y[(o * n + i) * inner + j] = total
      }
    }
  }
  return y.compactMap { $0 }
}

@Suite(.exclusiveKernels) struct ScanTests {
  static let shapes: [(Int, Int, Int)] = [
    (1, 1, 1), (3, 7, 1), (5, 16, 1), (40, 33, 1), (2, 1, 5), (3, 4, 7), (2, 9, 16), (1, 30, 70), (1, 5, 9000),
    (700, 60, 1), (1, 50_000, 1), (2, 300, 90),
  ]

  private func run<E: Element>(_ scan: Scan, _ shape: (Int, Int, Int), _ x: [E]) -> [E] {
    output(x.count) { Kernels.scan(scan, E.kind, outer: shape.0, shape.1, inner: shape.2, x, $0) }
  }

  private func checkProducts<F: FloatElement>(_ type: F.Type, _ shape: (Int, Int, Int), _ bound: Double) {
    var samples = Samples()
    // Near 1, so that long products stay in range.
    let x: [F] = samples.floats(shape.0 * shape.1 * shape.2, in: 0.999...1.001).map { $0 }
    let truth: [Truth] = naive(shape, x) { total, x, _ in (total ?? 1) * Truth(x) }
    #expect(ulpError(run(.product, shape, x), truth) <= bound)
  }

  /// In float32 rounded once, from a product whose n roundings are 2²⁹ times finer; in float64 at every factor.
  @Test(arguments: shapes.prefix(isDebug ? 9 : shapes.count)) func products(shape: (Int, Int, Int)) {
    checkProducts(Float.self, shape, 0.5001)
    checkProducts(Double.self, shape, Double(shape.1))
  }

  @Test(arguments: shapes.prefix(9)) func productsOfIntegersWrap(shape: (Int, Int, Int)) {
    var samples = Samples()
    let x: [Int64] = samples.integers(shape.0 * shape.1 * shape.2, in: .min ... .max).map { $0 | 1 }
    #expect(run(.product, shape, x) == naive(shape, x) { total, x, _ in (total ?? 1) &* x })
  }

  private func checkLogSumExp<F: FloatElement>(_ type: F.Type, _ shape: (Int, Int, Int), _ bound: Double) {
    var samples = Samples()
    let x: [F] = samples.floats(shape.0 * shape.1 * shape.2, in: -20...20)
    let sums: [Truth] = naive(shape, x) { total, x, _ in (total ?? 0) + Truth(exp(Double(x))) }
    let truth = sums.map { Truth(log(Double($0))) }
    #expect(scaledError(run(.logSumExp, shape, x), truth, truth.map { max(1, abs($0)) }) <= bound)
  }

  /// Half a unit of the result in float32. In float64 a term adds 1.5 units at most to the relative error of the sum,
  /// in the reference as in the kernel, and the logarithm makes it absolute.
  @Test(arguments: shapes.prefix(isDebug ? 9 : shapes.count)) func logSumsOfExponentials(shape: (Int, Int, Int)) {
    checkLogSumExp(Float.self, shape, 0.51)
    checkLogSumExp(Double.self, shape, 4 + 3 * Double(shape.1))
  }

  @Test func logSumsOfExtremes() {
    func scan(_ x: [Double]) -> [Double] { run(.logSumExp, (1, x.count, 1), x) }
    let inf = Double.infinity
    #expect(scan([-inf, -inf, 2, -inf]) == [-inf, -inf, 2, 2])
    #expect(scan([0, inf, 1, inf]) == [0, inf, inf, inf])
    #expect(same(scan([1, .nan, inf]), [1, .nan, .nan]))
    #expect(scan([1e300, 0, 1e300]) == [1e300, 1e300, 1e300])
    #expect(scan([-1e300, 1e300]) == [-1e300, 1e300])
  }

  private func extrema<E: Element & Comparable>(_ shape: (Int, Int, Int), _ x: [E], minimum: Bool) {
    let actual: [Int64] = output(x.count) {
      scanExtrema(minimum: minimum, E.kind, outer: shape.0, shape.1, inner: shape.2, x, $0)
    }
    let expected: [(E, Int)] = naive(shape, x) { best, x, i in
      guard let best else { return (x, i) }
      return x != x || (minimum ? x <= best.0 : x >= best.0) ? (x, i) : best
    }
    #expect(actual == expected.map { Int64($0.1) })
  }

  /// Few different values, so that there are ties, and some NaN.
  @Test(arguments: shapes.prefix(9), [false, true]) func placesOfExtrema(shape: (Int, Int, Int), minimum: Bool) {
    var samples = Samples()
    let values: [Int32] = samples.integers(shape.0 * shape.1 * shape.2, in: -9...9)
    extrema(shape, values.map { $0 == 0 ? .nan : Float($0) }, minimum: minimum)
    extrema(shape, values.map { $0 == 0 ? .nan : Double($0) }, minimum: minimum)
    extrema(shape, values, minimum: minimum)
    extrema(shape, values.map { Int64($0) << 40 }, minimum: minimum)
    extrema(shape, values.map { UInt8($0 + 100) }, minimum: minimum)
  }

  @Test(arguments: shapes.suffix(4)) func threadsDoNotShow(shape: (Int, Int, Int)) {
    var samples = Samples()
    let x: [Float] = samples.floats(shape.0 * shape.1 * shape.2)
    let results = withThreadCounts { run(.logSumExp, shape, x).map(\.bitPattern) }
    for result in results { #expect(result == results[0]) }
  }

  @Test func nothingIsScannedOfNothing() {
    #expect(run(.product, (3, 0, 2), [Float]()) == [])
    #expect(run(.logSumExp, (0, 4, 1), [Float]()) == [])
    #expect(run(.product, (2, 3, 0), [Int64]()) == [])
  }
}
