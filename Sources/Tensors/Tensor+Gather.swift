import Kernels

extension Tensor {
  /// result[i, j, …] = self[i, index[i, j, …], …], the index in place of position `axis`.
  ///
  /// The index is an integer tensor of this tensor's rank, no larger on the other axes; its shape is the result's.
  public func gather(axis: Int, index: Tensor) -> Tensor {
    if rank == 0 || index.rank == 0 {
      return asVector.gather(axis: axis, index: index.asVector).reshaped(index.shape)
    }
    let axis = checkGather("gather", axis, index)
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

  /// The slices at these positions along an axis, in their order: result[…, k, …] = self[…, index[k], …].
  ///
  /// The index is a vector of integers, or one integer; a position may come several times, or not at all.
  public func indexSelect(axis: Int = 0, index: Tensor) -> Tensor {
    if rank == 0 { return reshaped([1]).indexSelect(axis: axis, index: index).reshaped([]) }
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
    if rank == 0 { return reshaped([1]).indexAdd(axis: axis, index: index, source: source.asVector).reshaped([]) }
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

  /// One-hot rows: a trailing axis of `classes` with 1 at the element's index, `.float32` unless named. Without `classes`,
  /// one more than the largest element.
  public func oneHot(_ classes: Int? = nil, dtype: DType = .float32) -> Tensor {
    require(!self.dtype.isFloatingPoint && self.dtype != .bool, "oneHot", "dtype \(self.dtype); expected integers")
    require(classes != nil || elementCount > 0, "oneHot", "no elements to tell the number of classes by; expected it")
    let classes = classes ?? self.max().item(as: Int.self) + 1
    checkRange("oneHot", classes)
    return (unsqueezed(axis: -1) .== Tensor.arange(classes)).to(dtype)
  }
}

/// What gathering and scattering have in common.
extension Tensor {
  /// A scalar as a vector of one element.
  var asVector: Tensor { rank == 0 ? reshaped([1]) : self }

  /// The start of this tensor, as large as the index on every axis but one.
  func narrowedLike(_ index: Tensor, except axis: Int) -> Tensor {
    var result = self
    for other in 0..<rank where other != axis && index.shape[other] != shape[other] {
      result = result.along(other, 0..<index.shape[other])
    }
    return result
  }

  private func checkIndexVector(_ name: String, _ axis: Int, _ index: Tensor) {
    require(
      index.rank < 2 && (index.dtype == .int64 || index.dtype == .int32), name,
      "index \(index.dtype)\(index.shape); expected a vector of int64 or int32")
    index.checkRange(name, shape[axis], " on axis \(axis) of shape \(shape)")
  }

  /// The axis, counted from the front, if the index fits.
  func checkGather(_ name: String, _ axis: Int, _ index: Tensor) -> Int {
    let resolved = shape.resolve(axis: axis, name)
    require(
      index.dtype == .int64 || index.dtype == .int32, name, "index dtype \(index.dtype); expected int64 or int32")
    let fits = index.rank == rank && (0..<rank).allSatisfy { $0 == resolved || index.shape[$0] <= shape[$0] }
    require(
      fits, name,
      "index shape \(index.shape) for shape \(shape) along axis \(resolved); expected the same rank and no larger size "
        + "on the other axes")
    index.checkRange(name, shape[resolved], " on axis \(resolved) of shape \(shape)")
    return resolved
  }

  /// Stops the program unless every element is in 0..<limit; `place` tells where they count.
  package func checkRange(_ name: String, _ limit: Int, _ place: @autoclosure () -> String = "") {
    if to(.int64).contiguous.isWithin(limit) { return }
    let (low, high) = (self.min().item(as: Int.self), self.max().item(as: Int.self))
    fail(name, "index \(low < 0 ? low : high)\(place()) is out of range; expected 0..<\(limit)")
  }
}

extension Shape {
  /// The products of the sizes before, at and after an axis.
  package func around(_ axis: Int) -> (outer: Int, size: Int, inner: Int) {
    (self[..<axis].reduce(1, *), self[axis], self[(axis + 1)...].reduce(1, *))
  }
}
