import Kernels

extension Tensor {
  /// result[i, j, …] = self[i, index[i, j, …], …], the index in place of position `axis`.
  ///
  /// The index is an integer tensor of this tensor's rank, no larger on the other axes; its shape is the result's.
  public func gather(axis: Int, index: Tensor) -> Tensor {
    let axis = checkGather("gather", axis, index, shape)
    let positions = index.to(.int64).contiguous
    let source = narrowedLike(index, except: axis).contiguous
    let result = Tensor(uninitialized: index.shape, dtype)
    let (outer, count, inner) = index.shape.around(axis)
    withExtendedLifetime((positions, source)) {
      Kernels.gather(
        dtype.kind, outer: outer, shape[axis], count: count, inner: inner, source.data, positions.data.of(Int64.self),
        result.freshData)
    }
    return result
  }

  /// A copy to which each source element is added at its index along `axis`; repeated indices add up.
  public func scatterAdd(axis: Int, index: Tensor, source: Tensor) -> Tensor {
    let axis = checkGather("scatterAdd", axis, index, shape)
    require(
      source.shape == index.shape && source.dtype == dtype, "scatterAdd",
      "source \(source.dtype)\(source.shape) and index \(index.shape); expected equal shapes and the dtype \(dtype)")
    var result = copied()
    var part = result.narrowedLike(index, except: axis)
    let (positions, values) = (index.to(.int64).contiguous, source.contiguous)
    let (outer, count, inner) = index.shape.around(axis)
    let isWhole = part.shape == shape
    if !isWhole { part = part.copied() }
    withExtendedLifetime((positions, values)) {
      Kernels.scatterAdd(
        dtype.kind, outer: outer, shape[axis], count: count, inner: inner, values.data,
        positions.data.of(Int64.self), part.freshData)
    }
    if !isWhole { result.assign(part, to: result.narrowedLike(index, except: axis)) }
    return result
  }

  /// The slices at these positions along an axis, in their order: result[…, k, …] = self[…, index[k], …].
  ///
  /// The index is a vector of integers; a position may come several times, or not at all.
  public func indexSelect(axis: Int = 0, index: Tensor) -> Tensor {
    let axis = shape.resolve(axis: axis, "indexSelect")
    checkIndexVector("indexSelect", axis, index)
    let (source, positions) = (contiguous, index.to(.int64).contiguous)
    var sizes = shape.sizes
    sizes[axis] = index.elementCount
    let result = Tensor(uninitialized: Shape(sizes: sizes), dtype)
    let (outer, size, inner) = shape.around(axis)
    withExtendedLifetime((source, positions)) {
      Kernels.indexSelect(
        dtype.kind, outer: outer, size, count: index.elementCount, inner: inner, source.data,
        positions.data.of(Int64.self), result.freshData)
    }
    return result
  }

  /// A copy to which the slices of `source` are added at these positions along an axis: result[…, index[k], …] +=
  /// source[…, k, …]. Repeated positions add up, in their order, with the same bits for any number of threads.
  ///
  /// The index is a vector of integers, and the source has its length along the axis and this tensor's sizes elsewhere.
  public func indexAdd(axis: Int = 0, index: Tensor, source: Tensor) -> Tensor {
    let axis = shape.resolve(axis: axis, "indexAdd")
    checkIndexVector("indexAdd", axis, index)
    var sizes = shape.sizes
    sizes[axis] = index.elementCount
    require(
      source.shape.sizes == sizes && source.dtype == dtype, "indexAdd",
      "source \(source.dtype)\(source.shape) and index \(index.shape) for \(dtype)\(shape) along axis \(axis); expected "
        + "the source \(dtype)\(Shape(sizes: sizes))")
    let (values, positions, result) = (source.contiguous, index.to(.int64).contiguous, copied())
    let (outer, size, inner) = shape.around(axis)
    withExtendedLifetime((values, positions)) {
      Kernels.indexAdd(
        dtype.kind, outer: outer, size, count: index.elementCount, inner: inner, values.data,
        positions.data.of(Int64.self), result.freshData)
    }
    return result
  }

  /// One-hot rows: a trailing axis of `classes` with 1 at the element's index, `.float32` unless named.
  public func oneHot(_ classes: Int, dtype: DType = .float32) -> Tensor {
    require(!self.dtype.isFloatingPoint && self.dtype != .bool, "oneHot", "dtype \(self.dtype); expected integers")
    checkRange("oneHot", classes)
    return (unsqueezed(axis: -1) .== Tensor.arange(classes)).to(dtype)
  }

  private func narrowedLike(_ index: Tensor, except axis: Int) -> Tensor {
    var result = self
    for other in 0..<rank where other != axis && index.shape[other] != shape[other] {
      result = result.narrowed(axis: other, 0..<index.shape[other])
    }
    return result
  }

  private func checkIndexVector(_ name: String, _ axis: Int, _ index: Tensor) {
    require(
      index.rank == 1 && (index.dtype == .int64 || index.dtype == .int32), name,
      "index \(index.dtype)\(index.shape); expected a vector of int64 or int32")
    index.checkRange(name, shape[axis])
  }

  private func checkGather(_ name: String, _ axis: Int, _ index: Tensor, _ shape: Shape) -> Int {
    let resolved = shape.resolve(axis: axis, name)
    require(
      index.dtype == .int64 || index.dtype == .int32, name, "index dtype \(index.dtype); expected int64 or int32")
    let fits = index.rank == rank && (0..<rank).allSatisfy { $0 == resolved || index.shape[$0] <= shape[$0] }
    require(
      fits, name,
      "index shape \(index.shape) for shape \(shape) along axis \(resolved); expected the same rank and no larger size "
        + "on the other axes")
    index.checkRange(name, shape[resolved])
    return resolved
  }

  /// Stops the program unless every element is in 0..<limit.
  package func checkRange(_ name: String, _ limit: Int) {
    let positions = to(.int64).contiguous
    let isWithin = withExtendedLifetime(positions) {
      Kernels.areWithin(limit, elementCount, positions.data.of(Int64.self))
    }
    if isWithin { return }
    let (low, high) = (self.min().item(as: Int.self), self.max().item(as: Int.self))
    fail(name, "index \(low < 0 ? low : high) is out of range; expected 0..<\(limit)")
  }
}

extension Shape {
  /// The products of the sizes before, at and after an axis.
  package func around(_ axis: Int) -> (outer: Int, size: Int, inner: Int) {
    (self[..<axis].reduce(1, *), self[axis], self[(axis + 1)...].reduce(1, *))
  }
}
