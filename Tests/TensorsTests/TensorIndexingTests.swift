import TestSupport
import Testing

import Tensors

/// The positions of Python's `from:to:step` on an axis of `size`, from its definition: `range(*slice.indices(size))`.
private func pythonSlice(_ from: Int?, _ to: Int?, _ step: Int, _ size: Int) -> [Int] {
  func bound(_ value: Int?, _ missing: Int) -> Int {
    guard var v = value else { return missing }
    if v < 0 { v += size }
    if v < 0 { return step < 0 ? -1 : 0 }
    return v >= size ? (step < 0 ? size - 1 : size) : v
  }
  let first = bound(from, step < 0 ? size - 1 : 0)
  return Array(stride(from: first, to: bound(to, step < 0 ? -1 : size), by: step))
}

@Suite struct TensorIndexingTests {
  private static let bounds: [Int?] = [nil] + (-7...7).map { $0 }
  private static let steps = [-4, -3, -2, -1, 1, 2, 3, 4]

  @Test(arguments: 0...5) func everySliceReadsAsPythons(size: Int) {
    let x = counting([size])
    for from in Self.bounds {
      for to in Self.bounds {
        for step in Self.steps {
          let expected = pythonSlice(from, to, step, size).map { Float($0) }
          let actual: [Float] = x[AxisSlice(from: from, to: to, step: step)].scalars()
          if actual != expected {
            Issue.record("[\(from as Any):\(to as Any):\(step)] of \(size): \(actual), not \(expected)")
          }
        }
      }
    }
  }

  @Test(arguments: 0...4) func everySliceWritesAsPythons(size: Int) {
    for from in Self.bounds {
      for to in Self.bounds {
        for step in Self.steps {
          let at = pythonSlice(from, to, step, size)
          var (x, expected) = (counting([size]), (0..<size).map { Float($0) })
          for (i, p) in at.enumerated() { expected[p] = Float(100 + i) }
          x[AxisSlice(from: from, to: to, step: step)] = counting([at.count]) + 100
          if x.scalars() != expected {
            Issue.record("[\(from as Any):\(to as Any):\(step)] of \(size): \(x), not \(expected)")
          }
        }
      }
    }
  }

  @Test func positionsFromEitherEnd() {
    let x = counting([3, 4])
    for i in -3..<3 {
      for j in -4..<4 { #expect(x[i, j].item() == Double((i + 3) % 3 * 4 + (j + 4) % 4)) }
      #expect(x[i].shape == [4] && x[i, 1...2].shape == [2])
    }
    #expect(x[0..., -1].scalars() == [3, 7, 11] as [Float])
  }

  @Test func swiftRanges() {
    let x = counting([6])
    #expect(x[1..<3] == Tensor([1.0, 2]) && x[1...3] == Tensor([1.0, 2, 3]) && x[4...] == Tensor([4.0, 5]))
    #expect(x[..<2] == Tensor([0.0, 1]) && x[...2] == Tensor([0.0, 1, 2]) && x[(-2)...] == Tensor([4.0, 5]))
    #expect(x[..<(-4)] == Tensor([0.0, 1]) && x[...(-5)] == Tensor([0.0, 1]) && x[...(-1)] == x)
    #expect(
      x[(-3)...(-2)] == Tensor([3.0, 4]) && x[(-3)...(-1)] == Tensor([3.0, 4, 5]) && x[(-3)..<(-1)] == Tensor([3.0, 4]))
    #expect(x[(0...).by(2)] == Tensor([0.0, 2, 4]) && x[(1..<5).by(3)] == Tensor([1.0, 4]))
    #expect(x[2..<100] == x[2...] && x[3..<3].shape == [0] && x[50...].shape == [0])
  }

  @Test func ellipsisAndNewAxis() {
    let x = counting([2, 3, 4])
    #expect(x[ellipsis, 1] == x[0..., 0..., 1] && x[1, ellipsis] == x[1] && x[0, ellipsis, 2] == x[0, 0..., 2])
    #expect(x[ellipsis] == x && x[1, 2, ellipsis, 3] == x[1, 2, 3])
    #expect(x[newAxis].shape == [1, 2, 3, 4] && x[0, newAxis, ellipsis, newAxis].shape == [1, 3, 4, 1])
    #expect(x[newAxis, 1].squeezed(axis: 0) == x[1] && x[0..., 0, newAxis].shape == [2, 1, 4])
  }

  @Test func mixedIndicesOfEveryLayout() {
    for (name, x) in layouts(counting([4, 5])) {
      let expected = [3, 1].flatMap { row in [0, 2, 4].map { Float(row * 5 + $0) } }
      #expect(x[AxisSlice(from: 3, to: 0, step: -2), (0...).by(2)].scalars() == expected, "\(name)")
    }
  }

  @Test func assignmentBroadcastsAndConverts() {
    var x = Tensor.zeros([2, 3])
    x[0..., 1] = Tensor(5)
    x[1] = Tensor([7, 8, 9])
    #expect(x.scalars() == [0, 5, 0, 7, 8, 9] as [Float])
    x[0..., 0..<2] = Tensor([[1.5], [2.5]])
    #expect(x.scalars() == [1.5, 1.5, 0, 2.5, 2.5, 9] as [Float])
    x[ellipsis] = Tensor(true)
    #expect(x == Tensor.ones([2, 3]))
    var whole = counting([2], dtype: .int64)
    whole[0] = Tensor(-3.9)
    #expect(whole == Tensor([-3, 1]))
  }

  @Test func chainedAssignmentReachesTheTensor() {
    var x = counting([2, 3])
    x[1][0] = Tensor(9.0)
    x[0] += Tensor([10.0, 10, 10])
    x[0..., 2] *= Tensor([2.0, 2])
    #expect(x.scalars() == [10, 11, 24, 9, 4, 10] as [Float])
  }

  /// The right-hand side is read before anything is written.
  @Test func assignsViewsOfItself() {
    var x = counting([4])
    x[0..<3] = x[1..<4]
    #expect(x.scalars() == [1, 2, 3, 3] as [Float])
    x = counting([4])
    x[1..<4] = x[0..<3]
    #expect(x.scalars() == [0, 0, 1, 2] as [Float])
    x[0...] = x[AxisSlice(step: -1)]
    #expect(x.scalars() == [2, 1, 0, 0] as [Float])
    var m = counting([3, 3])
    m[ellipsis] = m.transposed()
    #expect(m == counting([3, 3]).transposed())
    m[0] = m[0..., 0]
    #expect(m[0].scalars() == [0, 1, 2] as [Float])
  }

  @Test func writesToViewsStayInTheView() {
    let x = counting([3, 4])
    var corner = x[1..., 2...].transposed()
    corner[0, 1] = Tensor(-1.0)
    #expect(corner.scalars() == [6, -1, 7, 11] as [Float])
    #expect(x == counting([3, 4]))
  }

  @Test func wrongIndicesStop() async {
    let outside = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([2, 3])[0, 3]
    }
    expectMessage(outside, "subscript", "index 3", "axis 1", "[2, 3]", "-3..<3")
    let many = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([2, 3])[0, 0, 0]
    }
    expectMessage(many, "subscript", "3 indices", "[2, 3]")
    let zero = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([2, 3])[0..., AxisSlice(step: 0)]
    }
    expectMessage(zero, "subscript", "step", "axis 1")
    let ellipses = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([2, 3])[ellipsis, ellipsis]
    }
    expectMessage(ellipses, "subscript", "2 ellipses")
    let misfit = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var x = counting([2, 3])
      x[0] = Tensor([[1.0, 2, 3], [1, 2, 3]])
    }
    expectMessage(misfit, "subscript", "[2, 3]", "[3]")
  }
}
