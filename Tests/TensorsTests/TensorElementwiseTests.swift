import TestSupport
import Testing

import Tensors

@Suite struct TensorElementwiseTests {
  private static let shapes: [([Int], [Int])] = [
    ([], []), ([4], []), ([4], [1]), ([3, 4], [4]), ([3, 4], [3, 1]), ([3, 1], [1, 4]), ([2, 3, 4], [3, 1]),
    ([2, 1, 4], [3, 1]),
    ([2, 3, 4], [2, 1, 1]), ([0, 3], [3]), ([1, 1], [0]), ([2, 1, 2, 1, 3], [2, 1, 2, 1]), ([5], [5]),
  ]

  /// a − 2b tells the operands and every position apart.
  @Test(arguments: shapes) func broadcastsEveryLayout(a: [Int], b: [Int]) {
    let shape = Array(Shape.broadcast(Shape(a), Shape(b), "test"))
    for (first, x) in layouts(counting(Shape(a))) {
      for (second, y) in layouts(counting(Shape(b))) {
        let (p, q) = (NaiveArray(x), NaiveArray(y))
        #expect(
          NaiveArray(x - 2 * y) == NaiveArray(shape) { p.broadcast(at: $0) - 2 * q.broadcast(at: $0) },
          "\(first) \(second)")
        #expect(
          NaiveArray(y - x) == NaiveArray(shape) { q.broadcast(at: $0) - p.broadcast(at: $0) }, "\(first) \(second)")
      }
    }
  }

  @Test func repeatedAndExpandedOperands() {
    let row = counting([3]).expanded([2, 3])
    #expect((row + row).scalars() == [0, 2, 4, 0, 2, 4] as [Float])
    #expect((row * counting([2, 3])).scalars() == [0, 1, 4, 0, 4, 10] as [Float])
  }

  /// More elements than one thread's share.
  @Test func longOperandsAreCutRight() {
    let n = 40_000
    let (x, y) = (counting([n]), counting([2, n / 2]))
    #expect((x + x).scalars() == (0..<n).map { Float(2 * $0) })
    #expect((y + counting([n / 2]))[1].scalars() == (0..<n / 2).map { Float(n / 2 + 2 * $0) })
    #expect((y.transposed() + 1).transposed() == y + 1)
  }

  private func check(_ table: Promotion.Table, _ result: (DType, DType) -> DType) {
    for a in DType.allCases {
      for b in DType.allCases { #expect(result(a, b).description == table[a.description]?[b.description], "\(a) \(b)") }
    }
  }

  @Test func tensorsPromoteAsPyTorch() throws {
    let tables = try Promotion.load()
    func ones(_ shape: Shape, _ dtype: DType) -> Tensor { Tensor.ones(shape, dtype: dtype) }
    check(tables.tensorTensor) { (ones([2], $0) * ones([2], $1)).dtype }
    check(tables.tensorZeroDim) { (ones([2], $0) * ones([], $1)).dtype }
    check(tables.tensorZeroDim) { (ones([], $1) + ones([2], $0)).dtype }
    check(tables.zeroDimZeroDim) { (ones([], $0) * ones([], $1)).dtype }
    check(tables.tensorZeroDim) { Tensor.maximum(ones([0], $0), ones([], $1)).dtype }
  }

  @Test func numbersPromoteAsPyTorch() throws {
    let tables = try Promotion.load()
    for dtype in DType.allCases {
      for (table, shape) in [(tables.tensorScalar, Shape([2])), (tables.zeroDimScalar, Shape())] {
        let (x, row) = (Tensor.ones(shape, dtype: dtype), table[dtype.description])
        #expect((x + 1).dtype.description == row?["int"] && (1 * x).dtype.description == row?["int"], "\(dtype)")
        #expect(
          (x + 1.5).dtype.description == row?["float"] && (1.5 * x).dtype.description == row?["float"], "\(dtype)")
      }
    }
  }

  /// A scalar tensor's value is converted, not its dtype joined.
  @Test func scalarTensorsConvert() {
    #expect((Tensor([1], dtype: .int32) + Tensor(2)) == Tensor([3], dtype: .int32))
    #expect((Tensor([0.5]) + Tensor(0.25, dtype: .float64)) == Tensor([0.75]))
    #expect((Tensor([1]) + Tensor(0.5, dtype: .float64)) == Tensor([1.5], dtype: .float64))
  }
}
