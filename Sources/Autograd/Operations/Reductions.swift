import Tensors

/// Reductions: [..] → the shape without `axes`, or with size 1 there (`keepDims`); nil means all axes.
extension Variable {
  /// y = Σ x.  ∂L/∂x = g, repeated.
  public func sum(axes: [Int]? = nil, keepDims: Bool = false) -> Variable {
    let (shape, kept) = (shape, shape.reduced(shape.resolve(reduced: axes, "sum"), keepDims: true))
    return Variable.record("sum", value.sum(axes: axes, keepDims: keepDims), self) {
      $0.reshaped(kept).expanded(shape)
    }
  }
  /// Σ x along one axis.
  public func sum(axis: Int, keepDims: Bool = false) -> Variable { sum(axes: [axis], keepDims: keepDims) }

  /// y = Σ x / n.  ∂L/∂x = g/n, repeated.
  public func mean(axes: [Int]? = nil, keepDims: Bool = false) -> Variable {
    let count = value.elementCount(along: shape.resolve(reduced: axes, "mean"))
    return sum(axes: axes, keepDims: keepDims) / Double(count)
  }
  /// Σ x / n along one axis.
  public func mean(axis: Int, keepDims: Bool = false) -> Variable { mean(axes: [axis], keepDims: keepDims) }

  /// y = max x.  ∂L/∂x = g at the maximum, shared evenly among equal ones. What PyTorch calls `amax`;
  /// ``maxWithIndices(axis:keepDims:)`` gives the places too, and the whole gradient to the first.
  public func max(axes: [Int]? = nil, keepDims: Bool = false) -> Variable {
    extremum("max", value.max(axes: axes, keepDims: true), axes, keepDims)
  }
  /// max x along one axis.
  public func max(axis: Int, keepDims: Bool = false) -> Variable { max(axes: [axis], keepDims: keepDims) }

  /// y = min x.  ∂L/∂x = g at the minimum, shared evenly among equal ones. What PyTorch calls `amin`.
  public func min(axes: [Int]? = nil, keepDims: Bool = false) -> Variable {
    extremum("min", value.min(axes: axes, keepDims: true), axes, keepDims)
  }
  /// min x along one axis.
  public func min(axis: Int, keepDims: Bool = false) -> Variable { min(axes: [axis], keepDims: keepDims) }

  /// The median of all elements, of an even number of them the lower of the middle two; NaN if there is one. [..] →
  /// [].  ∂L/∂x = g at the median, shared evenly among equal ones.
  public func median() -> Variable {
    extremum("median", value.median().reshaped(shape.reduced(Array(0..<rank), keepDims: true)), nil, false)
  }

  /// The median of all elements that are not NaN; NaN if there is none. [..] → [].  ∂L/∂x = g at the median, shared
  /// evenly among equal ones.
  public func nanMedian() -> Variable {
    extremum("nanMedian", value.nanMedian().reshaped(shape.reduced(Array(0..<rank), keepDims: true)), nil, false)
  }

  /// One element's value, with size 1 at the axes; the gradient is shared evenly among those that equal it.
  private func extremum(_ name: StaticString, _ kept: Tensor, _ axes: [Int]?, _ keepDims: Bool) -> Variable {
    let resolved = shape.resolve(reduced: axes, "\(name)")
    let result = kept.reshaped(shape.reduced(resolved, keepDims: keepDims))
    let x = value
    return Variable.record(name, result, self) { g in
      // NaN equals nothing, itself included.
      let hits = ((x .== kept) .| (x.isNaN() .& kept.isNaN())).to(x.dtype)
      return g.reshaped(kept.shape) * Variable(hits / hits.sum(axes: resolved, keepDims: true))
    }
  }

  /// The first index of the largest element along an axis, as `.int64`. Not differentiable.
  public func argmax(axis: Int, keepDims: Bool = false) -> Tensor { value.argmax(axis: axis, keepDims: keepDims) }

  /// The first index of the largest of all elements in row-major order, as `.int64`. Not differentiable.
  public func argmax(keepDims: Bool = false) -> Tensor { value.argmax(keepDims: keepDims) }

  /// The first index of the smallest element along an axis, as `.int64`. Not differentiable.
  public func argmin(axis: Int, keepDims: Bool = false) -> Tensor { value.argmin(axis: axis, keepDims: keepDims) }

  /// The first index of the smallest of all elements in row-major order, as `.int64`. Not differentiable.
  public func argmin(keepDims: Bool = false) -> Tensor { value.argmin(keepDims: keepDims) }
}

package let reductionProbes: [Probe] = [
  Probe("sum", [.init([2, 3])]) { $0[0].sum() },
  Probe("sum axis 0", [.init([2, 3])]) { $0[0].sum(axis: 0) },
  Probe("sum axes keepDims", [.init([2, 3, 4])]) { $0[0].sum(axes: [0, -1], keepDims: true) },
  Probe("mean", [.init([2, 3])]) { $0[0].mean() },
  Probe("mean axis", [.init([2, 3, 2])]) { $0[0].mean(axis: 1) },
  Probe("max", [.init([7], distinct: true)]) { $0[0].max() },
  Probe("max axis", [.init([3, 4], distinct: true)]) { $0[0].max(axis: 1) },
  Probe("min axis", [.init([3, 4], distinct: true)]) { $0[0].min(axis: 0, keepDims: true) },
  Probe("median", [.init([2, 3], distinct: true)]) { $0[0].median() },
  Probe("nanMedian", [.init([6], distinct: true)]) { $0[0].nanMedian() },
]
