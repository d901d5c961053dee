import Kernels

/// Different elements or slices, and how they came.
public struct UniqueElements: Sendable {
  /// The different ones.
  public let values: Tensor
  /// For each element, or slice, its place among the different ones, `.int64`.
  public let inverse: Tensor
  /// How often each of the different ones came, `.int64`.
  public let counts: Tensor
}

/// Elements or slices without repetitions. NaN equals nothing, not itself either. Not differentiable.
extension TensorProtocol {
  /// The different elements in order as a vector, the inverse of this tensor's shape, and the counts. O(n).
  ///
  /// PyTorch's `unique`, whose `sorted=False` promises no order.
  public func unique() -> UniqueElements {
    let flat = value.flattened()
    let found = flat.runs(in: flat.argsort())
    return UniqueElements(values: found.values, inverse: found.inverse.reshaped(shape), counts: found.counts)
  }

  /// The different slices along an axis in lexicographic order, where each slice is among them, and the counts.
  /// O(n log n) comparisons of slices.
  public func unique(axis: Int) -> UniqueElements {
    let (axis, slices) = value.alongFirst("unique", axis)
    return slices.runs(in: slices.lexicographicOrder()).moved(to: axis)
  }

  /// The elements as a vector without those that equal the one before, the inverse of this tensor's shape, and the lengths of
  /// the runs.
  public func uniqueConsecutive() -> UniqueElements {
    let flat = value.flattened()
    let found = flat.runs(in: Tensor.arange(flat.elementCount))
    return UniqueElements(values: found.values, inverse: found.inverse.reshaped(shape), counts: found.counts)
  }

  /// The slices along an axis without those that equal the one before, where each slice is among them, and the lengths of
  /// the runs.
  public func uniqueConsecutive(axis: Int) -> UniqueElements {
    let (axis, slices) = value.alongFirst("uniqueConsecutive", axis)
    return slices.runs(in: Tensor.arange(slices.shape[0])).moved(to: axis)
  }
}

extension UniqueElements {
  /// With the first axis of the values in its place.
  fileprivate func moved(to axis: Int) -> UniqueElements {
    UniqueElements(values: values.movedAxis(from: 0, to: axis).contiguous, inverse: inverse, counts: counts)
  }
}

extension Tensor {
  /// The axis counted from the front, and this tensor with it in front.
  fileprivate func alongFirst(_ name: String, _ axis: Int) -> (axis: Int, slices: Tensor) {
    guard let axis = shape.resolve(line: axis, name) else { return (0, reshaped([1])) }
    return (axis, movedAxis(from: axis, to: 0).contiguous)
  }

  /// The places of the slices along the first axis in lexicographic order; equal slices keep theirs.
  fileprivate func lexicographicOrder() -> Tensor {
    let (rows, result) = (contiguous, Tensor(uninitialized: [shape[0]], .int64))
    withExtendedLifetime(rows) {
      Kernels.orderRows(
        dtype.kind, shape[0], shape[1...].reduce(1, *), rows.data, result.freshData.of(Int64.self))
    }
    return result
  }

  /// Runs of equal slices along the first axis, taken in an order.
  fileprivate func runs(in order: Tensor) -> UniqueElements {
    let ordered = indexSelect(index: order)
    let isFirst = ordered.differsFromPrevious()
    let starts = isFirst.nonzeroPositions()[0]
    let ends = Tensor.concatenate([starts[1...], Tensor([shape[0]])])[..<starts.elementCount]
    let places = isFirst.cumsum(axis: 0) - 1
    let inverse = places.zerosLike().scatter(axis: 0, index: order, source: places)
    return UniqueElements(values: ordered.indexSelect(index: starts), inverse: inverse, counts: ends - starts)
  }

  /// Whether each slice along the first axis differs from the one before; the first does.
  private func differsFromPrevious() -> Tensor {
    let n = shape[0]
    if n == 0 { return Tensor([Bool]()) }
    let rows = reshaped(Shape([n, elementCount / n]))
    let differences = (rows[1...] .!= rows[..<(n - 1)]).sum(axis: 1) .> 0
    return Tensor.concatenate([Tensor([true]), differences])
  }
}
