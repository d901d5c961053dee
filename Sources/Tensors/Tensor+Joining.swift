import Kernels

extension Tensor {
  /// Tensors joined along an existing axis; their other sizes must agree. dtypes promote. Empty vectors, [0], may stand
  /// among tensors of any shape and add nothing but their dtype, so that a loop can start from one.
  public static func concatenate(_ tensors: [Tensor], axis: Int = 0) -> Tensor {
    let (shape, axis) = Shape.joined(tensors.map(\.shape), axis: axis, "concatenate")
    let dtype = tensors.dropFirst().reduce(tensors[0].dtype) { DType.promoted($0, $1.dtype) }
    var result = Tensor(uninitialized: shape, dtype)
    var start = 0
    for part in tensors where part.shape != [0] {
      let end = start + part.shape[axis]
      result.assign(part.to(dtype), to: result.along(axis, start..<end))
      start = end
    }
    return result
  }

  /// The entries of a range, within bounds, along an axis counted from the front: a view, for which no subscript is read.
  package func along(_ axis: Int, _ range: Range<Int>) -> Tensor {
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

extension Shape {
  /// The shape of tensors of these shapes joined along an axis, and the axis counted from the front.
  package static func joined(_ shapes: [Shape], axis: Int, _ operation: String) -> (Shape, axis: Int) {
    let parts = shapes.filter { $0 != [0] }
    guard let first = parts.first ?? shapes.first else { fail(operation, "no tensors; expected at least one") }
    let axis = first.resolve(axis: axis, operation)
    var sizes = first.sizes
    sizes[axis] = 0
    for part in parts {
      require(
        part.rank == first.rank && part.indices.allSatisfy { $0 == axis || part[$0] == first[$0] }, operation,
        "shapes \(shapes) along axis \(axis); expected equal sizes on every other axis")
      sizes[axis] += part[axis]
    }
    return (Shape(sizes: sizes), axis)
  }
}
