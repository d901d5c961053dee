extension Tensor {
  /// The diagonals of two axes, as a last axis; a view.
  ///
  /// y[…, i] = x[…, i, …, i + offset, …] at axis1 and axis2.  [.., n, .., m, ..] → [.., min(n, m − offset)], without the
  /// two axes, for an offset ≥ 0, which is above the main diagonal; [.., min(n + offset, m)] for one below it.
  public func diagonal(offset: Int = 0, axis1: Int = 0, axis2: Int = 1) -> Tensor {
    let (a, b) = shape.resolve(pair: axis1, axis2, "diagonal")
    let (row, column, count) = shape.diagonal(offset, a, b)
    let kept = (0..<rank).filter { $0 != a && $0 != b }
    return view(
      Shape(kept.map { shape[$0] } + [count]), AxisValues(kept.map { strides[$0] } + [strides[a] + strides[b]]),
      offset: self.offset + row * strides[a] + column * strides[b])
  }

  /// Zeros but for this tensor's last axis on the diagonals of two new axes, where ``diagonal(offset:axis1:axis2:)`` finds
  /// it again.
  ///
  /// y[…, i, …, i + offset, …] = x[…, i] at axis1 and axis2.  [.., n] → [.., n + |offset|, .., n + |offset|, ..].
  public func diagEmbed(offset: Int = 0, axis1: Int = -2, axis2: Int = -1) -> Tensor {
    require(rank > 0, "diagEmbed", "shape \(shape); expected at least one axis")
    let side = shape[rank - 1] + Swift.abs(offset)
    var sizes = Array(shape.dropLast())
    let (a, b) = Shape(sizes + [side, side]).resolve(pair: axis1, axis2, "diagEmbed")
    for axis in [Swift.min(a, b), Swift.max(a, b)] { sizes.insert(side, at: axis) }
    var result = Tensor.zeros(Shape(sizes), dtype: dtype)
    result.assign(self, to: result.diagonal(offset: offset, axis1: a, axis2: b))
    return result
  }
}

extension Shape {
  /// Two different axes, counted from the front.
  package func resolve(pair a: Int, _ b: Int, _ operation: String) -> (Int, Int) {
    let axes = resolve(axes: [a, b], operation)
    return (axes[0], axes[1])
  }

  /// Where a diagonal of two axes begins, and how many elements it has: none if the offset leads out of the matrix.
  package func diagonal(_ offset: Int, _ a: Int, _ b: Int) -> (row: Int, column: Int, count: Int) {
    let inside = Swift.min(Swift.max(offset, -self[a]), self[b])
    let (row, column) = (Swift.max(-inside, 0), Swift.max(inside, 0))
    return (row, column, Swift.min(self[a] - row, self[b] - column))
  }
}
