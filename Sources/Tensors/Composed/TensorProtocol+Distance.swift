/// Distances in p-norms: (Σ |a − b|ᵖ)^(1/p); the largest difference for p = ∞, the smallest for −∞, the number of
/// differences for 0. The gradient is 0 where the distance is. Integers become `.float32`.
extension TensorProtocol {
  /// The distance of two tensors, which broadcast, as one vector each. [..], [..] → [].
  public func dist(_ other: Self, p: Double = 2) -> Self {
    _ = Shape.broadcast(shape, other.shape, "dist")
    return (self - other).lengths("dist", p, nil)
  }

  /// The distances of each row of this tensor to each row of another. [.., n, d], [.., m, d] → [.., n, m], the leading
  /// axes broadcast; p ≥ 0. The n·m·d differences are all computed, so that near rows lose no digits.
  public func cdist(_ other: Self, p: Double = 2) -> Self {
    require(
      rank >= 2 && other.rank >= 2 && shape[rank - 1] == other.shape[other.rank - 1], "cdist",
      "shapes \(shape) and \(other.shape); expected [.., n, d] and [.., m, d]")
    require(p >= 0, "cdist", "p = \(p); expected 0 at least")
    _ = Shape.broadcast(batchShape, other.batchShape, "cdist")
    let (rows, columns) = (Array(shape), Array(other.shape))
    let a = reshaped(Shape(rows.dropLast() + [1, rows[rank - 1]]))
    let b = other.reshaped(Shape(columns.dropLast(2) + [1] + columns.suffix(2)))
    return (a - b).lengths("cdist", p, [-1])
  }

  /// The norms over these axes. Those of nothing are 0 for p = ∞ too.
  private func lengths(_ name: String, _ p: Double, _ axes: [Int]?) -> Self {
    require(!p.isNaN, name, "p = \(p); expected a number")
    return norm(p == .infinity && elementCount == 0 ? 1 : p, axes: axes)
  }
}
