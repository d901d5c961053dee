import Kernels

extension Tensor {
  /// Tensors joined along an existing axis; their other sizes must agree. dtypes promote.
  public static func concatenate(_ tensors: [Tensor], axis: Int = 0) -> Tensor {
    guard let first = tensors.first else { fail("concatenate", "no tensors; expected at least one") }
    let axis = first.shape.resolve(axis: axis, "concatenate")
    let dtype = tensors.dropFirst().reduce(first.dtype) { DType.promoted($0, $1.dtype) }
    var sizes = Array(first.shape)
    sizes[axis] = 0
    for tensor in tensors {
      var other = Array(tensor.shape)
      if other.indices.contains(axis) { other[axis] = 0 }
      let matches = other == sizes.enumerated().map { $0.offset == axis ? 0 : $0.element }
      require(
        matches, "concatenate",
        "shapes \(tensors.map(\.shape)) along axis \(axis); expected equal sizes on every other axis")
      sizes[axis] += tensor.shape[axis]
    }
    var result = Tensor(uninitialized: Shape(sizes), dtype)
    var start = 0
    for tensor in tensors {
      let end = start + tensor.shape[axis]
      result.assign(tensor.to(dtype), to: result.narrowed(axis: axis, start..<end))
      start = end
    }
    return result
  }

  /// Tensors of one shape joined along a new axis.
  public static func stack(_ tensors: [Tensor], axis: Int = 0) -> Tensor {
    guard let first = tensors.first else { fail("stack", "no tensors; expected at least one") }
    for tensor in tensors {
      require(tensor.shape == first.shape, "stack", "shapes \(tensors.map(\.shape)); expected all equal")
    }
    return concatenate(tensors.map { $0.unsqueezed(axis: axis) }, axis: axis)
  }

  /// Views of `size` entries each along an axis, the last one shorter if need be.
  public func split(size: Int, axis: Int = 0) -> [Tensor] {
    require(size > 0, "split", "the size \(size); expected at least 1")
    let axis = shape.resolve(axis: axis, "split")
    return stride(from: 0, to: Swift.max(shape[axis], 1), by: size).map {
      narrowed(axis: axis, $0..<Swift.min($0 + size, shape[axis]))
    }
  }

  /// Views of these sizes along an axis, which must add up to its size.
  public func split(sizes: [Int], axis: Int = 0) -> [Tensor] {
    let axis = shape.resolve(axis: axis, "split")
    require(
      sizes.reduce(0, +) == shape[axis] && sizes.allSatisfy { $0 >= 0 }, "split",
      "sizes \(sizes) do not add up to \(shape[axis]), the size of axis \(axis) of shape \(shape)")
    var start = 0
    return sizes.map { size in
      defer { start += size }
      return narrowed(axis: axis, start..<start + size)
    }
  }

  /// The entries of a range along an axis, as a view. The range is within bounds.
  package func narrowed(axis: Int, _ range: Range<Int>) -> Tensor {
    var sizes = shape.sizes
    sizes[axis] = range.count
    return view(Shape(sizes: sizes), strides, offset: offset + range.lowerBound * strides[axis])
  }

  /// Writes `source`, broadcast, into a view of this tensor's own memory.
  package mutating func assign(_ source: Tensor, to view: Tensor) {
    let expanded = source.expanded(view.shape)
    // A view into shared memory is valid in the copy too: a contiguous copy has the layout the view was made for only
    // if this tensor is contiguous, so callers make it so first.
    Kernels.copyStrided(
      dtype.kind, sizes: view.shape.sizes.array, expanded.data, expanded.strides.array,
      storage.base + view.offset * dtype.size, view.strides.array)
  }
}
