import Kernels

/// Places of extrema. The first of equal ones counts, and NaN beats every number.
extension Tensor {
  /// The first index of the largest element along an axis, as `.int64`; NaN counts as largest.
  public func argmax(axis: Int, keepDims: Bool = false) -> Tensor { extremumIndex("argmax", axis, keepDims, false) }

  /// The first index of the largest of all elements in row-major order, as `.int64`: a scalar, or all sizes 1.
  public func argmax(keepDims: Bool = false) -> Tensor {
    flattened().argmax(axis: 0).reshaped(shape.reduced(Array(0..<rank), keepDims: keepDims))
  }

  /// The first index of the smallest element along an axis, as `.int64`; NaN counts as smallest.
  public func argmin(axis: Int, keepDims: Bool = false) -> Tensor { extremumIndex("argmin", axis, keepDims, true) }

  /// The first index of the smallest of all elements in row-major order, as `.int64`: a scalar, or all sizes 1.
  public func argmin(keepDims: Bool = false) -> Tensor {
    flattened().argmin(axis: 0).reshaped(shape.reduced(Array(0..<rank), keepDims: keepDims))
  }

  private func extremumIndex(_ name: String, _ axis: Int, _ keepDims: Bool, _ minimum: Bool) -> Tensor {
    guard let axis = shape.resolve(line: axis, name) else { return Tensor(0) }
    requireNonempty(name, [axis])
    // Column kernels number rows in 32 bits.
    let x = shape[axis] <= Int32.max ? self : movedAxis(from: axis, to: -1).contiguous.movedAxis(from: -1, to: axis)
    let result = x.perLine(axis, .int64) { lines, source, y in
      Kernels.argMax(minimum: minimum, dtype.kind, lines, source, y.of(Int64.self))
    }
    return result.reshaped(shape.reduced([axis], keepDims: keepDims))
  }
}
