import Kernels

/// Systems of linear equations. Leading axes broadcast.
extension Tensor {
  /// X with T·X = B, or X·T = B if not `left`, for triangular T: [..., n, n] and B [..., n, k] (or [..., k, n]) → B's shape, the
  /// leading axes broadcast. T's other triangle is not read, nor its diagonal if `unitriangular`. A zero on the diagonal
  /// gives infinities and NaN.
  ///
  /// - Complexity: O(n²·k) a matrix.
  public func solveTriangular(
    _ b: Tensor, upper: Bool, left: Bool = true, unitriangular: Bool = false
  ) -> Tensor {
    requireRightSide(b, left, "solveTriangular")
    if !left { return transposed().solveTriangular(b.mT, upper: !upper, unitriangular: unitriangular).mT }
    let batch = Shape.broadcast(batchShape, b.batchShape, "solveTriangular")
    let (n, k) = (shape[rank - 1], b.shape[b.rank - 1])
    let x = b.expanded(Shape(batch + [n, k])).copied()
    withExtendedLifetime(self) {
      Kernels.solveTriangular(
        dtype.kind, offsets: matrixOffsets(batch), n, k, data, rowStride: strides[rank - 2],
        columnStride: strides[rank - 1], upper: upper, unit: unitriangular, x.freshData)
    }
    return x
  }

  /// Square matrices, and a right-hand side of as many rows (columns if not `left`) in the same dtype.
  package func requireRightSide(_ b: Tensor, _ left: Bool, _ operation: String) {
    requireSquare(operation)
    b.requireMatrices(operation)
    requireSameDType(b, operation)
    let (n, size) = (shape[rank - 1], b.shape[b.rank - (left ? 2 : 1)])
    require(
      n == size, operation,
      "matrices \(shape) and right-hand side \(b.shape), which has \(size) \(left ? "rows" : "columns"); expected \(n)")
  }

  /// ``TensorProtocol/solve(_:left:)`` that reports instead of stopping: `info` [...], `.int32`, is 0 where the matrix can be
  /// inverted, else the first place, counted from 1, of a zero on the diagonal of its factor U; the solution then has
  /// infinities and NaN.
  public func solveWithInfo(_ b: Tensor, left: Bool = true) -> (solution: Tensor, info: Tensor) {
    if isVectorSide(b, left: left) {
      let (solution, info) = solveWithInfo(b.unsqueezed(axis: -1))
      return (solution.squeezed(axis: -1), info)
    }
    requireRightSide(b, left, "solve")
    let (lu, pivots, info) = luFactorWithInfo()
    return (b.luSolve(lu, pivots, left: left), info)
  }

  /// ``TensorProtocol/inverse()`` that reports instead of stopping: `info` [...], `.int32`, is 0 where the inverse exists, else
  /// the first place, counted from 1, of a zero on the diagonal of the factor U; the result then has infinities and NaN.
  public func inverseWithInfo() -> (inverse: Tensor, info: Tensor) {
    requireSquare("inverse")
    let (lu, pivots, info) = luFactorWithInfo()
    return (Tensor.eye(shape[rank - 1], dtype: dtype).luSolve(lu, pivots), info)
  }

  /// det A as its sign, −1, 0 or 1, and ln |det A|: [..., n, n] → [...] and [...]. 0 and −∞ for a singular matrix, 1 and 0 for an
  /// empty one. By LU factors: O(n³).
  public func slogdet() -> (sign: Tensor, logAbsDet: Tensor) {
    requireSquare("slogdet")
    let (lu, pivots, _) = luFactorWithInfo()
    let diagonal = lu.matrixDiagonal
    return (diagonal.sign().prod(axis: -1) * pivots.exchangeSign(dtype), diagonal.abs().log().sum(axis: -1))
  }

  /// det A: [..., n, n] → [...]. 1 for an empty matrix. By LU factors: O(n³).
  public func det() -> Tensor {
    requireSquare("det")
    let (lu, pivots, _) = luFactorWithInfo()
    return lu.matrixDiagonal.prod(axis: -1) * pivots.exchangeSign(dtype)
  }

  /// −1 for an odd number of exchanges of rows, else 1.
  private func exchangeSign(_ dtype: DType) -> Tensor {
    let places = Tensor.arange(1, shape[rank - 1] + 1, dtype: .int32)
    return (1 - 2 * (self .!= places).to(dtype)).prod(axis: -1)
  }
}

extension TensorProtocol {
  /// Whether the right-hand side of a solution is a vector for each matrix: [n], or [..., n] for matrices [..., n, n].
  package func isVectorSide(_ b: Self, left: Bool = true) -> Bool {
    let isVector = b.rank == 1 || (b.rank == rank - 1 && b.shape == Shape(shape.dropLast()))
    require(
      left || !isVector, "solve",
      "matrices \(shape) and vectors \(b.shape); expected matrices on the left of left: false")
    return isVector
  }
}
