import TestSupport
import Testing

import Kernels

/// [outer, n, inner] as lines along the middle axis.
func lines(_ outer: Int, _ n: Int, _ inner: Int) -> Lines { Lines(outer: outer, n, inner: inner) }

/// [outer, n, inner] in memory, with `gap` elements between rows and between groups.
func spread<E: Element>(_ outer: Int, _ n: Int, _ inner: Int, _ x: [E], gap: Int) -> (
  memory: [E], group: Int, step: Int
) {
  let step = inner == 1 ? 1 : inner + gap
  let group = n * step + gap
  var memory = [E](repeating: E.sentinel, count: outer * group + 1)
  for (p, value) in zip(positions([outer, n, inner]), x) { memory[p[0] * group + p[1] * step + p[2]] = value }
  return (memory, group, step)
}

/// The reduction of [outer, n, inner] along its middle axis.
func reduce<E: Element>(_ reduction: Reduction, _ outer: Int, _ n: Int, _ inner: Int, _ x: [E], gap: Int = 0) -> [E] {
  let (memory, group, step) = spread(outer, n, inner, x, gap: gap)
  return output(outer * inner) { y in
    memory.withUnsafeBytes {
      let source = LinesOf($0.baseAddress!, E.kind, group: group, step: step)
      Kernels.reduce(reduction, E.kind, lines(outer, n, inner), source, y)
    }
  }
}

/// The columns of [outer, n, inner] that a reduction runs along, in the order of its results.
func columns<E>(_ outer: Int, _ n: Int, _ inner: Int, _ x: [E]) -> [[E]] {
  positions([outer, inner]).map { p in (0..<n).map { x[(p[0] * n + $0) * inner + p[1]] } }
}

@Suite(.exclusiveKernels) struct ReduceTests {
  static let shapes: [(Int, Int, Int)] =
    (0...20).map { (1, $0, 1) } + [
      (3, 5, 1), (2, 33, 1), (1, 130, 1), (2, 64, 1), (1, 2049, 1), (1, 4, 7), (2, 5, 16), (1, 130, 17), (2, 3, 70),
      (1, 0, 5),
      (3, 0, 2), (0, 3, 2), (2, 3, 0), (1, 1, 1), (1, 259, 64), (2, 300, 7), (1, 200, 33), (1, 9, 1100),
    ]

  private func truth<F: FloatElement>(_ reduction: Reduction, _ x: [F]) -> Truth {
    let x = x.map { Truth($0) }
    return switch reduction {
    case .sum: x.reduce(0, +)
    case .product: x.reduce(1, *)
    case .maximum: x.reduce(-.infinity) { max($0, $1) }
    case .minimum: x.reduce(.infinity) { min($0, $1) }
    }
  }

  /// Sums are blocked: a few ulps of Σ|x|. Products round once a factor. Extrema are exact.
  private func check<F: FloatElement>(_ type: F.Type, _ reduction: Reduction, _ shape: (Int, Int, Int)) {
    var samples = Samples()
    let (outer, n, inner) = shape
    let range: ClosedRange<F> = reduction == .product ? 0.97...1.03 : -1...1
    let x: [F] = samples.floats(outer * n * inner, in: range)
    let lines = columns(outer, n, inner, x)
    let (actual, expected) = (reduce(reduction, outer, n, inner, x), lines.map { truth(reduction, $0) })
    let gapped = reduce(reduction, outer, n, inner, x, gap: 3)
    #expect(reduction == .sum || reduction == .product || same(gapped, actual), "\(reduction) of \(shape) with gaps")
    switch reduction {
    case .sum:
      let scale = lines.map { $0.reduce(Truth(F.leastNormalMagnitude)) { $0 + abs(Truth($1)) } }
      #expect(scaledError(actual, expected, scale) <= 8, "sum of \(shape)")
      #expect(scaledError(gapped, expected, scale) <= 8, "sum of \(shape) with gaps")
    case .product:
      #expect(scaledError(actual, expected, expected.map { abs($0) }) <= Double(n + 2), "product of \(shape)")
      #expect(scaledError(gapped, expected, expected.map { abs($0) }) <= Double(n + 2), "product of \(shape) with gaps")
    default: #expect(same(actual, expected.map { F($0) }), "\(reduction) of \(shape)")
    }
  }

  @Test(arguments: SIMDLevel.available, Reduction.allCases) func floats(level: SIMDLevel, reduction: Reduction) {
    SIMDLevel.with(level) {
      for shape in Self.shapes {
        check(Float.self, reduction, shape)
        check(Double.self, reduction, shape)
      }
    }
  }

  private func checkIntegers<I: IntegerElement>(_ type: I.Type) {
    var samples = Samples()
    for (outer, n, inner) in [(1, 0, 1), (1, 37, 1), (3, 5, 1), (2, 7, 9), (1, 0, 3)] {
      let x: [I] = samples.integers(outer * n * inner, in: .min ... .max)
      let lines = columns(outer, n, inner, x)
      #expect(reduce(.sum, outer, n, inner, x) == lines.map { $0.reduce(0, &+) })
      #expect(reduce(.sum, outer, n, inner, x, gap: 2) == lines.map { $0.reduce(0, &+) })
      #expect(reduce(.product, outer, n, inner, x) == lines.map { $0.reduce(1, &*) })
      #expect(reduce(.maximum, outer, n, inner, x) == lines.map { $0.max() ?? .min })
      #expect(reduce(.minimum, outer, n, inner, x) == lines.map { $0.min() ?? .max })
    }
  }

  @Test func integersWrap() {
    checkIntegers(Int32.self)
    checkIntegers(Int64.self)
    checkIntegers(UInt8.self)
  }

  @Test(arguments: SIMDLevel.available) func nothingGivesTheNeutralElement(level: SIMDLevel) {
    SIMDLevel.with(level) {
      for inner in [1, 3, 40] {
        #expect(reduce(.sum, 1, 0, inner, [Float]()) == Array(repeating: 0, count: inner))
        #expect(reduce(.product, 1, 0, inner, [Float]()) == Array(repeating: 1, count: inner))
        #expect(reduce(.maximum, 1, 0, inner, [Double]()) == Array(repeating: -.infinity, count: inner))
        #expect(reduce(.minimum, 1, 0, inner, [Double]()) == Array(repeating: .infinity, count: inner))
      }
    }
  }

  private func checkNaN<F: FloatElement>(_ type: F.Type) {
    for n in [1, 2, 15, 16, 17, 70] {
      for at in [0, n / 2, n - 1] {
        var x = (0..<n).map { F($0) - F(n / 2) }
        x[at] = .nan
        for reduction in Reduction.allCases {
          #expect(reduce(reduction, 1, n, 1, x)[0].isNaN, "\(reduction) n = \(n) NaN at \(at)")
          #expect(
            reduce(reduction, 1, n, 2, x.flatMap { [$0, 1] })[0].isNaN, "\(reduction) n = \(n) NaN at \(at), columns")
        }
      }
    }
  }

  @Test(arguments: SIMDLevel.available) func oneNaNMakesTheResultNaN(level: SIMDLevel) {
    SIMDLevel.with(level) {
      checkNaN(Float.self)
      checkNaN(Double.self)
    }
  }

  @Test func infinitiesAreExtrema() {
    #expect(reduce(.maximum, 1, 3, 1, [-Float.infinity, -.infinity, -.infinity]) == [-.infinity])
    #expect(reduce(.maximum, 1, 3, 1, [1, Float.infinity, 2]) == [.infinity])
    #expect(reduce(.minimum, 1, 3, 1, [1, -Float.infinity, 2]) == [-.infinity])
    #expect(reduce(.sum, 1, 2, 1, [Float.infinity, -.infinity])[0].isNaN)
  }
}
