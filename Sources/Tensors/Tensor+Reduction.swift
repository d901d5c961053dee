import Kernels

/// Reductions over one axis, several, or all (`axes: nil`), negative axes counted from the last. `keepDims` leaves the
/// reduced axes in place with size 1. A scalar counts as having one axis. Views are reduced where they stand if
/// elements along some axis are neighbours in memory; others are copied first.
extension Tensor {
  /// Σ x. Blocked: of n elements at most (n/128 + 64) ε·Σ|x| away from the sum. Integers and `.bool` give `.int64`. An
  /// empty sum is 0.
  public func sum(axes: [Int]? = nil, keepDims: Bool = false) -> Tensor {
    let x = dtype.isFloatingPoint || dtype == .int64 ? self : to(.int64)
    return x.reduced(.sum, "sum", axes, keepDims)
  }
  /// Σ x along one axis.
  public func sum(axis: Int, keepDims: Bool = false) -> Tensor { sum(axes: [axis], keepDims: keepDims) }

  /// The mean; NaN of nothing. Integers become `.float32` first.
  public func mean(axes: [Int]? = nil, keepDims: Bool = false) -> Tensor {
    let x = asFloatingPoint
    let count = elementCount(along: shape.resolve(reduced: axes, "mean"))
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

  /// The largest element; NaN if there is one. Nothing has no maximum: an empty axis stops the program. What PyTorch
  /// calls `amax`; ``maxWithIndices(axis:keepDims:)`` gives the places too.
  public func max(axes: [Int]? = nil, keepDims: Bool = false) -> Tensor { extremum(.maximum, "max", axes, keepDims) }
  /// The largest element along one axis.
  public func max(axis: Int, keepDims: Bool = false) -> Tensor { max(axes: [axis], keepDims: keepDims) }
  /// The smallest element; NaN if there is one. An empty axis stops the program. What PyTorch calls `amin`.
  public func min(axes: [Int]? = nil, keepDims: Bool = false) -> Tensor { extremum(.minimum, "min", axes, keepDims) }
  /// The smallest element along one axis.
  public func min(axis: Int, keepDims: Bool = false) -> Tensor { min(axes: [axis], keepDims: keepDims) }

  /// ln Σ eˣ, shifted by the maximum so that nothing overflows; −inf where all elements are −inf, and of nothing.
  /// Floating point only.
  public func logSumExp(axes: [Int]? = nil, keepDims: Bool = false) -> Tensor {
    requireFloatingPoint("logSumExp")
    return foldedAxes(shape.resolve(reduced: axes, "logSumExp"), keepDims) { $0.logSumExp(along: $1) }
  }
  /// ln Σ eˣ along one axis.
  public func logSumExp(axis: Int, keepDims: Bool = false) -> Tensor { logSumExp(axes: [axis], keepDims: keepDims) }

  /// The number of nonzero elements, as `.int64`.
  func nonzeroCount(_ name: String, _ axes: [Int]?, _ keepDims: Bool) -> Tensor {
    let axes = shape.resolve(reduced: axes, name)
    if axes.isEmpty { return (self .!= 0).to(.int64) }
    var isFirst = true
    return foldedAxes(axes, keepDims) { x, axis in
      defer { isFirst = false }
      if !isFirst { return x.sum(axis: axis, keepDims: true) }
      return x.perLine(axis, .int64) { lines, x, y in
        Kernels.countNonzero(self.dtype.kind, lines, x, y.of(Int64.self))
      }
    }
  }

  private func extremum(_ reduction: Reduction, _ name: String, _ axes: [Int]?, _ keepDims: Bool) -> Tensor {
    requireNonempty(name, shape.resolve(reduced: axes, name))
    return reduced(reduction, name, axes, keepDims)
  }

  private func reduced(_ reduction: Reduction, _ name: String, _ axes: [Int]?, _ keepDims: Bool) -> Tensor {
    let axes = shape.resolve(reduced: axes, name)
    if let lines = neighbouringLines(axes) {
      return reduced(reduction, lines, to: shape.reduced(axes, keepDims: keepDims))
    }
    return foldedAxes(axes, keepDims) { x, axis in
      x.perLine(axis, x.dtype) { lines, x, y in Kernels.reduce(reduction, self.dtype.kind, lines, x, y) }
    }
  }

  /// The lines along axes that stand side by side in memory without gaps, as most do: what a walk would find, in less time
  /// than a small reduction takes. Nil for other axes, and lines of no or one element.
  private func neighbouringLines(_ axes: [Int]) -> Lines? {
    guard isContiguous, elementCount > 0, let first = axes.min(), let last = axes.max(), last - first < axes.count
    else {
      return nil
    }
    var (outer, n, inner) = (1, 1, 1)
    for axis in 0..<first { outer *= shape.sizes[axis] }
    for axis in first...last { n *= shape.sizes[axis] }
    for axis in last + 1..<rank { inner *= shape.sizes[axis] }
    return n > 1 ? Lines(outer: outer, n, inner: inner) : nil
  }

  /// One element for each line of a gapless tensor.
  private func reduced(_ reduction: Reduction, _ lines: Lines, to shape: Shape) -> Tensor {
    let result = Tensor(uninitialized: shape, dtype)
    withExtendedLifetime(self) {
      let source = LinesOf(data, dtype.kind, group: lines.n * lines.inner, step: lines.inner)
      Kernels.reduce(reduction, dtype.kind, lines, source, result.freshData)
    }
    return result
  }

  private func logSumExp(along axis: Int) -> Tensor {
    perLine(axis, dtype) { lines, x, y in Kernels.logSumExp(dtype.kind, lines, x, y) }
  }

  /// The sum of broadcast copies: reduces to `shape`, which this tensor's shape was broadcast from.
  package func summed(to shape: Shape) -> Tensor {
    let extra = rank - shape.rank
    if extra > 0, isContiguous, shape.elementCount > 0, self.shape.hasSuffix(shape) {
      let copies = elementCount / shape.elementCount
      if copies > 1 { return reduced(.sum, Lines(outer: 1, copies, inner: shape.elementCount), to: shape) }
    }
    let axes = (0..<rank).filter { $0 < extra || (shape[$0 - extra] == 1 && self.shape[$0] != 1) }
    return sum(axes: axes, keepDims: true).reshaped(shape)
  }
}

/// What reductions are made of.
extension Tensor {
  func requireNonempty(_ name: String, _ axes: [Int]) {
    for axis in axes {
      require(shape[axis] > 0, name, "shape \(shape) has no elements along axis \(axis); expected at least one")
    }
  }

  func requireFloatingPoint(_ name: String) {
    require(dtype.isFloatingPoint, name, "dtype \(dtype); expected float32 or float64")
  }

  /// The number of elements that a reduction of these axes combines.
  package func elementCount(along axes: [Int]) -> Int { axes.reduce(1) { $0 * shape[$1] } }

  /// Folds several axes by folding one after the other, which an associative reduction allows: axes that can be merged
  /// count as one, and the ones that stand closest in memory come first, so that the rest works on little.
  func foldedAxes(_ axes: [Int], _ keepDims: Bool, _ fold: (Tensor, Int) -> Tensor) -> Tensor {
    let result = shape.reduced(axes, keepDims: keepDims)
    if axes.isEmpty { return self }
    var (x, left) = mergingAxes(axes)
    while let axis = left.popLast() { x = fold(x, axis) }
    return x.reshaped(result)
  }

  /// A view in which reduced axes that memory runs through evenly are one, and the places of the reduced axes in it,
  /// the closest in memory last. All other axes stay.
  private func mergingAxes(_ axes: [Int]) -> (Tensor, [Int]) {
    var order = axes.sorted { strides[$0].magnitude > strides[$1].magnitude }
    guard order.count > 1 else { return (self, order) }
    var (sizes, steps) = (shape.sizes, strides)
    for (outer, inner) in zip(order, order.dropFirst()) where steps[outer] == steps[inner] * sizes[inner] {
      (sizes[inner], sizes[outer], steps[outer]) = (sizes[outer] * sizes[inner], 1, 0)
    }
    order.removeAll { sizes[$0] == 1 }
    return (view(Shape(sizes: sizes), steps), order.isEmpty ? [axes[0]] : order)
  }

  /// A result of one element for each line along an axis, with size 1 there, which `kernel` computes from runs of
  /// lines.
  func perLine(_ axis: Int, _ dtype: DType, _ kernel: (Lines, LinesOf, UnsafeMutableRawPointer) -> Void) -> Tensor {
    let (result, strides) = perLine(axis, dtype)
    guard let walk = AxisWalk(shape, axis: axis, [self.strides, strides]) else {
      return copied().perLine(axis, dtype, kernel)
    }
    let (x, y) = (data, result.freshData)
    withExtendedLifetime((self, result)) {
      walk.run { lines, at in
        let source = LinesOf(x + at[0].offset * self.dtype.size, self.dtype.kind, group: at[0].group, step: at[0].step)
        kernel(lines, source, y + at[1].offset * dtype.size)
      }
    }
    return result
  }
}

extension Shape {
  /// The axes of a reduction, counted from the front; a scalar's 0 and −1 mean the scalar itself.
  package func resolve(reduced axes: [Int]?, _ operation: String) -> [Int] {
    guard rank == 0, let axes else { return resolve(axes: axes, operation) }
    _ = Shape([1]).resolve(axes: axes, operation)
    return []
  }

  /// The axis of an operation along one axis, counted from the front; nil for a scalar, which has axes 0 and −1.
  package func resolve(line axis: Int, _ operation: String) -> Int? {
    if rank > 0 { return resolve(axis: axis, operation) }
    require(
      axis == 0 || axis == -1, operation, "axis \(axis) is out of range for shape \(self); expected -1..<1")
    return nil
  }
}
