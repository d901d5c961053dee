import Kernels

/// Sorting along an axis, the last unless named. NaN counts as the greatest number. Equal elements keep their order, also
/// in descending order, as PyTorch's with `stable=True`; −0 and +0 are equal.
extension Tensor {
  /// The elements in order along an axis, without their indices, which costs half as much as ``sort(axis:descending:)``.
  /// −0 comes before +0, and after it in descending order. O(n) a line.
  public func sorted(axis: Int = -1, descending: Bool = false) -> Tensor {
    alongLast("sorted", axis) { rows, n in
      let result = Tensor(uninitialized: rows.shape, dtype)
      Kernels.sortRows(
        dtype.kind, descending: descending, rows.elementCount / n, n, rows.data, result.freshData)
      return result
    }
  }

  /// The indices along an axis that put the elements in order, as `.int64`: `gather` with them gives the sorted elements.
  /// O(n) a line.
  public func argsort(axis: Int = -1, descending: Bool = false) -> Tensor {
    alongLast("argsort", axis) { rows, n in
      let result = Tensor(uninitialized: rows.shape, .int64)
      Kernels.argsortRows(
        dtype.kind, descending: descending, rows.elementCount / n, n, rows.data, result.freshData.of(Int64.self))
      return result
    }
  }

  /// The elements in order along an axis, and their indices, as `.int64`.
  public func sort(axis: Int = -1, descending: Bool = false) -> (values: Tensor, indices: Tensor) {
    let axis = shape.resolve(line: axis, "sort") ?? 0
    let indices = argsort(axis: axis, descending: descending)
    return (gather(axis: axis, index: indices), indices)
  }

  /// The k largest (or smallest) elements along an axis in their order, and their indices, as `.int64`; of equal ones the
  /// first. k is at most the axis's size. The rest is not sorted: O(n) comparisons a line while k is small.
  public func topK(_ k: Int, axis: Int = -1, largest: Bool = true) -> (values: Tensor, indices: Tensor) {
    guard let axis = shape.resolve(line: axis, "topK") else {
      let (values, indices) = reshaped([1]).topK(k, largest: largest)
      return k == 1 ? (self, indices.reshaped([])) : (values, indices)
    }
    require(
      k >= 0 && k <= shape[axis], "topK",
      "k = \(k) for shape \(shape) along axis \(axis); expected 0...\(shape[axis])")
    let indices = topKIndices(k, axis, largest)
    return (gather(axis: axis, index: indices), indices)
  }

  private func topKIndices(_ k: Int, _ axis: Int, _ largest: Bool) -> Tensor {
    // Sorting it all is faster from about here on.
    if k > shape[axis] / 8 && k > 16 {
      return argsort(axis: axis, descending: largest).along(axis, 0..<k).contiguous
    }
    return alongLast("topK", axis) { rows, n in
      let result = Tensor(uninitialized: Shape(Array(rows.shape.dropLast()) + [k]), .int64)
      Kernels.topKRows(
        dtype.kind, largest: largest, rows.elementCount / n, n, k, rows.data, result.freshData.of(Int64.self))
      return result
    }
  }

  /// The index of the element that comes to a place of each line in order; the places have size 1 along the axis, and so
  /// has the result. O(n) a line on average.
  func selectedIndex(_ axis: Int, _ places: Tensor) -> Tensor {
    let places = places.movedAxis(from: axis, to: -1).contiguous
    return alongLast("selectedIndex", axis) { rows, n in
      let result = Tensor(uninitialized: places.shape, .int64)
      withExtendedLifetime(places) {
        Kernels.selectRows(
          dtype.kind, rows.elementCount / n, n, rows.data, places.data.of(Int64.self),
          result.freshData.of(Int64.self))
      }
      return result
    }
  }

  /// The result of `body` for this tensor with an axis moved to the end, as contiguous rows of n ≥ 1 elements; the axis
  /// then goes back to its place.
  private func alongLast(_ name: String, _ axis: Int, _ body: (Tensor, Int) -> Tensor) -> Tensor {
    guard let axis = shape.resolve(line: axis, name) else { return body(reshaped([1]), 1).reshaped([]) }
    require(shape[axis] < 1 << 32, name, "axis \(axis) of shape \(shape); expected fewer than 2^32 elements")
    let rows = movedAxis(from: axis, to: -1).contiguous
    let result = withExtendedLifetime(rows) { body(rows, Swift.max(shape[axis], 1)) }
    return result.movedAxis(from: -1, to: axis).contiguous
  }
}
