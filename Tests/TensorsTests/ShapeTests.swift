import TestSupport
import Testing

import Tensors

@Suite struct ShapeTests {
  @Test func isACollectionOfSizes() {
    let shape: Shape = [2, 3, 4]
    #expect(Array(shape) == [2, 3, 4])
    #expect(shape.rank == 3 && shape.elementCount == 24)
    #expect(shape[0] == 2 && shape[2] == 4 && shape.last == 4)
    #expect("\(shape)" == "[2, 3, 4]" && "\(Shape())" == "[]")
    #expect(Shape([2, 3]) == [2, 3] && Shape([2, 3]) != [3, 2] && Shape([2]) != [2, 1])
  }

  @Test func elementCounts() {
    #expect(Shape().elementCount == 1)
    #expect(Shape([0]).elementCount == 0)
    #expect(Shape([3, 0, 2]).elementCount == 0)
    #expect(Shape([1 << 40, 0, 1 << 40]).elementCount == 0)
    #expect(Shape([1, 2, 3, 4, 5, 6]).elementCount == 720)
  }

  @Test func contiguousStrides() {
    #expect(Shape([2, 3, 4]).contiguousStrides.array == [12, 4, 1])
    #expect(Shape().contiguousStrides.array == [])
    #expect(Shape([2, 0, 4]).contiguousStrides.array == [4, 4, 1])
    #expect(Shape([1, 2, 3, 4, 5]).contiguousStrides.array == [120, 60, 20, 5, 1])
    #expect(Shape([4, 1 << 62, 4, 0]).contiguousStrides.array.last == 1)
  }

  @Test func axesCountFromEitherEnd() {
    let shape: Shape = [2, 3, 4]
    #expect((-3..<3).map { shape.resolve(axis: $0, "test") } == [0, 1, 2, 0, 1, 2])
    #expect(shape.resolve(axis: -1, "test", extra: 1) == 3)
    #expect(shape.resolve(axes: [-1, 0], "test") == [2, 0])
    #expect(shape.resolve(axes: nil, "test") == [0, 1, 2])
  }

  @Test(
    arguments: [
      ([], [], []), ([2], [], [2]), ([], [2], [2]), ([1], [3], [3]), ([2, 3], [3], [2, 3]), ([2, 1], [3], [2, 3]),
      ([2, 1, 4], [3, 1], [2, 3, 4]), ([0], [1], [0]), ([2, 0], [1], [2, 0]),
      ([5, 1, 1, 1, 2], [3, 1], [5, 1, 1, 3, 2]),
    ] as [([Int], [Int], [Int])])
  func broadcasting(a: [Int], b: [Int], expected: [Int]) {
    #expect(Array(Shape.broadcast(Shape(a), Shape(b), "test")) == expected)
    #expect(Array(Shape.broadcast(Shape(b), Shape(a), "test")) == expected)
  }

  @Test func reducing() {
    #expect(Shape([2, 3, 4]).reduced([1], keepDims: false) == [2, 4])
    #expect(Shape([2, 3, 4]).reduced([1], keepDims: true) == [2, 1, 4])
    #expect(Shape([2, 3, 4]).reduced([0, 1, 2], keepDims: false) == [])
  }

  @Test func aroundAnAxis() {
    #expect(Shape([2, 3, 4]).around(1) == (2, 3, 4))
    #expect(Shape([2, 3, 4]).around(0) == (1, 2, 12))
    #expect(Shape([5]).around(0) == (1, 5, 1))
  }

  @Test func mismatchNamesOperationShapesAndAxis() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Shape.broadcast([2, 3, 4], [2, 5, 4], "multiply")
    }
    expectMessage(result, "multiply", "[2, 3, 4]", "[2, 5, 4]", "axis -2", "sizes 3 and 5")
  }

  @Test func wrongSizesStop() async {
    let negative = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Shape([2, -3])
    }
    expectMessage(negative, "Shape", "[2, -3]", "axis 1")
    let huge = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Shape([1 << 40, 1 << 40])
    }
    expectMessage(huge, "Shape", "more than 2^63 elements")
  }

  @Test func wrongAxesStop() async {
    let outside = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Shape([2, 3]).resolve(axis: 2, "sum")
    }
    expectMessage(outside, "sum", "axis 2", "[2, 3]", "-2..<2")
    let twice = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Shape([2, 3]).resolve(axes: [1, -1], "sum")
    }
    expectMessage(twice, "sum", "[1, -1]", "[2, 3]", "twice")
    let read = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) { _ = Shape([2, 3])[5] }
    expectMessage(read, "Shape", "axis 5", "[2, 3]")
  }
}
