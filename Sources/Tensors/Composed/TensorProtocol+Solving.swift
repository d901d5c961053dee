/// Systems of linear equations, inverses and factorisations. Matrices are [..., n, n]; leading axes broadcast. What is
/// singular, or not positive definite, stops the program; the `WithInfo` forms report it.
extension TensorProtocol {
  /// A⁻¹: [..., n, n] → [..., n, n].  ∂L/∂A = −A⁻ᵀ·g·A⁻ᵀ. float32 and float64. To multiply by an inverse, ``solve(_:left:)`` is
  /// faster and more accurate.
  ///
  /// A singular matrix stops the program; ``inverseWithInfo()`` reports it.
  /// - Complexity: O(n³) a matrix, by LU factors with partial pivoting.
  public func inverse() -> Self {
    let (inverse, info) = inverseWithInfo()
    requireFactored("inverse", info) { "the factor U has a zero at place \($0) of its diagonal, so it is singular" }
    return inverse
  }

  /// X = A⁻¹·B, or B·A⁻¹ if not `left`: A [..., n, n], B [..., n, k] → [..., n, k]; or B a vector [n], or [..., n] where A has exactly
  /// these leading axes.  ∂L/∂B = A⁻ᵀ·g, ∂L/∂A = −(A⁻ᵀ·g)·Xᵀ. float32 and float64.
  ///
  /// A singular matrix stops the program; ``solveWithInfo(_:left:)`` reports it.
  /// - Complexity: O(n³ + n²·k) a matrix, by LU factors with partial pivoting.
  public func solve(_ b: Self, left: Bool = true) -> Self {
    let (solution, info) = solveWithInfo(b, left: left)
    requireFactored("solve", info) { "the factor U has a zero at place \($0) of its diagonal, so it is singular" }
    return solution
  }

  /// The lower triangular L with A = L·Lᵀ, or the upper triangular U with A = UᵀU, for positive definite symmetric matrices:
  /// [..., n, n] → [..., n, n]. Only this triangle of A is read.  ∂L/∂A = ½(S + Sᵀ), S = L⁻ᵀ·Φ(Lᵀ·g)·L⁻¹ with Φ the lower triangle
  /// and half the diagonal. float32 and float64.
  ///
  /// A matrix that is not positive definite stops the program; ``choleskyWithInfo(upper:)`` reports it.
  /// - Complexity: O(n³) a matrix.
  public func cholesky(upper: Bool = false) -> Self {
    let (factor, info) = choleskyWithInfo(upper: upper)
    requireFactored("cholesky", info) { "the leading minor of order \($0) is not positive definite" }
    return factor
  }

  /// X with A·X = B, where this is B [..., n, k] and A = L·Lᵀ (UᵀU if `upper`) is given by its Cholesky factor: → [..., n, k].
  public func choleskySolve(_ factor: Self, upper: Bool = false) -> Self {
    let (first, second) = upper ? (factor.mT, factor) : (factor, factor.mT)
    let half = first.solveTriangular(self, upper: false, left: true, unitriangular: false)
    return second.solveTriangular(half, upper: true, left: true, unitriangular: false)
  }

  /// A⁻¹ where this is the Cholesky factor of A: [..., n, n] → [..., n, n].
  public func choleskyInverse(upper: Bool = false) -> Self {
    requireSquare("choleskyInverse")
    return Self(Tensor.eye(shape[rank - 1], dtype: dtype)).choleskySolve(self, upper: upper)
  }

  /// A = P·L·U with partial pivoting, compact: [..., m, n] → L's strict lower triangle and U in one matrix [..., m, n], and for
  /// k = min(m, n) the pivots [..., k], `.int32`: at step i row i was exchanged with row `pivots[i]`, both counted from 1, as in
  /// LAPACK. ``luSolve(_:_:left:adjoint:)`` takes both. Differentiable in the factors.
  ///
  /// A zero on U's diagonal is not an error here; ``luFactorWithInfo()`` says where it is.
  public func luFactor() -> (lu: Self, pivots: Tensor) {
    let (lu, pivots, _) = luFactorWithInfo()
    return (lu, pivots)
  }

  /// A = P·L·U with partial pivoting: [..., m, n] → P [..., m, m], a permutation, L [..., m, k] with ones on its diagonal, U [..., k, n],
  /// k = min(m, n). Differentiable in L and U.
  public func lu() -> (p: Self, l: Self, u: Self) {
    let (lu, pivots) = luFactor()
    let (m, n) = (shape[rank - 2], shape[rank - 1])
    let k = Swift.min(m, n)
    let order = Tensor.pivotOrder(pivots, rows: m)
    let p = (order.unsqueezed(axis: -2) .== Tensor.arange(m).unsqueezed(axis: 1)).to(dtype)
    let l = lu.block(0..<m, 0..<k).tril(diagonal: -1) + Self(Tensor.eye(m, k, dtype: dtype))
    return (Self(p), l, lu.block(0..<k, 0..<n).triu())
  }

  /// X with A·X = B, where this is B [..., n, k] and A is given by ``luFactor()``: → [..., n, k]. `left: false`: X·A = B; `adjoint`:
  /// Aᵀ in place of A.
  public func luSolve(_ lu: Self, _ pivots: Tensor, left: Bool = true, adjoint: Bool = false) -> Self {
    lu.value.requireRightSide(value, left, "luSolve")
    if !left { return mT.luSolve(lu, pivots, adjoint: !adjoint).mT }
    let n = lu.shape[lu.rank - 1]
    require(
      pivots.dtype == .int32 && pivots.rank > 0 && pivots.shape[pivots.rank - 1] == n, "luSolve",
      "pivots \(pivots.dtype)\(pivots.shape) for factors of shape \(lu.shape); expected int32 and \(n) on the last axis"
    )
    (pivots.to(.int64) - 1).checkRange("luSolve", n, " among the pivots, which count from 1, less 1")
    let order = Tensor.pivotOrder(pivots, rows: n)
    if adjoint {
      let half = lu.mT.solveTriangular(self, upper: false, left: true, unitriangular: false)
      let whole = lu.mT.solveTriangular(half, upper: true, left: true, unitriangular: true)
      return whole.takingRows(order.argsort(), "luSolve")
    }
    let half = lu.solveTriangular(takingRows(order, "luSolve"), upper: false, left: true, unitriangular: true)
    return lu.solveTriangular(half, upper: true, left: true, unitriangular: false)
  }

  /// Rows in another order: row i is row order[..., i], the leading axes broadcast.
  package func takingRows(_ order: Tensor, _ name: String) -> Self {
    let (n, k) = (shape[rank - 2], shape[rank - 1])
    let batch = Shape.broadcast(batchShape, Shape(order.shape.dropLast()), name)
    let whole = Shape(batch + [n, k])
    return expanded(whole).gather(axis: whole.rank - 2, index: order.unsqueezed(axis: -1).expanded(whole))
  }

  /// ln det A: [..., n, n] → [...]; NaN where the determinant is negative, −∞ where it is 0.  ∂L/∂A = g·A⁻ᵀ.
  public func logdet() -> Self {
    let (sign, logAbsDet) = slogdet()
    return Self.where(sign.value .< 0, constant(Double.nan), logAbsDet)
  }
}
