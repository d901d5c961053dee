/// Changes of shape: the same elements under other sizes. A tensor's result is a view of its memory wherever strides can
/// express it; a variable's gradient takes the way back.
extension TensorProtocol {
  /// The same elements in row-major order under other sizes, one of which may be −1 and is inferred.
  public func reshaped(_ sizes: [Int]) -> Self { reshaped(shape.inferring(sizes, "reshape")) }

  /// Axes `start` through `end` as one. A scalar becomes [1].
  public func flattened(from start: Int = 0, through end: Int = -1) -> Self {
    if rank == 0 { return reshaped([1] as Shape) }
    let (first, last) = (shape.resolve(axis: start, "flatten"), shape.resolve(axis: end, "flatten"))
    require(first <= last, "flatten", "axis \(start) comes after axis \(end) in shape \(shape); expected it before")
    let middle = shape[first...last].reduce(1, *)
    return reshaped(Shape(Array(shape[..<first]) + [middle] + shape[(last + 1)...]))
  }

  /// An axis as several, whose sizes multiply to its size; one of them may be −1 and is inferred.
  ///
  /// [.., n₁·n₂·…, ..] → [.., n₁, n₂, …, ..]: undoes ``flattened(from:through:)``.
  public func unflattened(axis: Int, into sizes: [Int]) -> Self {
    let axis = shape.resolve(axis: axis, "unflattened")
    let parts = Shape([shape[axis]]).inferring(sizes, "unflattened")
    require(
      parts.elementCount == shape[axis], "unflattened",
      "sizes \(sizes) for axis \(axis) of shape \(shape); expected sizes whose product is \(shape[axis])")
    return reshaped(Shape(Array(shape[..<axis]) + parts + shape[(axis + 1)...]))
  }

  /// A new axis of size 1 before `axis` (−1 appends one).
  public func unsqueezed(axis: Int) -> Self {
    var sizes = Array(shape)
    sizes.insert(1, at: shape.resolve(axis: axis, "unsqueeze", extra: 1))
    return reshaped(Shape(sizes))
  }

  /// Without this axis, if its size is 1; unchanged otherwise.
  public func squeezed(axis: Int) -> Self { squeezed(axes: [axis]) }

  /// Without those of these axes whose size is 1.
  public func squeezed(axes: [Int]) -> Self {
    let axes = shape.resolve(axes: axes, "squeeze")
    return reshaped(Shape((0..<rank).filter { shape[$0] != 1 || !axes.contains($0) }.map { shape[$0] }))
  }

  /// Without any axis of size 1.
  public func squeezed() -> Self { reshaped(Shape(shape.filter { $0 != 1 })) }

  /// With leading axes of size 1, if need be, to at least one axis: a scalar becomes [1].
  public func atLeast1D() -> Self { rank == 0 ? reshaped([1] as Shape) : self }

  /// With axes of size 1, if need be, to at least two: a vector becomes a row, [n] → [1, n].
  public func atLeast2D() -> Self { rank < 2 ? atLeast1D().unsqueezed(axis: 0) : self }

  /// With axes of size 1, if need be, to at least three: [n] → [1, n, 1] and [n, m] → [n, m, 1].
  public func atLeast3D() -> Self { rank < 3 ? atLeast2D().unsqueezed(axis: -1) : self }

  /// One axis moved to another place, the others in order.
  public func movedAxis(from: Int, to: Int) -> Self {
    let (source, target) = (shape.resolve(axis: from, "movedAxis"), shape.resolve(axis: to, "movedAxis"))
    if source == target { return self }
    var order = Array(0..<rank)
    order.insert(order.remove(at: source), at: target)
    return permuted(order)
  }

  /// Axes moved to other places: axis `sources[i]` becomes axis `targets[i]`, the others stay in order.
  public func movedAxes(from sources: [Int], to targets: [Int]) -> Self {
    require(
      sources.count == targets.count, "movedAxes", "axes \(sources) to \(targets); expected as many places as axes")
    let (from, to) = (shape.resolve(axes: sources, "movedAxes"), shape.resolve(axes: targets, "movedAxes"))
    var others = (0..<rank).filter { !from.contains($0) }.makeIterator()
    return permuted((0..<rank).compactMap { axis in to.firstIndex(of: axis).map { from[$0] } ?? others.next() })
  }
}

extension Shape {
  /// The shape of as many elements with these sizes, one of which may be −1.
  fileprivate func inferring(_ sizes: [Int], _ operation: String) -> Shape {
    guard let wildcard = sizes.firstIndex(of: -1) else { return Shape(sizes) }
    let count = sizes.count { $0 == -1 }
    require(count == 1, operation, "sizes \(sizes) have \(count) times -1; expected one at most")
    var inferred = sizes
    inferred[wildcard] = 1
    let known = inferred.reduce(1, *)
    require(
      known != 0 && elementCount % known == 0, operation,
      "shape \(self) has \(elementCount) elements for the sizes \(sizes); expected the sizes to divide them")
    inferred[wildcard] = elementCount / known
    return Shape(inferred)
  }
}
