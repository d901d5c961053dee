/// Reductions composed of others. `axes` may be one axis, several, or all (nil); `keepDims` leaves them with size 1. A
/// scalar counts as having one axis.
extension TensorProtocol {
  /// The largest elements along an axis, and their indices, as `.int64`; of equal ones the first. […, n, …] → […, …]
  /// twice. ∂L/∂x = g at these indices, 0 elsewhere.
  ///
  /// NaN beats every number. ``max(axes:keepDims:)`` shares the gradient evenly among equal elements instead. An empty
  /// axis stops the program.
  public func maxWithIndices(axis: Int, keepDims: Bool = false) -> (values: Self, indices: Tensor) {
    requireLines("maxWithIndices", axis)
    return picked("maxWithIndices", axis, value.argmax(axis: axis, keepDims: true), keepDims)
  }

  /// The smallest elements along an axis, and their indices, as `.int64`; of equal ones the first. […, n, …] → […, …]
  /// twice. ∂L/∂x = g at these indices, 0 elsewhere.
  ///
  /// NaN beats every number. ``min(axes:keepDims:)`` shares the gradient evenly among equal elements instead. An empty
  /// axis stops the program.
  public func minWithIndices(axis: Int, keepDims: Bool = false) -> (values: Self, indices: Tensor) {
    requireLines("minWithIndices", axis)
    return picked("minWithIndices", axis, value.argmin(axis: axis, keepDims: true), keepDims)
  }

  /// Stops the program unless lines along an axis have elements.
  func requireLines(_ name: String, _ axis: Int) {
    value.requireNonempty(name, shape.resolve(reduced: [axis], name))
  }

  /// The elements at one index a line, which has size 1 along the axis, and the index.
  func picked(
    _ name: String, _ axis: Int, _ index: Tensor, _ keepDims: Bool
  ) -> (values: Self, indices: Tensor) {
    if rank == 0 { return (self, index) }
    let reduced = shape.reduced([shape.resolve(axis: axis, name)], keepDims: keepDims)
    return (gather(axis: axis, index: index).reshaped(reduced), index.reshaped(reduced))
  }

  /// The smallest and the largest element over these axes. [..] → [..] twice. The gradient is shared evenly among equal
  /// elements. NaN if there is one; nothing has neither, so that an empty axis stops the program.
  public func minMax(axes: [Int]? = nil, keepDims: Bool = false) -> (min: Self, max: Self) {
    (min(axes: axes, keepDims: keepDims), max(axes: axes, keepDims: keepDims))
  }
  /// The smallest and the largest element along one axis.
  public func minMax(axis: Int, keepDims: Bool = false) -> (min: Self, max: Self) {
    minMax(axes: [axis], keepDims: keepDims)
  }

  /// Σ x of the elements converted to a dtype, which is the result's.
  public func sum(axes: [Int]? = nil, keepDims: Bool = false, dtype: DType) -> Self {
    to(dtype).sum(axes: axes, keepDims: keepDims).to(dtype)
  }
  /// Σ x along one axis of the elements converted to a dtype, which is the result's.
  public func sum(axis: Int, keepDims: Bool = false, dtype: DType) -> Self {
    sum(axes: [axis], keepDims: keepDims, dtype: dtype)
  }
  /// The mean of the elements converted to a floating-point dtype.
  public func mean(axes: [Int]? = nil, keepDims: Bool = false, dtype: DType) -> Self {
    require(dtype.isFloatingPoint, "mean", "dtype \(dtype); expected float32 or float64")
    return to(dtype).mean(axes: axes, keepDims: keepDims)
  }
  /// The mean along one axis of the elements converted to a floating-point dtype.
  public func mean(axis: Int, keepDims: Bool = false, dtype: DType) -> Self {
    mean(axes: [axis], keepDims: keepDims, dtype: dtype)
  }
  /// Π x of the elements converted to a dtype, which is the result's.
  public func prod(axes: [Int]? = nil, keepDims: Bool = false, dtype: DType) -> Self {
    to(dtype).prod(axes: axes, keepDims: keepDims).to(dtype)
  }
  /// Π x along one axis of the elements converted to a dtype, which is the result's.
  public func prod(axis: Int, keepDims: Bool = false, dtype: DType) -> Self {
    prod(axes: [axis], keepDims: keepDims, dtype: dtype)
  }

  /// Σ x over the elements that are not NaN; 0 of nothing. Integers and `.bool` give `.int64`.  ∂L/∂x = g, 0 at NaN.
  public func nanSum(axes: [Int]? = nil, keepDims: Bool = false) -> Self {
    withoutNaN.sum(axes: axes, keepDims: keepDims)
  }
  /// Σ x over the elements along one axis that are not NaN.
  public func nanSum(axis: Int, keepDims: Bool = false) -> Self { nanSum(axes: [axis], keepDims: keepDims) }

  /// The mean of the elements that are not NaN; NaN of nothing. Integers become `.float32`.  ∂L/∂x = g/m, 0 at NaN, m
  /// the number of the others.
  public func nanMean(axes: [Int]? = nil, keepDims: Bool = false) -> Self {
    let x = asFloatingPoint
    let count = (x.value .== x.value).sum(axes: axes, keepDims: keepDims)
    return x.nanSum(axes: axes, keepDims: keepDims) / Self(count.to(x.dtype))
  }
  /// The mean of the elements along one axis that are not NaN.
  public func nanMean(axis: Int, keepDims: Bool = false) -> Self { nanMean(axes: [axis], keepDims: keepDims) }

  private var withoutNaN: Self {
    dtype.isFloatingPoint ? Self.where(value .== value, self, constant(0)) : self
  }
}

/// Reductions to truth values and counts, as plain tensors: nothing flows back.
extension TensorProtocol {
  /// Whether all elements over these axes are nonzero, as `.bool`; true of nothing. NaN counts as nonzero.
  public func all(axes: [Int]? = nil, keepDims: Bool = false) -> Tensor {
    let count = value.elementCount(along: shape.resolve(reduced: axes, "all"))
    return value.nonzeroCount("all", axes, keepDims) .== count
  }
  /// Whether all elements along one axis are nonzero.
  public func all(axis: Int, keepDims: Bool = false) -> Tensor { all(axes: [axis], keepDims: keepDims) }

  /// Whether any element over these axes is nonzero, as `.bool`; false of nothing. NaN counts as nonzero.
  public func any(axes: [Int]? = nil, keepDims: Bool = false) -> Tensor {
    value.nonzeroCount("any", axes, keepDims) .!= 0
  }
  /// Whether any element along one axis is nonzero.
  public func any(axis: Int, keepDims: Bool = false) -> Tensor { any(axes: [axis], keepDims: keepDims) }

  /// The number of elements over these axes that are nonzero, as `.int64`. NaN counts as nonzero.
  public func countNonzero(axes: [Int]? = nil, keepDims: Bool = false) -> Tensor {
    value.nonzeroCount("countNonzero", axes, keepDims)
  }
  /// The number of nonzero elements along one axis.
  public func countNonzero(axis: Int, keepDims: Bool = false) -> Tensor {
    countNonzero(axes: [axis], keepDims: keepDims)
  }
}
