/// What ``Tensor/leastSquares(_:rtol:)`` finds.
public struct LeastSquares<T: TensorProtocol> {
  /// X [..., n, k], or [..., n] for vectors.
  public let solution: T
  /// ‖A·x − b‖² for each right-hand side, [..., k] or [...], where m > n and every matrix has rank n; else an empty vector.
  public let residuals: T
  /// The number of singular values that count, [...], `.int64`.
  public let rank: Tensor
  /// The singular values in descending order, [..., min(m, n)].
  public let singularValues: Tensor

  package init(_ a: T, _ b: T, _ solution: T, rank: Tensor, _ singularValues: Tensor) {
    (self.solution, self.rank, self.singularValues) = (solution, rank, singularValues)
    let (m, n) = (a.shape[a.rank - 2], a.shape[a.rank - 1])
    let isFull = rank.scalars(as: Int.self).allSatisfy { $0 == n }
    if m > n, isFull {
      let difference = a.matmul(solution) - b
      residuals = (difference * difference).sum(axes: [-2], keepDims: false)
    } else {
      residuals = T(Tensor.zeros([0], dtype: a.dtype))
    }
  }

  private init(_ solution: T, _ residuals: T, _ rank: Tensor, _ singularValues: Tensor) {
    (self.solution, self.residuals, self.rank, self.singularValues) = (solution, residuals, rank, singularValues)
  }

  /// With vectors in place of matrices of one column.
  package func squeezed() -> LeastSquares {
    let residuals = residuals.shape == [0] ? residuals : residuals.squeezed(axis: -1)
    return LeastSquares(solution.squeezed(axis: -1), residuals, rank, singularValues)
  }
}

extension Tensor {
  /// X that minimises ‖A·X − B‖, and ‖X‖ where several do, for A [..., m, n] and B [..., m, k], or vectors [m] or [..., m]; the leading
  /// axes broadcast. Singular values up to `rtol`·σ₁ count as 0; `rtol` is max(m, n)·ε unless given. By the singular value
  /// decomposition, so A may have any rank.
  public func leastSquares(_ b: Tensor, rtol: Double? = nil) -> LeastSquares<Tensor> {
    if isVectorSide(b) { return leastSquares(b.unsqueezed(axis: -1), rtol: rtol).squeezed() }
    let found = leastSquaresSolution(b, rtol)
    return LeastSquares(self, b, found.solution, rank: found.rank, found.s)
  }
}
