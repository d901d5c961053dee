import TestSupport
import Testing

import Kernels

@Suite(.exclusiveKernels) struct IndexSelectKernelTests {
  /// (outer, n, count, inner), around the widths of vectors and the cuts for threads.
  static let shapes: [(Int, Int, Int, Int)] = [
    (1, 5, 3, 1), (3, 5, 4, 1), (1, 7, 20, 3), (2, 4, 9, 16), (2, 9, 5, 17), (1, 30, 200, 130), (3, 1, 2, 5),
    (1, 10, 40_000, 1), (40, 6, 1000, 2), (1, 50, 300, 257), (2, 3, 0, 4), (0, 3, 2, 4), (2, 3, 2, 0),
  ]

  private func index(_ n: Int, _ count: Int) -> [Int64] {
    var samples = Samples()
    return samples.integers(count, in: 0...Int64(n - 1))
  }

  private func checkSelect<E: Element>(_ shape: (Int, Int, Int, Int), _ value: (Int) -> E) {
    let (outer, n, count, inner) = shape
    let (index, x) = (index(n, count), (0..<outer * n * inner).map(value))
    var expected: [E] = []
    for o in 0..<outer {
      for i in index {
        let start = (o * n + Int(i)) * inner
        expected += x[start..<start + inner]
      }
    }
    let results: [[E]] = withThreadCounts {
      output(outer * count * inner) { indexSelect(E.kind, outer: outer, n, count: count, inner: inner, x, index, $0) }
    }
    for result in results { #expect(result == expected) }
  }

  @Test(arguments: shapes) func selectsRows(shape: (Int, Int, Int, Int)) {
    checkSelect(shape) { UInt8(truncatingIfNeeded: $0 &* 5) }
    checkSelect(shape) { Float($0) }
    checkSelect(shape) { Int64($0) }
  }

  private func checkAdd<E: Element>(
    _ shape: (Int, Int, Int, Int), _ x: [E], _ start: [E], _ add: (E, E) -> E, kind: ElementKind = E.kind
  ) {
    let (outer, n, count, inner) = shape
    let index = index(n, count)
    var expected = start
    for o in 0..<outer {
      for (i, at) in index.enumerated() {
        for j in 0..<inner {
          let target = (o * n + Int(at)) * inner + j
          expected[target] = add(expected[target], x[(o * count + i) * inner + j])
        }
      }
    }
    for level in SIMDLevel.available {
      let results: [[E]] = SIMDLevel.with(level) {
        withThreadCounts {
          output(start.count) { y in
            y.update(from: start, count: start.count)
            indexAdd(kind, outer: outer, n, count: count, inner: inner, x, index, y)
          }
        }
      }
      for result in results { #expect(result == expected, "\(E.self) at \(level)") }
    }
  }

  /// Repeated indices add up in their order: the same bits as a loop over them, which rounds in that order too.
  @Test(arguments: shapes) func addsRowsInOrder(shape: (Int, Int, Int, Int)) {
    var samples = Samples()
    let (many, few) = (shape.0 * shape.2 * shape.3, shape.0 * shape.1 * shape.3)
    checkAdd(shape, samples.floats(many) as [Float], samples.floats(few), +)
    checkAdd(shape, samples.floats(many) as [Double], samples.floats(few), +)
    checkAdd(shape, samples.integers(many, in: .min ... .max) as [Int32], samples.integers(few, in: 0...9), &+)
    checkAdd(shape, samples.integers(many, in: .min ... .max) as [Int64], samples.integers(few, in: 0...9), &+)
    checkAdd(shape, samples.integers(many, in: .min ... .max) as [UInt8], samples.integers(few, in: 0...9), &+)
    checkAdd(
      shape, samples.integers(many, in: 0...1) as [UInt8], samples.integers(few, in: 0...1), |, kind: .bool)
  }

  @Test(arguments: [(3, 200, 40), (1, 40_000, 1), (2, 100, 300)]) func scatterAddIsTheSameForAnyNumberOfThreads(
    shape: (Int, Int, Int)
  ) {
    let (outer, count, inner) = shape
    var samples = Samples()
    let index: [Int64] = samples.integers(outer * count * inner, in: 0...6)
    let x: [Float] = samples.floats(index.count)
    var expected = [Float](repeating: 0, count: outer * 7 * inner)
    for o in 0..<outer {
      for i in 0..<count {
        for j in 0..<inner {
          let at = (o * count + i) * inner + j
          expected[(o * 7 + Int(index[at])) * inner + j] += x[at]
        }
      }
    }
    let results: [[Float]] = withThreadCounts {
      output(expected.count) { y in
        y.update(repeating: 0, count: expected.count)
        scatter(.add, .float32, outer: outer, 7, count: count, inner: inner, x, index, y)
      }
    }
    for result in results { #expect(result == expected) }
  }

  @Test func theRangeOfIndicesIsChecked() {
    #expect(areWithin(3, 0, []))
    #expect(areWithin(3, 3, [0, 2, 1]))
    #expect(!areWithin(3, 3, [0, 3, 1]))
    #expect(!areWithin(3, 3, [0, 1, -1]))
    #expect(!areWithin(3, 1, [.min]) && !areWithin(3, 1, [.max]))
    #expect(!areWithin(0, 1, [0]))
  }
}
