import Kernels

extension Tensor {
  /// Tensors joined along an existing axis; their other sizes must agree. dtypes promote. Empty vectors, [0], may stand
  /// among tensors of any shape and add nothing but their dtype, so that a loop can start from one.
  public static func concatenate(_ tensors: [Tensor], axis: Int = 0) -> Tensor {
    let parts = tensors.filter { $0.shape != [0] }
    guard let first = parts.first ?? tensors.first else {
      fail("concatenate", "no tensors; expected at least one")
    }
    let axis = first.shape.resolve(axis: axis, "concatenate")
    let dtype = tensors.reduce(first.dtype) { DType.promoted($0, $1.dtype) }
    var sizes = Array(first.shape)
    sizes[axis] = 0
    for part in parts {
      require(
        part.rank == sizes.count && sizes.indices.allSatisfy { $0 == axis || part.shape[$0] == first.shape[$0] },
        "concatenate", "shapes \(tensors.map(\.shape)) along axis \(axis); expected equal sizes on every other axis")
      sizes[axis] += part.shape[axis]
    }
    var result = Tensor(uninitialized: Shape(sizes), dtype)
    var start = 0
    for part in parts {
      let end = start + part.shape[axis]
      result.assign(part.to(dtype), to: result.narrowed(axis: axis, start..<end))
      start = end
    }
    return result
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
