import TestSupport
import Testing

import Kernels

@Suite(.exclusiveKernels) struct ScatterTests {
  private let index: [Int64] = [2, 0, 2, 2, 0]

  private func scattered<E: Element>(_ combination: Combination, _ kind: ElementKind, _ y: [E], _ x: [E]) -> [E] {
    output(y.count) { target in
      target.update(from: y, count: y.count)
      scatter(combination, kind, outer: 1, y.count, count: x.count, inner: 1, x, index, target)
    }
  }

  private func check<E: Element & Numeric & Comparable>(_ type: E.Type) {
    let (y, x): ([E], [E]) = ([3, 5, 4], [2, 7, 6, 1, 3])
    #expect(scattered(.assign, E.kind, y, x) == [3, 5, 1])
    #expect(scattered(.add, E.kind, y, x) == [13, 5, 13])
    #expect(scattered(.multiply, E.kind, y, x) == [63, 5, 48])
    #expect(scattered(.maximum, E.kind, y, x) == [7, 5, 6])
    #expect(scattered(.minimum, E.kind, y, x) == [3, 5, 1])
  }

  @Test func everyCombinationOfEveryType() {
    check(Float.self)
    check(Double.self)
    check(Int32.self)
    check(Int64.self)
    check(UInt8.self)
  }

  @Test func truthValues() {
    let (y, x): ([UInt8], [UInt8]) = ([1, 1, 0], [1, 0, 0, 1, 1])
    #expect(scattered(.assign, .bool, y, x) == [1, 1, 1])
    #expect(scattered(.add, .bool, y, x) == [1, 1, 1] && scattered(.maximum, .bool, y, x) == [1, 1, 1])
    #expect(scattered(.multiply, .bool, y, x) == [0, 1, 0] && scattered(.minimum, .bool, y, x) == [0, 1, 0])
  }

  @Test func nanWinsFromEitherSide() {
    for combination in [Combination.maximum, .minimum] {
      let y: [Float] = scattered(combination, .float32, [.nan, 0, 1], [2, 7, .nan, 1, 3])
      #expect(y[0].isNaN && y[1] == 0 && y[2].isNaN)
    }
  }
}
