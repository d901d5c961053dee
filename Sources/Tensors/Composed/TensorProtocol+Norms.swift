/// Norms over axes; nil means all.
extension TensorProtocol {
  /// (Σ|x|ᵖ)^(1/p) over these axes; p = 0 counts the elements that are not 0, p = ±∞ is the largest (smallest) |x|. [..] → the
  /// shape without `axes`, or with size 1 there. What `torch.linalg.vector_norm` computes.
  ///
  /// ∂L/∂x = g·x·|x|ᵖ⁻²/‖x‖ᵖ⁻¹, 0 where x or the norm is 0; for ±∞ shared evenly among equal |x|; 0 for p = 0. Integers become
  /// `.float32`. Of no elements the norm is 0, and ∞ for p < 0; for ±∞ there is none, and the program stops.
  public func norm(_ p: Double = 2, axes: [Int]? = nil, keepDims: Bool = false) -> Self {
    let x = asFloatingPoint
    switch p {
    case 0: return Self((x.value .!= 0).to(x.dtype).sum(axes: axes, keepDims: keepDims))
    case 1: return x.abs().sum(axes: axes, keepDims: keepDims)
    case 2: return x.square().sum(axes: axes, keepDims: keepDims).root(2)
    case .infinity: return x.abs().max(axes: axes, keepDims: keepDims)
    case -.infinity: return x.abs().min(axes: axes, keepDims: keepDims)
    default: return x.abs().raised(p).sum(axes: axes, keepDims: keepDims).root(p)
    }
  }

  /// ``norm(_:axes:keepDims:)`` along one axis.
  public func norm(_ p: Double = 2, axis: Int, keepDims: Bool = false) -> Self {
    norm(p, axes: [axis], keepDims: keepDims)
  }

  /// xᵖ for x ≥ 0, whose derivative at 0 is 0.
  private func raised(_ p: Double) -> Self {
    let isZero = value .== 0
    let atZero = Self.where(isZero, constant(1), self).pow(constant(p))
    return Self.where(isZero, constant(p < 0 ? .infinity : 0), atZero)
  }

  /// x^(1/p) for x ≥ 0, whose derivative at 0 is 0.
  private func root(_ p: Double) -> Self {
    let isZero = value .== 0
    let positive = Self.where(isZero, constant(1), self)
    let root = p == 2 ? positive.sqrt() : positive.pow(constant(1 / p))
    return Self.where(isZero, constant(p < 0 ? .infinity : 0), root)
  }
}

/// A norm of matrices that no number names.
public enum MatrixNorm: Hashable, Sendable {
  /// √Σ|aᵢⱼ|².
  case frobenius
  /// The sum of the singular values.
  case nuclear
}

/// Norms of matrices.
extension TensorProtocol {
  /// The Frobenius norm √Σ|aᵢⱼ|² of the matrices along two axes, or the nuclear norm Σσ: [..., m, n] → [...]. Differentiable; the
  /// gradient of the Frobenius norm at 0 is 0.
  public func matrixNorm(
    _ kind: MatrixNorm = .frobenius, axes: (rows: Int, columns: Int) = (-2, -1), keepDims: Bool = false
  ) -> Self {
    let (rows, columns) = matrixAxes(axes, "matrixNorm")
    switch kind {
    case .frobenius: return norm(2, axes: [rows, columns], keepDims: keepDims)
    case .nuclear:
      return ofSpectra(rows, columns, keepDims) { $0.sum(axes: [-1], keepDims: false) }
    }
  }

  /// The norm of the matrices along two axes that a number names: the largest sum of |a| in a column (1) or row (∞), the
  /// largest singular value (2), or the smallest (−1, −∞, −2): [..., m, n] → [...]. Differentiable; equal extremes share the
  /// gradient evenly.
  public func matrixNorm(
    _ p: Double, axes: (rows: Int, columns: Int) = (-2, -1), keepDims: Bool = false
  ) -> Self {
    let (rows, columns) = matrixAxes(axes, "matrixNorm")
    switch Swift.abs(p) {
    case 2:
      return ofSpectra(rows, columns, keepDims) {
        p > 0 ? $0.max(axes: [-1], keepDims: false) : $0.min(axes: [-1], keepDims: false)
      }
    case 1, .infinity:
      let (summed, other) = Swift.abs(p) == 1 ? (rows, columns) : (columns, rows)
      let sums = abs().sum(axes: [summed], keepDims: true)
      let extreme = p > 0 ? sums.max(axes: [other], keepDims: true) : sums.min(axes: [other], keepDims: true)
      return extreme.reshaped(shape.reduced([rows, columns], keepDims: keepDims))
    default: fail("matrixNorm", "order \(p); expected 1, 2 or infinity, or minus one of them")
    }
  }

  private func matrixAxes(_ axes: (rows: Int, columns: Int), _ name: String) -> (Int, Int) {
    require(rank >= 2, name, "shape \(shape); expected at least two axes")
    require(dtype.isFloatingPoint, name, "dtype \(dtype) of shape \(shape); expected float32 or float64")
    let resolved = shape.resolve(axes: [axes.rows, axes.columns], name)
    return (resolved[0], resolved[1])
  }

  private func ofSpectra(_ rows: Int, _ columns: Int, _ keepDims: Bool, _ reduce: (Self) -> Self) -> Self {
    let others = (0..<rank).filter { $0 != rows && $0 != columns }
    let norms = reduce(permuted(others + [rows, columns]).svdvals())
    return norms.reshaped(shape.reduced([rows, columns], keepDims: keepDims))
  }

  /// The condition number ‖A‖·‖A⁻¹‖ in the norm that p names, in the 2-norm σ₁/σₙ, also of matrices that are not square: [..., m, n]
  /// → [...]. Infinite where a factor U or σₙ is exactly singular; rounding may leave a very large number instead.
  public func cond(_ p: Double = 2) -> Self {
    requireMatrices("cond")
    if Swift.abs(p) == 2 {
      let s = svdvals()
      let (largest, smallest) = (s.max(axes: [-1], keepDims: false), s.min(axes: [-1], keepDims: false))
      return p > 0 ? largest / smallest : smallest / largest
    }
    return withInverse { $0.matrixNorm(p) }
  }

  /// The condition number ‖A‖·‖A⁻¹‖ in the Frobenius or nuclear norm: [..., n, n] → [...].
  public func cond(_ kind: MatrixNorm) -> Self { withInverse { $0.matrixNorm(kind) } }

  private func withInverse(_ norm: (Self) -> Self) -> Self {
    requireSquare("cond")
    let (inverse, info) = inverseWithInfo()
    let isSingular = info .!= 0
    let safe = Self.where(isSingular.unsqueezed(axis: -1).unsqueezed(axis: -1), constant(1), inverse)
    return Self.where(isSingular, constant(Double.infinity), norm(self) * norm(safe))
  }

  /// The number of singular values above max(`atol`, `rtol`·σ₁): [..., m, n] → [...], `.int64`. `rtol` is max(m, n)·ε unless given,
  /// and 0 where only `atol` is. Not differentiable.
  public func matrixRank(atol: Double? = nil, rtol: Double? = nil) -> Tensor {
    requireMatrices("matrixRank")
    let s = value.svdvals()
    return (s .> value.spectralTolerance(s, atol, rtol)).sum(axes: [-1])
  }
}

extension Tensor {
  /// What singular values [..., k] of this matrix must exceed to count, [..., 1].
  package func spectralTolerance(_ s: Tensor, _ atol: Double?, _ rtol: Double?) -> Tensor {
    let epsilon = dtype == .float32 ? Double(Float.ulpOfOne) : Double.ulpOfOne
    let isAbsolute = (atol ?? 0) > 0
    let relative = rtol ?? (isAbsolute ? 0 : Double(Swift.max(shape[rank - 2], shape[rank - 1])) * epsilon)
    if s.shape[s.rank - 1] == 0 { return s.sum(axis: -1, keepDims: true) }
    return Tensor.maximum(s.max(axis: -1, keepDims: true) * relative, s.wrapped(atol ?? 0))
  }
}
