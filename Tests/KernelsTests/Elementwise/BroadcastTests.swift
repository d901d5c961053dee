import TestSupport
import Testing

import Kernels

@Suite struct BroadcastTests {
  /// All offsets of an operand in the order of the output.
  private func offsets(_ loops: BroadcastLoops, _ operand: Int) -> [Int] {
    (0..<loops.rowCount).flatMap { row in
      (0..<loops.rowLength).map { loops.offset(operand, row: row) + $0 * loops.step(operand) }
    }
  }

  @Test(
    arguments: [
      ([], [[], []]), ([4], [[1], [0]]), ([2, 3], [[3, 1], [0, 1]]), ([2, 3], [[3, 1], [1, 0]]),
      ([2, 3], [[3, 1], [3, 1]]), ([2, 3], [[1, 2], [3, 1]]), ([2, 1, 3], [[3, 5, 1], [0, 0, 0]]),
      ([2, 3, 4], [[12, 4, 1], [0, 4, 1]]), ([2, 3, 4], [[12, 4, 1], [4, 0, 1]]),
      ([2, 3, 4], [[0, 0, 0], [-12, -4, -1]]),
    ] as [([Int], [[Int]])])
  func visitsEveryElementOfEveryOperand(sizes: [Int], strides: [[Int]]) {
    let loops = BroadcastLoops(sizes: sizes, strides: strides)
    for operand in strides.indices {
      #expect(offsets(loops, operand) == positions(sizes).map { offset($0, strides[operand]) })
    }
  }

  @Test func mergesAxesThatAllOperandsRunThrough() {
    #expect(BroadcastLoops(sizes: [2, 3, 4], strides: [[12, 4, 1], [12, 4, 1]]).sizes == [24])
    #expect(BroadcastLoops(sizes: [2, 3, 4], strides: [[12, 4, 1], [0, 4, 1]]).sizes == [2, 12])
    #expect(BroadcastLoops(sizes: [2, 3, 4], strides: [[12, 4, 1], [0, 0, 0]]).sizes == [24])
    #expect(BroadcastLoops(sizes: [1, 5, 1], strides: [[9, 1, 9]]).sizes == [5])
  }

  @Test func knowsWhatTheKernelsTake() {
    #expect(BroadcastLoops(sizes: [2, 3], strides: [[3, 1], [1, 0]]).isUnitStride)
    #expect(!BroadcastLoops(sizes: [2, 3], strides: [[1, 2]]).isUnitStride)
    #expect(!BroadcastLoops(sizes: [3], strides: [[-1]]).isUnitStride)
  }
}
