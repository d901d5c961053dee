extension Tensor {
  /// The Moore-Penrose pseudoinverse V·diag(1/σ)·Uᵀ over the singular values above max(`atol`, `rtol`·σ₁): [..., m, n] → [..., n, m].
  /// `rtol` is max(m, n)·ε unless given, and 0 where only `atol` is.
  public func pseudoInverse(atol: Double? = nil, rtol: Double? = nil) -> Tensor {
    requireMatrices("pseudoInverse")
    let (u, s, vh) = svd(fullMatrices: false)
    return (vh.mT * reciprocals(s, atol, rtol).unsqueezed(axis: -2)).matmul(u.mT)
  }

  /// 1/σ for those singular values of this matrix that count, else 0.
  private func reciprocals(_ s: Tensor, _ atol: Double?, _ rtol: Double?) -> Tensor {
    // Not `.<=` turned round: NaN has to stay.
    Tensor.where(s .<= spectralTolerance(s, atol, rtol), constant(0), s.reciprocal())
  }

  /// X that minimises ‖A·X − B‖, and ‖X‖ where several do, with the number of singular values that count: [..., m, n] and [..., m, k]
  /// → [..., n, k], [...].
  package func leastSquaresSolution(_ b: Tensor, _ rtol: Double?) -> (solution: Tensor, rank: Tensor, s: Tensor) {
    requireMatrices("leastSquares")
    requireSameDType(b, "leastSquares")
    require(
      b.rank >= 2 && b.shape[b.rank - 2] == shape[rank - 2], "leastSquares",
      "matrices \(shape) and right-hand side \(b.shape); expected \(shape[rank - 2]) rows")
    let (u, s, vh) = svd(fullMatrices: false)
    let inverses = reciprocals(s, nil, rtol)
    let solution = vh.mT.matmul(inverses.unsqueezed(axis: -1) * u.mT.matmul(b))
    return (solution, (inverses .!= 0).sum(axis: -1), s)
  }
}
