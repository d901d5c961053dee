/// Parts of matrices [..., m, n].
extension TensorProtocol {
  /// The transposed matrices: the last two axes exchanged.
  public var mT: Self { transposed(-2, -1) }

  /// The elements on the diagonals: [..., m, n] → [..., min(m, n)].
  package var matrixDiagonal: Self { diagonal(offset: 0, axis1: -2, axis2: -1) }

  /// Along the last two axes: these rows and columns.
  package func block(_ rows: Range<Int>, _ columns: Range<Int>) -> Self {
    indexed(by: [ellipsis, rows, columns])
  }

  /// 1/x, and 0 with derivative 0 where x is 0.
  package var reciprocalOrZero: Self {
    let isZero = value .== 0
    return Self.where(isZero, constant(0), constant(1) / Self.where(isZero, constant(1), self))
  }
}
