/// Changes of shape. Each is a view of the same memory where strides can express it; ``reshaped(_:)`` copies otherwise.
extension Tensor {
  package func view(_ shape: Shape, _ strides: AxisValues, offset: Int? = nil) -> Tensor {
    Tensor(storage: storage, shape: shape, strides: strides, offset: offset ?? self.offset, dtype: dtype)
  }

  /// The same elements in row-major order under another shape; one size may be −1 and is inferred.
  public func reshaped(_ sizes: [Int]) -> Tensor {
    let wildcards = sizes.indices.filter { sizes[$0] == -1 }
    guard let wildcard = wildcards.first else { return reshaped(Shape(sizes)) }
    require(wildcards.count == 1, "reshape", "sizes \(sizes) have \(wildcards.count) times -1; expected one at most")
    let known = sizes.enumerated().filter { $0.offset != wildcard }.map(\.element).reduce(1, *)
    require(
      known != 0 && elementCount % known == 0, "reshape",
      "shape \(shape) has \(elementCount) elements, which the sizes \(sizes) do not divide")
    var inferred = sizes
    inferred[wildcard] = elementCount / known
    return reshaped(Shape(inferred))
  }

  /// The same elements in row-major order under another shape of as many elements.
  public func reshaped(_ shape: Shape) -> Tensor {
    if shape == self.shape { return self }
    require(
      shape.elementCount == elementCount, "reshape",
      "shape \(self.shape) has \(elementCount) elements, \(shape) has \(shape.elementCount); expected as many")
    if isContiguous { return view(shape, shape.contiguousStrides) }
    return copied().view(shape, shape.contiguousStrides, offset: 0)
  }

  /// Axes `start` through `end` as one. A scalar becomes [1].
  public func flattened(from start: Int = 0, through end: Int = -1) -> Tensor {
    if rank == 0 { return reshaped([1]) }
    let (first, last) = (shape.resolve(axis: start, "flatten"), shape.resolve(axis: end, "flatten"))
    require(first <= last, "flatten", "axis \(start) comes after axis \(end) in shape \(shape)")
    let middle = shape[first...last].reduce(1, *)
    return reshaped(Shape(Array(shape[..<first]) + [middle] + Array(shape[(last + 1)...])))
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

  /// One axis moved to another place, the others in order.
  public func movedAxis(from: Int, to: Int) -> Tensor {
    let (source, target) = (shape.resolve(axis: from, "movedAxis"), shape.resolve(axis: to, "movedAxis"))
    if source == target { return self }
    var order = Array(0..<rank)
    order.insert(order.remove(at: source), at: target)
    return permuted(order)
  }

  /// A new axis of size 1 before `axis` (−1 appends one).
  public func unsqueezed(axis: Int) -> Tensor {
    let at = shape.resolve(axis: axis, "unsqueeze", extra: 1)
    var (sizes, steps) = (shape.sizes.array, strides.array)
    sizes.insert(1, at: at)
    steps.insert(at < rank ? strides[at] * shape.sizes[at] : 1, at: at)
    return view(Shape(sizes), AxisValues(steps))
  }

  /// Without this axis, if its size is 1; unchanged otherwise.
  public func squeezed(axis: Int) -> Tensor {
    let axis = shape.resolve(axis: axis, "squeeze")
    return shape.sizes[axis] == 1 ? dropping { $0 == axis } : self
  }

  /// Without any axis of size 1.
  public func squeezed() -> Tensor { dropping { self.shape.sizes[$0] == 1 } }

  private func dropping(_ isDropped: (Int) -> Bool) -> Tensor {
    let kept = (0..<rank).filter { !isDropped($0) }
    return view(Shape(kept.map { shape.sizes[$0] }), AxisValues(kept.map { strides[$0] }))
  }

  /// Repeated along axes of size 1, and along new leading axes, to `shape`, without copying.
  public func expanded(_ shape: Shape) -> Tensor {
    if shape == self.shape { return self }
    require(
      rank <= shape.rank && Shape.broadcast(self.shape, shape, "expand") == shape, "expand",
      "shape \(self.shape) does not expand to \(shape); expected each size equal or 1")
    return view(shape, broadcastStrides(to: shape))
  }
}
