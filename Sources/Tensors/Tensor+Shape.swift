/// Changes of shape. Each is a view of the same memory where strides can express it; ``reshaped(_:)`` copies otherwise.
extension Tensor {
  package func view(_ shape: Shape, _ strides: AxisValues, offset: Int? = nil) -> Tensor {
    Tensor(storage: storage, shape: shape, strides: strides, offset: offset ?? self.offset, dtype: dtype)
  }

  /// The same elements in row-major order under another shape of as many elements.
  public func reshaped(_ shape: Shape) -> Tensor {
    if shape == self.shape { return self }
    require(
      shape.elementCount == elementCount, "reshape",
      "shape \(self.shape) has \(elementCount) elements, \(shape) has \(shape.elementCount); expected as many")
    if isContiguous { return view(shape, shape.contiguousStrides) }
    if let strides = strides(under: shape) { return view(shape, strides) }
    return copied().view(shape, shape.contiguousStrides, offset: 0)
  }

  /// The strides with which the elements, in row-major order, are read under another shape of as many elements, at least
  /// one; nil if no strides do it: if an axis would cross from one even run through memory into another.
  private func strides(under shape: Shape) -> AxisValues? {
    var (result, axis) = (Array(repeating: 1, count: shape.rank), shape.rank - 1)
    func place(_ step: Int) {
      result[axis] = step
      axis -= 1
    }
    for run in evenRuns {
      var (count, step) = run
      while count > 1 {
        let size = shape.sizes[axis]
        if count % size != 0 { return nil }
        place(size == 1 ? shape.unitStride(axis, result) : step)
        (count, step) = (count / size, step * size)
      }
    }
    while axis >= 0 { place(shape.unitStride(axis, result)) }
    return AxisValues(result)
  }

  /// The axes from the last to the first, those merged that together are one even run through memory.
  private var evenRuns: [(count: Int, step: Int)] {
    var runs: [(count: Int, step: Int)] = []
    for axis in (0..<rank).reversed() where shape.sizes[axis] != 1 {
      if let inner = runs.last, strides[axis] == inner.step * inner.count {
        runs[runs.count - 1].count *= shape.sizes[axis]
      } else {
        runs.append((shape.sizes[axis], strides[axis]))
      }
    }
    return runs
  }

  /// The axes in another order: axis i of the result is axis `axes[i]` of this tensor.
  public func permuted(_ axes: [Int]) -> Tensor {
    let order = shape.resolve(axes: axes, "permute")
    require(order.count == rank, "permute", "axes \(axes) for shape \(shape); expected each of its \(rank) axes once")
    return view(Shape(order.map { shape.sizes[$0] }), AxisValues(order.map { strides[$0] }))
  }

  /// Two axes exchanged; by default the last two: the matrix transpose.
  public func transposed(_ a: Int = -2, _ b: Int = -1) -> Tensor {
    let (i, j) = (shape.resolve(axis: a, "transpose"), shape.resolve(axis: b, "transpose"))
    var (sizes, steps) = (shape.sizes, strides)
    (sizes[i], sizes[j]) = (sizes[j], sizes[i])
    (steps[i], steps[j]) = (steps[j], steps[i])
    return view(Shape(sizes: sizes), steps)
  }

  /// Repeated along axes of size 1, and along new leading axes, to `shape`, without copying.
  public func expanded(_ shape: Shape) -> Tensor {
    if shape == self.shape { return self }
    require(
      rank <= shape.rank && Shape.broadcast(self.shape, shape, "expand") == shape, "expand",
      "shape \(self.shape) does not expand to \(shape); expected each size equal or 1")
    return view(shape, broadcastStrides(to: shape))
  }

  /// The windows of `size` elements along an axis, one every `step` elements, as a last axis; a view, in which windows
  /// that overlap share their elements.
  ///
  /// y[…, w, …, k] = x[…, w·step + k, …].  [.., n, ..] → [.., ⌊(n − size)/step⌋ + 1, .., size]. 0 ≤ size ≤ n, step ≥ 1.
  public func unfolded(axis: Int, size: Int, step: Int) -> Tensor {
    let axis = shape.resolve(axis: axis, "unfolded")
    require(
      size >= 0 && size <= shape[axis] && step > 0, "unfolded",
      "size \(size) and step \(step) on axis \(axis) of shape \(shape); expected a size in 0...\(shape[axis]) and a step "
        + "of at least 1")
    var (sizes, steps) = (shape.sizes.array, strides.array)
    sizes[axis] = (shape[axis] - size) / step + 1
    steps[axis] *= step
    return view(Shape(sizes + [size]), AxisValues(steps + [strides[axis]]))
  }
}

extension Shape {
  /// The stride of an axis of size 1, which nobody follows: that of a row-major array with these strides further in.
  fileprivate func unitStride(_ axis: Int, _ strides: [Int]) -> Int {
    axis == rank - 1 ? 1 : strides[axis + 1] * sizes[axis + 1]
  }
}
