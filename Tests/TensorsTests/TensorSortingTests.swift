import TestSupport
import Testing

import Tensors

@Suite struct TensorSortingTests {
  private let cube = Tensor([5, 3, 9, 1, 7, 0, 2, 8, 4, 11, 6, 10], shape: [2, 3, 2])

  /// The places along an axis in order, equal elements in theirs.
  private func places(_ x: Tensor, _ axis: Int, _ descending: Bool) -> NaiveArray {
    let values = NaiveArray(x)
    return NaiveArray(Array(x.shape)) { p in
      let order = (0..<x.shape[axis]).sorted { a, b in
        var (q, r) = (p, p)
        (q[axis], r[axis]) = (a, b)
        if values[q] == values[r] { return a < b }
        return (values[q] < values[r]) != descending
      }
      return Double(order[p[axis]])
    }
  }

  @Test(arguments: [0, 1, 2], [false, true]) func sortsAlongAnyAxisOfAnyLayout(axis: Int, descending: Bool) {
    for (name, x) in layouts(cube) + layouts((cube .> 5).to(.float32)) {
      let expected = places(x, axis, descending)
      let (values, indices) = x.sort(axis: axis, descending: descending)
      #expect(NaiveArray(indices) == expected, "\(name)")
      #expect(indices.dtype == .int64 && values.dtype == x.dtype)
      #expect(NaiveArray(x.argsort(axis: axis - 3, descending: descending)) == expected, "\(name)")
      let reference = NaiveArray(Array(x.shape)) { p in
        var q = p
        q[axis] = Int(expected[p])
        return NaiveArray(x)[q]
      }
      #expect(NaiveArray(values) == reference, "\(name)")
      #expect(NaiveArray(x.sorted(axis: axis, descending: descending)) == reference, "\(name)")
      for k in 0...x.shape[axis] {
        let top = x.topK(k, axis: axis, largest: descending)
        #expect(top.indices == indices.along(axis, 0..<k), "\(name), k = \(k)")
        #expect(top.values == values.along(axis, 0..<k), "\(name), k = \(k)")
      }
    }
  }

  @Test(arguments: DType.allCases) func sortsEveryType(dtype: DType) {
    let x = Tensor([1, 0, 1, 0, 0]).to(dtype)
    #expect(x.sorted() == Tensor([0, 0, 0, 1, 1]).to(dtype))
    #expect(x.argsort(descending: true) == Tensor([0, 2, 1, 3, 4]))
  }

  @Test func nanIsTheGreatest() {
    let x = Tensor([1, Double.nan, -.infinity, .infinity])
    #expect(x.argsort() == Tensor([2, 0, 3, 1]))
    #expect(x.topK(2).indices == Tensor([1, 3]))
    #expect(x.sorted().scalars(as: Double.self)[3].isNaN)
    #expect(x.sort(descending: true).values[0].item(as: Double.self).isNaN)
  }

  /// More than an eighth of the axis is sorted whole.
  @Test(arguments: [17, 26, 200]) func topKOfMany(k: Int) {
    let x = Tensor.randperm(200, generator: Generator(seed: 3))
    #expect(x.topK(k).values == Tensor((0..<k).map { 199 - $0 }))
    #expect(x.topK(k, largest: false).values == Tensor(Array(0..<k)))
  }

  @Test func emptyShapes() {
    #expect(Tensor.zeros([0, 3]).sorted(axis: 0).shape == [0, 3])
    #expect(Tensor.zeros([2, 0]).argsort().shape == [2, 0])
    #expect(Tensor.zeros([0, 3]).sort().indices.shape == [0, 3])
    #expect(Tensor.zeros([0, 3]).topK(2).values.shape == [0, 2])
    #expect(Tensor.zeros([2, 0]).topK(0).values.shape == [2, 0])
  }

  @Test func wrongArgumentsStop() async {
    let axis = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 3]).sort(axis: 2)
    }
    expectMessage(axis, "sort", "axis 2", "[2, 3]")
    let k = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 3]).topK(4)
    }
    expectMessage(k, "topK", "k = 4", "[2, 3]", "axis 1", "0...3")
  }
}
