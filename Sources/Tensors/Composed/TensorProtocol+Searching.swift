import Kernels

/// Places of values among ordered or given ones, as `.int64` and `.bool` tensors. Not differentiable.
extension TensorProtocol {
  /// Where each value would be inserted to keep this sequence in order: before elements equal to it, or, with `right`, after
  /// them; a value that is NaN comes last. A sequence that holds NaN has no order to search.
  ///
  /// The sequence is a vector, for values of any shape, or [lines…, n], each line in order, for values [lines…, m]. The
  /// result has the values' shape, as `.int64`. An unordered sequence is searched through `sorter`, the indices that put it
  /// in order (``argsort(axis:descending:)``). O(log n) a value.
  public func searchSorted(_ values: Tensor, right: Bool = false, sorter: Tensor? = nil) -> Tensor {
    let isComplete = sorter == nil || sorter!.shape == shape
    require(isComplete, "searchSorted", "a sorter of shape \(sorter!.shape) for \(shape); expected equal shapes")
    let ordered = sorter.map { rank > 0 ? value.gather(axis: -1, index: $0) : value } ?? value
    let isShared = ordered.rank == 1
    let fits = rank > 0 && (isShared || (values.rank == rank && values.shape.dropLast() == shape.dropLast()))
    require(
      fits, "searchSorted",
      "values of shape \(values.shape) in sequences of shape \(shape); expected a vector, or equal shapes but for the last "
        + "axis")
    let dtype = DType.promoted(ordered.dtype, values.dtype)
    let (sequence, targets) = (ordered.to(dtype).contiguous, values.to(dtype).contiguous)
    let result = Tensor(uninitialized: values.shape, .int64)
    let n = shape[rank - 1]
    let rows = isShared ? 1 : shape.dropLast().reduce(1, *)
    withExtendedLifetime((sequence, targets)) {
      Kernels.search(
        dtype.kind, right: right, rows: rows, n, step: n, sequence.data,
        rows == 0 ? 0 : targets.elementCount / rows, targets.data, result.freshData.of(Int64.self))
    }
    return result
  }

  /// The bucket of each element between ordered boundaries b: the i with b[i − 1] < x ≤ b[i], or, with `right`, b[i − 1] ≤ x
  /// < b[i]; 0 before the first boundary, and their number after the last. Shape kept, `.int64`. O(log n) an element.
  public func bucketize(_ boundaries: Tensor, right: Bool = false) -> Tensor {
    require(boundaries.rank == 1, "bucketize", "boundaries of shape \(boundaries.shape); expected a vector")
    return boundaries.searchSorted(value, right: right)
  }

  /// Whether each element is one of those given, of any shape, or, with `invert`, whether it is not. NaN equals nothing.
  /// Shape kept, `.bool`. O((n + m)·log m) for n elements and m given.
  public func isIn(_ elements: Tensor, invert: Bool = false) -> Tensor {
    let (x, given) = Tensor.promoted(value, elements)
    let flat = given.flattened()
    let numbers = flat.maskedSelect(flat .== flat).sorted()
    let places = numbers.searchSorted(x)
    guard numbers.elementCount > 0 else { return Tensor.full(shape, invert) }
    let candidates = numbers.take(Tensor.minimum(places, Tensor(numbers.elementCount - 1)))
    return invert ? candidates .!= x : candidates .== x
  }
}
