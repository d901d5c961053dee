import TestSupport
import Testing

import Tensors

@Suite struct TensorMatmulTests {
  /// Shapes with the results of torch.matmul.
  private static let shapes: [([Int], [Int], [Int])] = [
    ([3], [3], []), ([2, 3], [3], [2]), ([3], [3, 4], [4]), ([2, 3], [3, 4], [2, 4]), ([1, 3], [3, 1], [1, 1]),
    ([5, 2, 3], [3, 4], [5, 2, 4]), ([5, 2, 3], [3], [5, 2]), ([3], [5, 3, 4], [5, 4]),
    ([2, 3], [5, 3, 4], [5, 2, 4]),
    ([5, 2, 3], [5, 3, 4], [5, 2, 4]), ([5, 1, 2, 3], [4, 3, 2], [5, 4, 2, 2]), ([1, 2, 3], [5, 3, 4], [5, 2, 4]),
    ([2, 1, 2, 3], [1, 3, 3, 2], [2, 3, 2, 2]), ([2, 0], [0, 3], [2, 3]), ([0, 2], [2, 3], [0, 3]),
    ([2, 3, 0], [0, 4], [2, 3, 4]),
    ([0, 2, 3], [3, 4], [0, 2, 4]), ([0, 2, 3], [0, 3, 4], [0, 2, 4]), ([0], [0], []),
    ([2, 2, 0], [2, 0, 2], [2, 2, 2]),
  ]

  /// Small integers, so that every product is exact.
  private func naive(_ a: Tensor, _ b: Tensor, _ sizes: [Int]) -> NaiveArray {
    let left = NaiveArray(a.rank == 1 ? a.unsqueezed(axis: 0) : a)
    let right = NaiveArray(b.rank == 1 ? b.unsqueezed(axis: 1) : b)
    let batch = sizes.dropLast((a.rank > 1 ? 1 : 0) + (b.rank > 1 ? 1 : 0))
    return NaiveArray(sizes) { p in
      let (i, j) = (a.rank > 1 ? p[batch.count] : 0, b.rank > 1 ? p[p.count - 1] : 0)
      let prefix = Array(p[..<batch.count])
      return (0..<left.sizes.last!).reduce(0.0) { sum, k in
        sum + left.broadcast(at: prefix + [i, k]) * right.broadcast(at: prefix + [k, j])
      }
    }
  }

  @Test(arguments: shapes) func everyRankAndLayout(a: [Int], b: [Int], expected: [Int]) {
    for (first, x) in layouts(counting(Shape(a)) - 2) {
      for (second, y) in layouts(counting(Shape(b)) - 3) {
        let product = x.matmul(y)
        #expect(Array(product.shape) == expected)
        #expect(NaiveArray(product) == naive(x, y, expected), "\(first) \(second)")
      }
    }
  }

  @Test func expandedOperands() {
    let (row, m) = (counting([3]).expanded([2, 3]), counting([3, 2]))
    #expect(row.matmul(m).scalars() == [10, 13, 10, 13] as [Float])
    #expect(m.expanded([4, 3, 2]).transposed().matmul(m)[3] == m.transposed().matmul(m))
    #expect(Tensor(1.0).expanded([2, 3]).matmul(Tensor(2.0).expanded([3, 4])) == Tensor.full([2, 4], 6.0))
  }

  @Test func otherDTypes() {
    let (a, b) = (counting([2, 3], dtype: .int64), counting([3, 2], dtype: .int64))
    #expect(a.matmul(b) == Tensor([[10, 13], [28, 40]]))
    #expect(a.to(.int32).matmul(b.to(.int32)) == Tensor([[10, 13], [28, 40]], dtype: .int32))
    #expect(a.to(.float64).matmul(b.to(.float64)) == Tensor([[10, 13], [28, 40]], dtype: .float64))
  }

  /// Shapes of inputs and weights: rows, batches, one vector, nothing to sum, nothing at all.
  private static let layers: [([Int], [Int])] = [
    ([2, 3], [4, 3]), ([5, 2, 3], [4, 3]), ([3], [4, 3]), ([2, 0], [4, 0]), ([0, 3], [4, 3]), ([9, 17], [33, 17]),
  ]

  @Test(arguments: layers) func linearIsProductAndBias(input: [Int], weight: [Int]) {
    for (first, x) in layouts(counting(Shape(input)) - 2) {
      for (second, w) in layouts(counting(Shape(weight)) - 3) {
        for (third, b) in layouts(counting([weight[0]]) - 2) {
          let y = x.matmul(w.transposed())
          #expect(x.linear(w, b) == y + b, "\(first) \(second) \(third)")
          #expect(x.linear(w, b, relu: true) == (y + b).relu())
          #expect(x.linear(w, relu: true) == y.relu())
        }
        #expect(x.linear(w) == x.matmul(w.transposed()))
      }
    }
  }

  @Test func linearOfOtherDTypes() {
    let (x, w, b) = (counting([2, 3], dtype: .int64), counting([2, 3], dtype: .int64), counting([2], dtype: .int64))
    #expect(x.linear(w, b) == x.matmul(w.transposed()) + b)
    let (y, v, c) = (x.to(.float64), w.to(.float64), b.to(.float64))
    #expect(y.linear(v, c) == (x.matmul(w.transposed()) + b).to(.float64))
    #expect(y.to(.float32).linear(v.to(.float32), c).dtype == .float64)
  }

  @Test func wrongOperandsStop() async {
    let linear = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 3]).linear(Tensor.zeros([4, 5]))
    }
    expectMessage(linear, "linear", "[2, 3]", "[4, 5]", "size 5")
    let inner = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 3]).matmul(Tensor.zeros([4, 5]))
    }
    expectMessage(inner, "matmul", "[2, 3]", "[4, 5]", "3 columns", "4 rows")
    let batch = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 2, 3]).matmul(Tensor.zeros([3, 3, 4]))
    }
    expectMessage(batch, "matmul", "[2]", "[3]", "axis -1")
    let scalar = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor(1.0).matmul(Tensor.zeros([3]))
    }
    expectMessage(scalar, "matmul", "[]", "[3]", "at least one axis")
    let dtypes = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 2]).matmul(Tensor.zeros([2, 2], dtype: .float64))
    }
    expectMessage(dtypes, "matmul", "float32", "float64")
  }
}
