import TestSupport
import Testing

import Tensors

@Suite struct TraversalTests {
  /// Pairs of layouts of one shape, some in the same order and some not.
  @Test(arguments: [[2, 3, 4], [1, 5, 1], [3, 1, 4], [2, 0, 3]])
  func everyPairOfOrdersGivesTheSameNumbers(sizes: [Int]) {
    let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]]
    func inOrder(_ x: Tensor, _ order: [Int]) -> Tensor {
      let back = order.indices.map { order.firstIndex(of: $0)! }
      return x.permuted(order).copied().permuted(back)
    }
    let (x, y) = (counting(Shape(sizes)) + 1, counting(Shape(sizes)) * 10)
    let (sum, larger) = (x + y, Tensor.where(x .< 7, x, y))
    for a in orders.map({ inOrder(x, $0) }) {
      #expect(-a == -x && a.square() == x.square())
      for b in orders.map({ inOrder(y, $0) }) {
        #expect(a + b == sum && a.copied() - b == x - y)
        #expect((a .< b) == (x .< y))
        #expect(Tensor.where(a .< 7, a, b) == larger)
        #expect(Tensor.multiplyAdd(a, b, a) == x * y + x)
      }
    }
  }

  /// A transposed operand is not copied: its result is transposed like it.
  @Test func denseOrdersAreKept() {
    let x = counting([3, 4]).transposed()
    #expect((x + x).transposed().isContiguous && (x * 2).transposed().isContiguous && x.exp().transposed().isContiguous)
    #expect((2 - x).transposed().isContiguous && (x .< 3).transposed().isContiguous)
    #expect((x + counting([4, 3])).isContiguous || (x + counting([4, 3])).transposed().isContiguous)
    #expect(counting([3, 4])[0..., 1].isDense == false && counting([3]).expanded([2, 3]).isDense == false)
  }

  @Test func mutationFollowsTheOrderToo() {
    var x = counting([3, 4]).transposed()
    let before = x
    x += counting([4, 3])
    #expect(x == before + counting([4, 3]) && before == counting([3, 4]).transposed())
    var y = counting([2, 3])
    y *= counting([3, 2]).transposed()
    #expect(y == counting([2, 3]) * counting([3, 2]).transposed())
    y -= counting([3])
    #expect(y == counting([2, 3]) * counting([3, 2]).transposed() - counting([3]))
  }
}

/// An operation writes over an operand that nobody else holds.
@Suite(.exclusiveKernels) struct ReuseTests {
  private let count = 6_000_000

  /// The bytes by which memory in use grows at most while `body` runs.
  private func growth(_ body: () -> Void) -> Int {
    Memory.resetStatistics()
    let start = Memory.bytesInUse
    body()
    return Memory.peakBytes - start
  }

  /// One buffer for the sum, and nothing more for what is done with it: less than two.
  @Test func temporariesAreWrittenOver() {
    let (x, y) = (Tensor.ones([count]), Tensor.full([count], 2.0))
    let limit = 2 * 4 * count
    #expect(growth { _ = (x + y) * y } < limit)
    #expect(growth { _ = y - (x + y) } < limit)
    #expect(growth { _ = (x + y) - 1 } < limit)
    #expect(growth { _ = 2 / (x + y) } < limit)
    #expect(growth { _ = (x + y).exp() } < limit)
    #expect(growth { _ = -(x + y).relu() } < limit)
    #expect(growth { _ = (x + y).reshaped([2, -1]).transposed().sqrt() } < limit)
  }

  @Test func aChainOfTemporariesTakesOneBuffer() {
    let (x, y) = (Tensor.ones([count]), Tensor.full([count], 2.0))
    var result: Tensor?
    #expect(growth { result = (((x + y) * y - 1).exp() / 2 - x).relu() } < 2 * 4 * count)
    #expect(result == Tensor.full([count], ((Tensor(5).exp() / 2) - 1).item(as: Float.self)))
    #expect(x == Tensor.ones([count]) && y == Tensor.full([count], 2.0))
  }

  /// Holding a value, a view of it, or a copy keeps its memory as it was.
  @Test func whatIsHeldStays() {
    let x = Tensor.ones([count]) + 1
    let copy = x
    let y = -copy
    let z = (x + 1)[1...]
    let w = z * 2
    #expect(x.min().item() == 2 && copy.max().item() == 2 && y.max().item() == -2)
    #expect(z.max().item() == 3 && w.min().item() == 6)
    var t = x * 3
    let view = t[..<10]
    t += Tensor(1)
    #expect(view.max().item() == 6 && t.min().item() == 7)
  }

  /// A result of another size or type cannot take an operand's memory.
  @Test func onlyAFittingOperandIsWrittenOver() {
    let row = Tensor.ones([count]) * 2.0
    let both = (row + 1).expanded([2, count]) + row
    #expect(both.shape == [2, count] && both.min().item() == 5 && both.max().item() == 5)
    let wide = (row + 1) * Tensor.ones([count], dtype: .float64)
    #expect(wide.dtype == .float64 && wide.min().item() == 3)
    #expect(((row + 1) .< 4).dtype == .bool)
  }
}
