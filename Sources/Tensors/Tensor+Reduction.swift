import Kernels

/// Reductions over one axis, several, or all (`axes: nil`), negative axes counted from the last. `keepDims` leaves the
/// reduced axes in place with size 1.
extension Tensor {
  /// Σ x. Blocked: the rounding error grows with the number of blocks, not of elements. Integers and `.bool` give
  /// `.int64`. An empty sum is 0.
  public func sum(axes: [Int]? = nil, keepDims: Bool = false) -> Tensor {
    let x = dtype.isFloatingPoint || dtype == .int64 ? self : to(.int64)
    return x.reduced(.sum, "sum", axes, keepDims)
  }
  /// Σ x along one axis.
  public func sum(axis: Int, keepDims: Bool = false) -> Tensor { sum(axes: [axis], keepDims: keepDims) }

  /// The mean; NaN of nothing. Integers become `.float32` first.
  public func mean(axes: [Int]? = nil, keepDims: Bool = false) -> Tensor {
    let x = dtype.isFloatingPoint ? self : to(.float32)
    let count = shape.resolve(axes: axes, "mean").reduce(1) { $0 * shape[$1] }
    return x.sum(axes: axes, keepDims: keepDims) / Double(count)
  }
  /// The mean along one axis.
  public func mean(axis: Int, keepDims: Bool = false) -> Tensor { mean(axes: [axis], keepDims: keepDims) }

  /// The product. Integers and `.bool` give `.int64`.
  public func prod(axes: [Int]? = nil, keepDims: Bool = false) -> Tensor {
    let x = dtype.isFloatingPoint || dtype == .int64 ? self : to(.int64)
    return x.reduced(.product, "prod", axes, keepDims)
  }
  /// The product along one axis.
  public func prod(axis: Int, keepDims: Bool = false) -> Tensor { prod(axes: [axis], keepDims: keepDims) }

  /// The largest element; NaN if there is one. Nothing has no maximum: an empty axis stops the program.
  public func max(axes: [Int]? = nil, keepDims: Bool = false) -> Tensor { extremum(.maximum, "max", axes, keepDims) }
  /// The largest element along one axis.
  public func max(axis: Int, keepDims: Bool = false) -> Tensor { max(axes: [axis], keepDims: keepDims) }
  /// The smallest element; NaN if there is one. An empty axis stops the program.
  public func min(axes: [Int]? = nil, keepDims: Bool = false) -> Tensor { extremum(.minimum, "min", axes, keepDims) }
  /// The smallest element along one axis.
  public func min(axis: Int, keepDims: Bool = false) -> Tensor { min(axes: [axis], keepDims: keepDims) }

  /// The first index of the largest element along an axis, as `.int64`; NaN counts as largest.
  public func argmax(axis: Int, keepDims: Bool = false) -> Tensor {
    let axis = shape.resolve(axis: axis, "argmax")
    requireNonempty("argmax", [axis])
    let rows = movedAxis(from: axis, to: rank - 1).contiguous
    let result = Tensor(uninitialized: shape.reduced([axis], keepDims: keepDims), .int64)
    let (n, x, y, kind) = (shape[axis], rows.data, result.freshData.of(Int64.self), dtype.kind)
    withExtendedLifetime(rows) {
      parallel(result.elementCount, grain: Swift.max(1, elementwiseGrain / n)) { r in
        Kernels.argMaxRows(kind, r.count, n, x + r.lowerBound * n * kind.size, y + r.lowerBound)
      }
    }
    return result
  }

  /// The first index of the largest of all elements in row-major order, as an `.int64` scalar.
  public func argmax() -> Tensor { flattened().argmax(axis: 0) }
  /// The first index of the smallest element along an axis, as `.int64`; NaN counts as smallest.
  public func argmin(axis: Int, keepDims: Bool = false) -> Tensor {
    (dtype.isFloatingPoint ? -self : -1 - to(.int64)).argmax(axis: axis, keepDims: keepDims)
  }

  private func extremum(_ reduction: Reduction, _ name: String, _ axes: [Int]?, _ keepDims: Bool) -> Tensor {
    requireNonempty(name, shape.resolve(axes: axes, name))
    return reduced(reduction, name, axes, keepDims)
  }

  private func requireNonempty(_ name: String, _ axes: [Int]) {
    for axis in axes {
      require(shape[axis] > 0, name, "shape \(shape) has no elements along axis \(axis); expected at least one")
    }
  }

  /// Moves the reduced axes together if they are not neighbours, then reduces [outer, n, inner] to [outer, inner].
  private func reduced(_ reduction: Reduction, _ name: String, _ axes: [Int]?, _ keepDims: Bool) -> Tensor {
    let axes = shape.resolve(axes: axes, name).sorted()
    let result = Tensor(uninitialized: shape.reduced(axes, keepDims: keepDims), dtype)
    guard let first = axes.first else { return self }
    let areNeighbours = axes == Array(first..<first + axes.count)
    let source = (areNeighbours ? self : permuted((0..<rank).filter { !axes.contains($0) } + axes)).contiguous
    let start = areNeighbours ? first : rank - axes.count
    let sizes = source.shape
    let (outer, n) = (sizes[..<start].reduce(1, *), sizes[start..<start + axes.count].reduce(1, *))
    let inner = sizes[(start + axes.count)...].reduce(1, *)
    withExtendedLifetime(source) {
      Kernels.reduce(reduction, dtype.kind, outer: outer, n, inner: inner, source.data, result.freshData)
    }
    return result
  }

  /// The sum of broadcast copies: reduces to `shape`, which this tensor's shape was broadcast from.
  package func summed(to shape: Shape) -> Tensor {
    if self.shape == shape { return self }
    let extra = rank - shape.rank
    let axes = (0..<rank).filter { $0 < extra || (shape[$0 - extra] == 1 && self.shape[$0] != 1) }
    return sum(axes: axes, keepDims: true).reshaped(shape)
  }
}
