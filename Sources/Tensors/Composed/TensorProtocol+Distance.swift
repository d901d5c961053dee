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

  private func lengths(_ name: String, _ p: Double, _ axes: [Int]?) -> Self {
    require(!p.isNaN, name, "p = \(p); expected a number")
    let x = dtype.isFloatingPoint ? self : to(.float32)
    switch p {
    case 0: return Self((x.value .!= 0).to(x.dtype)).sum(axes: axes, keepDims: false)
    case 1: return x.abs().sum(axes: axes, keepDims: false)
    case 2: return x.square().sum(axes: axes, keepDims: false).rooted { $0.sqrt() }
    case .infinity: return x.largest(axes)
    case -.infinity: return x.abs().min(axes: axes, keepDims: false)
    default:
      // A negative power of a difference of 0 is infinite, and makes the distance 0.
      let powers = p < 0 ? x.abs().pow(constant(p)) : x.abs().rooted { $0.pow(constant(p)) }
      return powers.sum(axes: axes, keepDims: false).rooted { $0.pow(constant(1 / p)) }
    }
  }

  /// max |x|, 0 of nothing.
  private func largest(_ axes: [Int]?) -> Self {
    let isEmpty = shape.resolve(axes: axes, "max").contains { shape[$0] == 0 }
    return isEmpty ? sum(axes: axes, keepDims: false) : abs().max(axes: axes, keepDims: false)
  }

  /// A power of numbers ≥ 0 that is 0, and has gradient 0, where they are 0.
  private func rooted(_ power: (Self) -> Self) -> Self {
    let isZero = value .== 0
    return Self.where(isZero, constant(0), power(Self.where(isZero, constant(1), self)))
  }
}
