/// Parts joined to one; dtypes promote. A variable's gradient is, for each part, what of g came from it.
extension TensorProtocol {
  /// Parts of one shape joined along a new axis.
  ///
  /// k times [.., ..] → [.., k, ..].
  public static func stack(_ parts: [Self], axis: Int = 0) -> Self {
    require(!parts.isEmpty, "stack", "no tensors; expected at least one")
    require(
      parts.allSatisfy { $0.shape == parts[0].shape }, "stack", "shapes \(parts.map(\.shape)); expected all equal")
    let axis = parts[0].shape.resolve(axis: axis, "stack", extra: 1)
    return concatenate(parts.map { $0.unsqueezed(axis: axis) }, axis: axis)
  }

  /// Side by side: joined along the columns, the second axis; vectors along their only one.
  public static func hstack(_ parts: [Self]) -> Self {
    let parts = parts.map { $0.atLeast1D() }
    return joined(parts, axis: parts.first?.rank == 1 ? 0 : 1, "hstack")
  }

  /// One below the other: joined along the rows, the first axis; vectors are rows.
  public static func vstack(_ parts: [Self]) -> Self { joined(parts.map { $0.atLeast2D() }, axis: 0, "vstack") }

  /// One behind the other: joined along the third axis; vectors [n] count as [1, n, 1], matrices [n, m] as [n, m, 1].
  public static func dstack(_ parts: [Self]) -> Self { joined(parts.map { $0.atLeast3D() }, axis: 2, "dstack") }

  /// Columns side by side: vectors [n] count as [n, 1], scalars as [1, 1].
  public static func columnStack(_ parts: [Self]) -> Self {
    joined(parts.map { $0.rank < 2 ? $0.reshaped([-1, 1]) : $0 }, axis: 1, "columnStack")
  }

  /// The matrix with these matrices on its diagonal and zeros elsewhere; vectors [n] count as rows [1, n], scalars as [1, 1].
  ///
  /// [nᵢ, mᵢ] → [Σ nᵢ, Σ mᵢ].
  public static func blockDiagonal(_ blocks: [Self]) -> Self {
    require(!blocks.isEmpty, "blockDiagonal", "no tensors; expected at least one")
    let matrices = blocks.map { $0.atLeast2D() }
    require(
      matrices.allSatisfy { $0.rank == 2 }, "blockDiagonal",
      "shapes \(blocks.map(\.shape)); expected matrices, vectors or scalars")
    let width = matrices.reduce(0) { $0 + $1.shape[1] }
    var left = 0
    let rows = matrices.map { matrix in
      defer { left += matrix.shape[1] }
      return matrix.padded([(0, 0), (left, width - left - matrix.shape[1])], value: 0)
    }
    return concatenate(rows, axis: 0)
  }

  /// Joined along an axis by an operation of another name, which its messages bear.
  private static func joined(_ parts: [Self], axis: Int, _ operation: String) -> Self {
    _ = Shape.joined(parts.map(\.shape), axis: axis, operation)
    return concatenate(parts, axis: axis)
  }
}
