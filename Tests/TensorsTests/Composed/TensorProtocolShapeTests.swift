import TestSupport
import Testing

import Tensors

@Suite struct TensorProtocolShapeTests {
  /// Views of memory with gaps, exchanged and reversed axes, and repetition, under every shape of as many elements.
  @Test func reshapesOfAnyViewKeepTheOrder() {
    let x = counting([2, 4, 3, 2])
    let views = [
      x, x.transposed(), x.transposed(0, 1), x[0..., 1..<3], x[ellipsis, 0], x[0..., (0...).by(2)],
      x[AxisSlice(step: -1), ellipsis], x[0..., 0..<1], x[0].expanded([2, 4, 3, 2]), x[1, 2].expanded([5, 3, 2]),
      x.permuted([3, 0, 1, 2]),
    ]
    for view in views {
      let plain = view.copied()
      for shape in factorizations(view.elementCount) {
        let result = view.reshaped(Shape(shape))
        #expect(result == plain.reshaped(Shape(shape)), "\(view.shape) \(view.strides.array) as \(shape)")
      }
    }
  }

  /// Every way to write a count as a product of factors above 1, with a 1 in every place as well.
  private func factorizations(_ count: Int) -> [[Int]] {
    func products(_ count: Int) -> [[Int]] {
      count == 1
        ? [[]]
        : (2...count).filter { count % $0 == 0 }.flatMap { first in products(count / first).map { [first] + $0 } }
    }
    return products(count).flatMap { factors in
      [factors] + (0...factors.count).map { Array(factors[..<$0]) + [1] + factors[$0...] }
    }
  }

  @Test func evenRunsStayViews() {
    let x = counting([4, 6])
    #expect(x.transposed().reshaped([3, 2, 4, 1]).storage === x.storage)
    #expect(x[0..., 0..<3].reshaped([2, 2, 3]).storage === x.storage)
    #expect(x[0..., (0...).by(2)].reshaped([12]).storage === x.storage)
    #expect(x[AxisSlice(step: -1)].reshaped([2, 2, 6]).storage === x.storage)
    #expect(counting([3, 1]).expanded([3, 8]).reshaped([3, 2, 4]).strides.array == [1, 0, 0])
    for view in [x.transposed(), x[0..., 1..<3], x[ellipsis, 2]] {
      #expect(view.unsqueezed(axis: 1).storage === x.storage && view.unsqueezed(axis: -1).storage === x.storage)
      #expect(view.unsqueezed(axis: 0).squeezed().strides == view.strides)
    }
    #expect(x.transposed().reshaped([24]).storage !== x.storage && x[0..., 0..<3].reshaped([12]).storage !== x.storage)
  }

  @Test func axesWithoutElements() {
    #expect(counting([0, 3]).transposed().reshaped([5, 0]).shape == [5, 0])
    #expect(counting([2, 0, 3]).permuted([2, 0, 1]).flattened().shape == [0])
  }

  @Test func wrongPartsOfAnAxisStop() async {
    let product = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([2, 6]).unflattened(axis: 1, into: [2, 4])
    }
    expectMessage(product, "unflattened", "[2, 4]", "axis 1", "[2, 6]", "product is 6")
    let remainder = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([2, 6]).unflattened(axis: 1, into: [4, -1])
    }
    expectMessage(remainder, "unflattened", "6 elements", "[4, -1]")
    let axis = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([2, 6]).unflattened(axis: 2, into: [6])
    }
    expectMessage(axis, "unflattened", "axis 2", "[2, 6]", "-2..<2")
  }

  @Test func wrongMovesStop() async {
    let counts = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([2, 3]).movedAxes(from: [0, 1], to: [1])
    }
    expectMessage(counts, "movedAxes", "[0, 1]", "[1]", "as many")
    let twice = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([2, 3]).movedAxes(from: [0, 1], to: [1, -1])
    }
    expectMessage(twice, "movedAxes", "[1, -1]", "[2, 3]", "twice")
    let squeeze = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([1, 3]).squeezed(axes: [0, 2])
    }
    expectMessage(squeeze, "squeeze", "axis 2", "[1, 3]")
  }
}
