import TestSupport
import Testing

import Kernels

@Suite struct GatherTests {
  private let outer = 2
  private let n = 5
  private let count = 3
  private let inner = 4

  private var index: [Int64] {
    var samples = Samples()
    return samples.integers(outer * count * inner, in: 0...Int64(n - 1))
  }

  /// Calls `body` with the flat position among the indices and the one among the n.
  private func forEach(_ body: (Int, Int) -> Void) {
    for p in positions([outer, count, inner]) {
      let at = offset(p, [count * inner, inner, 1])
      body(at, offset([p[0], Int(index[at]), p[2]], [n * inner, inner, 1]))
    }
  }

  private func checkGather<E: Element>(_ value: (Int) -> E) {
    let x = (0..<outer * n * inner).map(value)
    var expected = [E](repeating: .sentinel, count: index.count)
    forEach { expected[$0] = x[$1] }
    let actual: [E] = output(index.count) { gather(E.kind, outer: outer, n, count: count, inner: inner, x, index, $0) }
    #expect(actual == expected)
  }

  @Test func gatherReadsTheNamedRows() {
    checkGather { Float($0) }
    checkGather { Double($0) }
    checkGather { Int32($0) }
    checkGather { Int64($0) }
    checkGather { UInt8($0) }
  }

  private func checkScatter<E: Element & Numeric>(_ value: (Int) -> E) {
    let x = index.indices.map(value)
    var expected = (0..<outer * n * inner).map { value($0 % 7) }
    let start = expected
    forEach { expected[$1] += x[$0] }
    let actual: [E] = output(start.count) { y in
      y.update(from: start, count: start.count)
      scatter(.add, E.kind, outer: outer, n, count: count, inner: inner, x, index, y)
    }
    #expect(actual == expected)
  }

  @Test func scatterAddAddsRepeatedIndices() {
    checkScatter { Float($0) }
    checkScatter { Double($0) }
    checkScatter { Int32($0) }
    checkScatter { Int64($0) }
    checkScatter { UInt8($0) }
  }

  @Test func integersWrapAndTruthValuesAreOred() {
    let (x, index): ([UInt8], [Int64]) = ([200, 100, 1], [0, 0, 1])
    let bytes: [UInt8] = output(2) { y in
      y.update(repeating: 0, count: 2)
      scatter(.add, .uint8, outer: 1, 2, count: 3, inner: 1, x, index, y)
    }
    #expect(bytes == [44, 1])
    let truths: [UInt8] = output(3) { y in
      y.update(repeating: 0, count: 3)
      scatter(.add, .bool, outer: 1, 3, count: 3, inner: 1, [UInt8(1), 1, 0], index, y)
    }
    #expect(truths == [1, 0, 0])
  }
}
