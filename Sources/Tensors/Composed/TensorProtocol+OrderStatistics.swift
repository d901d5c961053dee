/// Order statistics along an axis: elements at a place of the sorted line, with their indices as `.int64`. […, n, …] →
/// […, …] twice, or with size 1 at the axis (`keepDims`).  ∂L/∂x = g at the index, 0 elsewhere. NaN sorts as the
/// greatest; equal elements keep their order. A scalar counts as having one axis. O(n) a line on average.
extension TensorProtocol {
  /// The k-th smallest elements along an axis, k counted from 1, and their indices.
  public func kthValue(_ k: Int, axis: Int = -1, keepDims: Bool = false) -> (values: Self, indices: Tensor) {
    let n = lineLength(axis, "kthValue")
    require(k >= 1 && k <= n, "kthValue", "k = \(k) for shape \(shape) along axis \(axis); expected 1...\(n)")
    let place = Tensor.full(lineShape("kthValue", axis), k - 1)
    return picked("kthValue", axis, sortedIndex(axis, place), keepDims)
  }

  /// The medians along an axis, of an even number of elements the lower of the middle two, and their indices; NaN, and
  /// the first NaN's index, where there is one. An empty axis stops the program.
  public func median(axis: Int, keepDims: Bool = false) -> (values: Self, indices: Tensor) {
    let numbers = numbersInLines("median", axis)
    let place = Tensor.where(numbers .== lineLength(axis, "median"), numbers.lowerMiddle, numbers)
    return picked("median", axis, sortedIndex(axis, place), keepDims)
  }

  /// The medians along an axis of the elements that are not NaN, of an even number of them the lower of the middle two,
  /// and their indices; NaN and the first index where all are NaN. An empty axis stops the program.
  public func nanMedian(axis: Int, keepDims: Bool = false) -> (values: Self, indices: Tensor) {
    picked("nanMedian", axis, sortedIndex(axis, numbersInLines("nanMedian", axis).lowerMiddle), keepDims)
  }

  /// The most frequent elements along an axis, of equally frequent ones the smallest, and the index of their last
  /// occurrence. NaN equals nothing. An empty axis stops the program.
  public func mode(axis: Int = -1, keepDims: Bool = false) -> (values: Self, indices: Tensor) {
    requireLines("mode", axis)
    if rank == 0 { return (self, Tensor(0)) }
    let axis = shape.resolve(axis: axis, "mode")
    let order = value.argsort(axis: axis)
    let runs = value.gather(axis: axis, index: order).runLengths(axis)
    return picked("mode", axis, order.gather(axis: axis, index: runs.argmax(axis: axis, keepDims: true)), keepDims)
  }

  /// The number of elements of a line.
  private func lineLength(_ axis: Int, _ name: String) -> Int { shape.resolve(line: axis, name).map { shape[$0] } ?? 1 }

  /// This shape with size 1 at the axis.
  private func lineShape(_ name: String, _ axis: Int) -> Shape {
    rank == 0 ? [] : shape.reduced([shape.resolve(axis: axis, name)], keepDims: true)
  }

  /// The index of the element at a place of each sorted line; the place has size 1 along the axis.
  private func sortedIndex(_ axis: Int, _ place: Tensor) -> Tensor {
    rank == 0 ? Tensor(0) : value.selectedIndex(axis, place)
  }

  /// How many elements of each line, which must have some, are not NaN.
  private func numbersInLines(_ name: String, _ axis: Int) -> Tensor {
    requireLines(name, axis)
    return (value .== value).sum(axis: axis, keepDims: true)
  }
}

extension Tensor {
  /// The median of all elements, of an even number of them the lower of the middle two; NaN if there is one, and of
  /// nothing. [..] → [].
  public func median() -> Tensor {
    if elementCount == 0, dtype.isFloatingPoint { return Tensor(Double.nan, dtype: dtype) }
    return flattened().median(axis: 0).values
  }

  /// The median of all elements that are not NaN, of an even number of them the lower of the middle two; NaN if there
  /// is none. [..] → [].
  public func nanMedian() -> Tensor {
    if elementCount == 0, dtype.isFloatingPoint { return Tensor(Double.nan, dtype: dtype) }
    return flattened().nanMedian(axis: 0).values
  }

  /// ⌊(x − 1)/2⌋, and 0 of 0: the place of the lower median of x sorted elements.
  fileprivate var lowerMiddle: Tensor { ((self - 1).to(.float64) * 0.5).to(.int64) }

  /// In a sorted line, at the end of each run of equal elements its length, 0 elsewhere.
  fileprivate func runLengths(_ axis: Int) -> Tensor {
    let n = shape[axis]
    let edge = Tensor.ones(shape.reduced([axis], keepDims: true), dtype: .bool)
    let changes = along(axis, 1..<n) .!= along(axis, 0..<n - 1)
    let (isFirst, isLast) = (
      Tensor.concatenate([edge, changes], axis: axis), Tensor.concatenate([changes, edge], axis: axis)
    )
    let places = Tensor.arange(n).reshaped(Shape([n] + Array(repeating: 1, count: rank - 1 - axis))).expanded(shape)
    let starts = Tensor.where(isFirst, places, Tensor(0)).cummax(axis: axis).values
    return Tensor.where(isLast, places - starts + 1, Tensor(0))
  }
}
