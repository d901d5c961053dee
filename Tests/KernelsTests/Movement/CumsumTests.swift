import TestSupport
import Testing

import Kernels

/// Running sums along the middle axis, by a naive loop over numbers of type `Total`.
private func naive<E, Total: AdditiveArithmetic>(
  _ outer: Int, _ n: Int, _ inner: Int, _ x: [E], reversed: Bool, _ add: (Total, E) -> Total
) -> [Total] {
  var y = [Total](repeating: .zero, count: x.count)
  for o in 0..<outer {
    for j in 0..<inner {
      var total = Total.zero
      for i in reversed ? Array((0..<n).reversed()) : Array(0..<n) {
        let at = (o * n + i) * inner + j
        total = add(total, x[at])
        y[at] = total
      }
    }
  }
  return y
}

@Suite(.exclusiveKernels) struct CumsumTests {
  static let shapes: [(Int, Int, Int)] = [
    (1, 1, 1), (3, 7, 1), (2, 8, 1), (2, 15, 1), (5, 16, 1), (1, 17, 1), (3, 100, 1), (40, 33, 1), (2, 1, 5), (3, 4, 7),
    (2, 9, 16), (1, 30, 70), (1, 32_768, 1), (1, 32_769, 1), (2, 40_001, 1), (1, 100, 700), (1, 20_000, 3),
    (300, 200, 1),
  ]

  private func run<E: Element>(_ reversed: Bool, _ shape: (Int, Int, Int), _ x: [E]) -> [E] {
    output(x.count) {
      cumsum(E.kind, reversed: reversed, outer: shape.0, shape.1, inner: shape.2, x, $0)
    }
  }

  private func checkFloats<F: FloatElement>(_ type: F.Type, _ shape: (Int, Int, Int), _ reversed: Bool) {
    var samples = Samples()
    let x: [F] = samples.floats(shape.0 * shape.1 * shape.2)
    let truth: [Truth] = naive(shape.0, shape.1, shape.2, x, reversed: reversed) { $0 + Truth($1) }
    let scale: [Truth] = naive(shape.0, shape.1, shape.2, x, reversed: reversed) { $0 + abs(Truth($1)) }
    let lanes = 64 / MemoryLayout<F>.size
    let bound =
      shape.2 == 1 ? min(shape.1, 1 << 14) / lanes + shape.1 >> 14 + 32 : shape.1
    for level in SIMDLevel.available {
      let actual = SIMDLevel.with(level) { run(reversed, shape, x) }
      #expect(scaledError(actual, truth, scale.map { max($0, .leastNormalMagnitude) }) <= Double(bound))
    }
  }

  @Test(arguments: shapes.prefix(isDebug ? 14 : shapes.count), [false, true])
  func theErrorOfFloatsIsBounded(shape: (Int, Int, Int), reversed: Bool) {
    checkFloats(Float.self, shape, reversed)
    checkFloats(Double.self, shape, reversed)
  }

  @Test(arguments: shapes, [false, true]) func integersWrapAndAreExact(shape: (Int, Int, Int), reversed: Bool) {
    var samples = Samples()
    let x: [Int64] = samples.integers(shape.0 * shape.1 * shape.2, in: .min ... .max)
    #expect(run(reversed, shape, x) == naive(shape.0, shape.1, shape.2, x, reversed: reversed) { $0 &+ $1 })
  }

  /// Small whole numbers are summed without rounding, in any order.
  @Test(arguments: shapes, [false, true]) func wholeNumbersAreExact(shape: (Int, Int, Int), reversed: Bool) {
    var samples = Samples()
    let x = samples.integers(shape.0 * shape.1 * shape.2, in: Int32(-9)...9).map { Float($0) }
    let expected: [Float] = naive(shape.0, shape.1, shape.2, x, reversed: reversed) { $0 + $1 }
    for level in SIMDLevel.available { #expect(SIMDLevel.with(level) { run(reversed, shape, x) } == expected) }
  }

  @Test(arguments: shapes.suffix(6), [false, true]) func threadsDoNotShow(shape: (Int, Int, Int), reversed: Bool) {
    var samples = Samples()
    let x: [Float] = samples.floats(shape.0 * shape.1 * shape.2)
    let results = withThreadCounts { run(reversed, shape, x).map(\.bitPattern) }
    for result in results { #expect(result == results[0]) }
  }

  @Test func nothingIsSummedOfNothing() {
    #expect(run(false, (3, 0, 2), [Float]()) == [])
    #expect(run(true, (0, 4, 1), [Float]()) == [])
    #expect(run(false, (2, 3, 0), [Int64]()) == [])
  }

  /// NaN and infinity go on from where they stand, and nowhere else.
  @Test func specialsGoOn() {
    var x = [Float](repeating: 1, count: 40)
    x[20] = .nan
    let (y, z) = (run(false, (1, 40, 1), x), run(true, (1, 40, 1), x))
    for i in 0..<40 {
      #expect(i < 20 ? y[i] == Float(i + 1) : y[i].isNaN)
      #expect(i > 20 ? z[i] == Float(40 - i) : z[i].isNaN)
    }
    x[20] = .infinity
    #expect(run(false, (1, 40, 1), x)[20...].allSatisfy { $0 == .infinity })
  }
}
