import TestSupport
import Testing

import Tensors

@Suite struct TensorShapeTests {
  @Test func reshapesKeepTheOrder() {
    for (name, x) in layouts(counting([3, 4])) {
      for shape: Shape in [[12], [2, 6], [4, 3], [1, 3, 1, 4], [2, 2, 3, 1, 1]] {
        #expect(x.reshaped(shape) == counting(shape), "\(name) \(shape)")
      }
    }
    #expect(Tensor(3).reshaped([1, 1]) == Tensor([[3]]) && Tensor([[3]]).reshaped([]) == Tensor(3))
    #expect(counting([2, 0]).reshaped([0, 5]).shape == [0, 5])
  }

  @Test func onlyOddLayoutsAreCopied() {
    let x = counting([3, 4])
    #expect(x.reshaped([12]).storage === x.storage && x.flattened().storage === x.storage)
    #expect(x.transposed().reshaped([12]).storage !== x.storage)
  }

  @Test func oneSizeIsInferred() {
    #expect(counting([3, 4]).reshaped([-1]).shape == [12])
    #expect(counting([3, 4]).reshaped([2, -1]).shape == [2, 6])
    #expect(counting([3, 4]).reshaped([2, -1, 3]).shape == [2, 2, 3])
    #expect(counting([0, 4]).reshaped([-1, 2]).shape == [0, 2])
    #expect(Tensor(1).reshaped([-1]).shape == [1])
  }

  @Test func flattening() {
    let x = counting([2, 3, 4])
    #expect(x.flattened() == counting([24]) && x.flattened(from: 1) == counting([2, 12]))
    #expect(x.flattened(from: 0, through: 1) == counting([6, 4]) && x.flattened(from: -2, through: -2) == x)
    #expect(Tensor(3).flattened() == Tensor([3]))
  }

  @Test(arguments: [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0], [-1, 0, 1]])
  func permutations(axes: [Int]) {
    let x = counting([2, 3, 4])
    let order = axes.map { ($0 + 3) % 3 }
    let expected = NaiveArray(order.map { x.shape[$0] }) { p in
      var source = [0, 0, 0]
      for (i, axis) in order.enumerated() { source[axis] = p[i] }
      return NaiveArray(x)[source]
    }
    #expect(NaiveArray(x.permuted(axes)) == expected)
    #expect(x.permuted(axes).storage === x.storage)
  }

  @Test func transposes() {
    let x = counting([2, 3, 4])
    #expect(x.transposed() == x.permuted([0, 2, 1]) && x.transposed(0, 2) == x.permuted([2, 1, 0]))
    #expect(x.transposed(1, 1) == x && x.transposed(-3, 1) == x.permuted([1, 0, 2]))
    #expect(counting([2, 3]).transposed().scalars() == [0, 3, 1, 4, 2, 5] as [Float])
  }

  @Test func movedAxes() {
    let x = counting([2, 3, 4])
    #expect(
      x.movedAxis(from: 0, to: 2) == x.permuted([1, 2, 0]) && x.movedAxis(from: -1, to: 0) == x.permuted([2, 0, 1]))
    #expect(x.movedAxis(from: 1, to: 1) == x)
  }

  @Test func unsqueezesAndSqueezes() {
    let x = counting([2, 3])
    #expect(
      (-3...2).map { Array(x.unsqueezed(axis: $0).shape) } == [
        [1, 2, 3], [2, 1, 3], [2, 3, 1], [1, 2, 3], [2, 1, 3], [2, 3, 1],
      ])
    for axis in 0...2 {
      #expect(x.unsqueezed(axis: axis).squeezed(axis: axis) == x && x.unsqueezed(axis: axis).isContiguous)
    }
    #expect(x.squeezed(axis: 0) == x && counting([1, 2, 1, 3, 1]).squeezed() == x)
    #expect(counting([1, 2, 1]).squeezed(axis: -1).shape == [1, 2] && Tensor([[5]]).squeezed() == Tensor(5))
  }

  @Test(
    arguments: [
      ([1, 3], [2, 3]), ([3], [2, 3]), ([], [2, 2]), ([2, 1], [2, 4]), ([2, 1], [3, 2, 4]), ([1], [0]),
    ] as [([Int], [Int])])
  func expansionsRepeat(from: [Int], to: [Int]) {
    let x = counting(Shape(from))
    #expect(NaiveArray(x.expanded(Shape(to))) == NaiveArray(to) { NaiveArray(x).broadcast(at: $0) })
    #expect(x.expanded(Shape(to)).storage === x.storage)
  }

  @Test func windowsShareTheirElements() {
    let x = counting([6])
    let windows = x.unfolded(axis: 0, size: 3, step: 1)
    #expect(windows == Tensor([[0, 1, 2], [1, 2, 3], [2, 3, 4], [3, 4, 5]], dtype: .float32))
    #expect(windows.storage === x.storage && windows.sum().item() == 30 && windows.copied() == windows)
    let weights = Tensor([1, 10, 100], dtype: .float32)
    #expect(windows.matmul(weights) == Tensor([210, 321, 432, 543], dtype: .float32))
    #expect((windows + windows.copied()) == windows * 2 && windows.transposed().sum(axis: 0) == windows.sum(axis: 1))
  }

  @Test func wrongWindowsStop() async {
    let size = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([2, 3]).unfolded(axis: 1, size: 4, step: 1)
    }
    expectMessage(size, "unfolded", "size 4", "axis 1", "[2, 3]", "0...3")
    let step = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([2, 3]).unfolded(axis: 0, size: 1, step: 0)
    }
    expectMessage(step, "unfolded", "step 0", "axis 0", "at least 1")
  }

  @Test func wrongReshapesStop() async {
    let count = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([2, 3]).reshaped([4, 2] as Shape)
    }
    expectMessage(count, "reshape", "[2, 3]", "6 elements", "[4, 2]", "8")
    let remainder = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([2, 3]).reshaped([-1, 4])
    }
    expectMessage(remainder, "reshape", "[2, 3]", "[-1, 4]")
    let twice = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([2, 3]).reshaped([-1, -1])
    }
    expectMessage(twice, "reshape", "[-1, -1]", "2 times -1")
  }

  @Test func wrongAxesStop() async {
    let missing = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([2, 3, 4]).permuted([0, 1])
    }
    expectMessage(missing, "permute", "[0, 1]", "[2, 3, 4]", "3 axes")
    let vector = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([3]).transposed()
    }
    expectMessage(vector, "transpose", "axis -2", "[3]")
    let backwards = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([2, 3]).flattened(from: 1, through: 0)
    }
    expectMessage(backwards, "flatten", "axis 1", "axis 0", "[2, 3]")
    let expansion = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([2, 3]).expanded([2, 4])
    }
    expectMessage(expansion, "expand", "[2, 3]", "[2, 4]", "axis -1")
    let fewer = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([1, 3]).expanded([3])
    }
    expectMessage(fewer, "expand", "[1, 3]", "[3]")
  }
}
