/// Changes at what a subscript reads, as new values: a variable is never changed in place, so these are its assignments.
extension TensorProtocol {
  /// y = x but `y[indices…] = value`, broadcast: `x.replacing(at: 0, [1, 2], with: v)`. Shape and dtype kept.
  ///
  /// The entries are those of the subscript. Where they name a place several times, the last value stays.  ∂L/∂x = g with
  /// zeros there; ∂L/∂value = g there, and 0 for values that did not stay. PyTorch's `x[indices] = value`, `index_put`.
  public func replacing(at indices: any TensorIndex..., with value: Self) -> Self {
    replacing(indexedBy: indices, with: value)
  }

  /// y = x but `y[indices…] = value`, a number.
  public func replacing<S: TensorScalar>(at indices: any TensorIndex..., with value: S) -> Self {
    replacing(indexedBy: indices, with: Self(Tensor(value, dtype: dtype)))
  }

  /// y = x but `y[indices…] += value`, broadcast: `x.adding(v, at: 0, [1, 2])`. Shape and dtype kept.
  ///
  /// The entries are those of the subscript. Values for one place add up, in their order, with the same bits for any number
  /// of threads.  ∂L/∂x = g, ∂L/∂value = g there. PyTorch's `index_put` with `accumulate=True`.
  public func adding(_ value: Self, at indices: any TensorIndex...) -> Self { adding(value, indexedBy: indices) }

  /// The elements numbered in row-major order: y[i, …] = x.flattened()[index[i, …]]. Negative numbers count from the end.
  /// ∂L/∂x = g added up at the numbers.
  public func take(_ index: Tensor) -> Self {
    reshaped([elementCount]).indexed(by: [index.resolved(on: 0, of: [elementCount], "take")])
  }

  /// A copy with the elements numbered in row-major order replaced by those of `source`, one for each number, or, with
  /// `accumulate`, with these added. Negative numbers count from the end.
  public func put(_ index: Tensor, source: Self, accumulate: Bool = false) -> Self {
    require(
      index.elementCount == source.elementCount, "put",
      "source shape \(source.shape) and index shape \(index.shape); expected as many elements")
    let (flat, numbers) = (reshaped([elementCount]), index.resolved(on: 0, of: [elementCount], "put").flattened())
    let values = source.reshaped([source.elementCount])
    let result =
      accumulate ? flat.adding(values, indexedBy: [numbers]) : flat.replacing(indexedBy: [numbers], with: values)
    return result.reshaped(shape)
  }

  /// The elements at an index along an axis, as ``gather(axis:index:)``, but both broadcast on the other axes, and negative
  /// positions count from the end. Without an axis the elements are numbered in row-major order.
  public func takeAlongAxis(_ index: Tensor, axis: Int? = nil) -> Self {
    guard let axis else { return reshaped([elementCount]).takeAlongAxis(index.flattened(), axis: 0) }
    let at = shape.resolve(axis: axis, "takeAlongAxis")
    require(
      index.rank == rank, "takeAlongAxis", "index shape \(index.shape) for shape \(shape); expected the same rank")
    let positions = index.resolved(on: at, of: shape, "takeAlongAxis")
    let common = Shape.broadcast(shape.with(1, on: at), index.shape.with(1, on: at), "takeAlongAxis")
    return expanded(common.with(shape[at], on: at))
      .gather(axis: at, index: positions.expanded(common.with(index.shape[at], on: at)))
  }

  /// A copy with the slices at these positions along an axis filled with a number. Negative positions count from the end.
  /// ∂L/∂x = g with zeros there.
  public func indexFill<S: TensorScalar>(axis: Int, index: Tensor, value: S) -> Self {
    indexFill(axis: axis, index: index, value: Self(Tensor(value, dtype: dtype)))
  }

  /// A copy with the slices at these positions along an axis filled with a scalar, rank 0.  ∂L/∂value = Σ g there.
  public func indexFill(axis: Int, index: Tensor, value: Self) -> Self {
    require(value.rank == 0, "indexFill", "value shape \(value.shape); expected a scalar")
    return replacingSlices("indexFill", axis, index.asVector, value)
  }

  /// A copy with the slices of `source` at these positions along an axis: y[…, index[k], …] = source[…, k, …]. Of several
  /// for one position the last stays.  ∂L/∂x = g with zeros there, ∂L/∂source = g there.
  public func indexCopy(axis: Int, index: Tensor, source: Self) -> Self {
    let expected = rank == 0 ? shape : shape.with(index.elementCount, on: shape.resolve(axis: axis, "indexCopy"))
    require(
      source.shape == expected, "indexCopy",
      "source shape \(source.shape) for shape \(shape) and index \(index.shape) along axis \(axis); expected \(expected)"
    )
    return replacingSlices("indexCopy", axis, index.asVector, source)
  }

  private func replacingSlices(_ name: String, _ axis: Int, _ index: Tensor, _ value: Self) -> Self {
    require(index.rank == 1, name, "index shape \(index.shape); expected a vector")
    guard let at = shape.resolve(line: axis, name) else {
      return reshaped([1]).replacingSlices(name, 0, index, value).reshaped([])
    }
    return replacing(indexedBy: shape.entries(before: at) + [index.resolved(on: at, of: shape, name)], with: value)
  }

  /// As ``indexAdd(axis:index:source:)`` with the source times `alpha`.
  public func indexAdd(axis: Int, index: Tensor, source: Self, alpha: Double) -> Self {
    indexAdd(axis: axis, index: index, source: source * Self(Tensor(alpha, dtype: source.dtype)))
  }

  /// A copy in which each slice along an axis that the index names holds the product, mean, maximum … of the slices of
  /// `source` for it, and, with `includeSelf`, of what stood there: ``scatterReduce(axis:index:source:reduce:includeSelf:)``
  /// with one index for a whole slice.
  public func indexReduce(
    axis: Int, index: Tensor, source: Self, reduce: ScatterReduction, includeSelf: Bool = true
  ) -> Self {
    require(index.rank < 2, "indexReduce", "index shape \(index.shape); expected a vector")
    guard let at = shape.resolve(line: axis, "indexReduce") else {
      return scatterReduce(axis: 0, index: index, source: source, reduce: reduce, includeSelf: includeSelf)
    }
    let expected = shape.with(index.elementCount, on: at)
    require(
      source.shape == expected, "indexReduce",
      "source shape \(source.shape) for shape \(shape) and index \(index.shape) along axis \(at); expected \(expected)")
    let line = Shape(Array(repeating: 1, count: rank)).with(index.elementCount, on: at)
    return scatterReduce(
      axis: at, index: index.reshaped(line).expanded(expected), source: source, reduce: reduce,
      includeSelf: includeSelf)
  }

  /// A copy with `source` in the place of the slice at a position along an axis.  ∂L/∂x = g with zeros there, ∂L/∂source =
  /// g there.
  public func selectScatter(axis: Int, at position: Int, source: Self) -> Self {
    let at = shape.resolve(axis: axis, "selectScatter")
    var expected = Array(shape)
    expected.remove(at: at)
    require(
      source.shape == Shape(expected), "selectScatter",
      "source shape \(source.shape) for shape \(shape) along axis \(at); expected \(Shape(expected))")
    return replacing(indexedBy: shape.entries(before: at) + [position], with: source)
  }

  /// A copy with `source` in the place of every `step`-th slice from `from` to before `to` along an axis.
  public func sliceScatter(axis: Int = 0, from: Int? = nil, to: Int? = nil, step: Int = 1, source: Self) -> Self {
    let at = shape.resolve(axis: axis, "sliceScatter")
    let slice = AxisSlice(from: from, to: to, step: step)
    return replacing(indexedBy: shape.entries(before: at) + [slice], with: source)
  }

  /// A copy with y[index[i, j, …], j, …] = value, a number, the index in place of position `axis`.
  public func scatter<S: TensorScalar>(axis: Int, index: Tensor, value: S) -> Self {
    scatter(axis: axis, index: index, source: Self(Tensor(value, dtype: dtype).expanded(index.shape)))
  }
}

extension Shape {
  /// This shape with another size on an axis.
  package func with(_ size: Int, on axis: Int) -> Shape {
    var result = sizes
    result[axis] = size
    return Shape(sizes: result)
  }

  /// Entries of a subscript that take the axes before one whole.
  fileprivate func entries(before axis: Int) -> [any TensorIndex] {
    Array(repeating: AxisIndex.whole as any TensorIndex, count: axis)
  }
}
