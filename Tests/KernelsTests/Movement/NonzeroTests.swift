import TestSupport
import Testing

import Kernels

@Suite(.exclusiveKernels) struct NonzeroTests {
  private func places<E: Element>(_ x: [E]) -> [Int64] {
    var count = 0
    let memory: [Int64] = output(x.count) { y in
      nonzero(E.kind, x.count, x) {
        count = $0
        return y
      }
    }
    return Array(memory[..<count])
  }

  @Test func nanIsNotZeroAndMinusZeroIs() {
    #expect(places([0, .nan, -0.0, 3, .leastNonzeroMagnitude] as [Float]) == [1, 3, 4])
    #expect(places([0, .nan, -0.0, -.infinity] as [Double]) == [1, 3])
    #expect(places([0, -1, 0] as [Int32]) == [1] && places([Int64.min, 0] as [Int64]) == [0])
    #expect(places([1, 0, 255] as [UInt8]) == [0, 2] && places([Float]()) == [])
  }

  /// More than one thread's share.
  @Test(arguments: [32_767, 32_769, 100_000]) func longArrays(n: Int) {
    var samples = Samples()
    let x: [UInt8] = samples.integers(n, in: 0...3).map { $0 / 2 }
    let expected = x.indices.filter { x[$0] != 0 }.map { Int64($0) }
    let results: [[Int64]] = withThreadCounts { places(x) }
    for result in results { #expect(result == expected) }
  }

  @Test func unravelsRowMajorNumbers() {
    let numbers = (0..<30).map { Int64($0) }
    let y: [Int64] = output(90) { unravel(30, numbers, sizes: [2, 5, 3], $0) }
    let expected = positions([2, 5, 3])
    for axis in 0..<3 { #expect(Array(y[axis * 30..<(axis + 1) * 30]) == expected.map { Int64($0[axis]) }) }
  }
}
