/// Diagonals and triangles of matrices, which are the last two axes unless said otherwise.
extension TensorProtocol {
  /// A vector as the diagonal of a matrix of zeros, [n] → [n + |diagonal|, n + |diagonal|]; or the diagonal of a matrix,
  /// [n, m] → [min(n, m − diagonal)] for a diagonal ≥ 0, which is above the main one, [min(n + diagonal, m)] for one below.
  public func diag(diagonal: Int = 0) -> Self {
    require(rank == 1 || rank == 2, "diag", "shape \(shape); expected a vector or a matrix")
    return rank == 1
      ? diagEmbed(offset: diagonal, axis1: 0, axis2: 1) : self.diagonal(offset: diagonal, axis1: 0, axis2: 1)
  }

  /// All elements in row-major order as the diagonal of a matrix of zeros.
  ///
  /// [..] of n elements → [n + |offset|, n + |offset|].
  public func diagFlat(offset: Int = 0) -> Self { flattened().diagEmbed(offset: offset, axis1: 0, axis2: 1) }

  /// A copy with other elements on the diagonals of two axes: `source`, of the shape that `diagonal` gives.  ∂L/∂x = g with
  /// zeros there, ∂L/∂source = g there.
  public func diagonalScatter(offset: Int = 0, axis1: Int = 0, axis2: Int = 1, source: Self) -> Self {
    let (a, b) = shape.resolve(pair: axis1, axis2, "diagonalScatter")
    let expected = value.diagonal(offset: offset, axis1: a, axis2: b).shape
    require(
      source.shape == expected, "diagonalScatter",
      "source \(source.shape) for the diagonals of axes \(a) and \(b) of shape \(shape); expected \(expected)")
    let isReplaced = Tensor.ones(expected, dtype: .bool).onDiagonal(of: shape, offset, a, b)
    return .where(isReplaced, source.onDiagonal(of: shape, offset, a, b), self).to(dtype)
  }

  /// Zeros of this shape but for this one's last axis on the diagonals of two axes: the adjoint of `diagonal`.
  package func onDiagonal(of shape: Shape, _ offset: Int, _ a: Int, _ b: Int) -> Self {
    let (row, column, _) = shape.diagonal(offset, a, b)
    let square = diagEmbed(offset: column - row, axis1: a, axis2: b)
    return square.padded((0..<shape.rank).map { (0, shape[$0] - square.shape[$0]) }, value: 0)
  }

  /// The elements on and below a diagonal, zeros above it; the diagonal counts from the main one, upward if positive.
  ///
  /// y[…, i, j] = x[…, i, j] where j ≤ i + diagonal, else 0.  [.., n, m] → [.., n, m].  ∂L/∂x = g likewise.
  public func tril(diagonal: Int = 0) -> Self { triangle("tril", diagonal) { columns, ends in columns .<= ends } }

  /// The elements on and above a diagonal, zeros below it; the diagonal counts from the main one, upward if positive.
  ///
  /// y[…, i, j] = x[…, i, j] where j ≥ i + diagonal, else 0.  [.., n, m] → [.., n, m].  ∂L/∂x = g likewise.
  public func triu(diagonal: Int = 0) -> Self { triangle("triu", diagonal) { columns, ends in columns .>= ends } }

  /// Zeros but where `keeps` holds for the columns and, for each row, the column in which it meets the diagonal.
  private func triangle(_ operation: String, _ diagonal: Int, _ keeps: (Tensor, Tensor) -> Tensor) -> Self {
    require(rank >= 2, operation, "shape \(shape); expected at least two axes")
    let (rows, columns) = (shape[rank - 2], shape[rank - 1])
    let ends = Tensor.arange(rows).unsqueezed(axis: 1) + Swift.min(Swift.max(diagonal, -rows), columns)
    return .where(keeps(.arange(columns), ends), self, Self(Tensor(0, dtype: dtype)))
  }
}

extension Tensor {
  /// Row and column of every element on and below a diagonal of a matrix of this size, row by row: [2, count].
  public static func trilIndices(_ rows: Int, _ columns: Int, offset: Int = 0, dtype: DType = .int64) -> Tensor {
    triangleIndices("trilIndices", rows, columns, offset, dtype) { end in 0..<Swift.min(Swift.max(end + 1, 0), columns)
    }
  }

  /// Row and column of every element on and above a diagonal of a matrix of this size, row by row: [2, count].
  public static func triuIndices(_ rows: Int, _ columns: Int, offset: Int = 0, dtype: DType = .int64) -> Tensor {
    triangleIndices("triuIndices", rows, columns, offset, dtype) { end in
      Swift.min(Swift.max(end, 0), columns)..<columns
    }
  }

  /// `kept` gives the columns of a row from that in which it meets the diagonal, which may be outside of the matrix.
  private static func triangleIndices(
    _ operation: String, _ rows: Int, _ columns: Int, _ offset: Int, _ dtype: DType, _ kept: (Int) -> Range<Int>
  ) -> Tensor {
    require(
      rows >= 0 && columns >= 0 && (dtype == .int64 || dtype == .int32), operation,
      "\(rows) rows and \(columns) columns as \(dtype); expected none negative, and int64 or int32")
    let inside = Swift.min(Swift.max(offset, -rows), columns)
    let ranges = (0..<rows).map { kept($0 + inside) }
    let rowOfEach = ranges.enumerated().flatMap { repeatElement($0, count: $1.count) }
    return Tensor(rowOfEach + ranges.joined(), shape: [2, rowOfEach.count], dtype: dtype)
  }
}
