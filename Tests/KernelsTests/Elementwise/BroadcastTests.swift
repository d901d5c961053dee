import TestSupport
import Testing

import Kernels

@Suite struct BroadcastTests {
  /// A nest from each operand's strides.
  private func nest(_ sizes: [Int], _ strides: [[Int]]) -> BroadcastLoops {
    let lanes = sizes.indices.map { axis in
      strides.indices.reduce(into: SIMD4<Int>.zero) { $0[$1] = strides[$1][axis] }
    }
    return BroadcastLoops(sizes: sizes, strides: lanes)
  }

  /// All offsets of an operand in the order of the output, rows taken in two ranges.
  private func offsets(_ loops: BroadcastLoops, _ operand: Int) -> [Int] {
    var result: [Int] = []
    let half = loops.rowCount / 2
    for range in [0..<half, half..<loops.rowCount] {
      loops.forEachRow(in: range) { row, start in
        #expect(row * loops.rowLength == result.count)
        result += (0..<loops.rowLength).map { start[operand] + $0 * loops.steps[operand] }
      }
    }
    return result
  }

  @Test(
    arguments: [
      ([], [[], []]), ([4], [[1], [0]]), ([2, 3], [[3, 1], [0, 1]]), ([2, 3], [[3, 1], [1, 0]]),
      ([2, 3], [[3, 1], [3, 1]]), ([2, 3], [[1, 2], [3, 1]]), ([2, 1, 3], [[3, 5, 1], [0, 0, 0]]),
      ([2, 3, 4], [[12, 4, 1], [0, 4, 1]]), ([2, 3, 4], [[12, 4, 1], [4, 0, 1]]),
      ([2, 3, 4], [[0, 0, 0], [-12, -4, -1]]), ([2, 2, 3, 2], [[0, 3, 1, 0], [12, 0, 0, 1], [1, 2, 4, 0]]),
    ] as [([Int], [[Int]])])
  func visitsEveryElementOfEveryOperand(sizes: [Int], strides: [[Int]]) {
    let loops = nest(sizes, strides)
    for operand in strides.indices {
      #expect(offsets(loops, operand) == positions(sizes).map { offset($0, strides[operand]) })
    }
  }

  @Test func mergesAxesThatAllOperandsRunThrough() {
    #expect(nest([2, 3, 4], [[12, 4, 1], [12, 4, 1]]).sizes == [24])
    #expect(nest([2, 3, 4], [[12, 4, 1], [0, 4, 1]]).sizes == [2, 12])
    #expect(nest([2, 3, 4], [[12, 4, 1], [0, 0, 0]]).sizes == [24])
    #expect(nest([1, 5, 1], [[9, 1, 9]]).sizes == [5])
  }
}
