/// What operations on matrices ask of their operands.
extension TensorProtocol {
  /// The leading axes.
  package var batchShape: Shape { Shape(shape.dropLast(2)) }

  package func requireMatrices(_ operation: String) {
    require(rank >= 2, operation, "shape \(shape); expected at least two axes, [..., rows, columns]")
    require(dtype.isFloatingPoint, operation, "dtype \(dtype) of shape \(shape); expected float32 or float64")
  }

  package func requireSquare(_ operation: String) {
    requireMatrices(operation)
    require(
      shape[rank - 1] == shape[rank - 2], operation,
      "shape \(shape) has \(shape[rank - 2]) rows and \(shape[rank - 1]) columns; expected square matrices")
  }

  package func requireSameDType(_ other: Self, _ operation: String) {
    require(
      dtype == other.dtype, operation,
      "\(dtype)\(shape) and \(other.dtype)\(other.shape); expected the same dtype on both sides")
  }

  /// Stops the program if a matrix of the batch has a nonzero info, and says which and why.
  package func requireFactored(_ operation: String, _ info: Tensor, _ reason: (Int) -> String) {
    let codes = info.scalars(as: Int32.self)
    guard let batch = codes.firstIndex(where: { $0 != 0 }) else { return }
    let place = info.rank == 0 ? "the matrix" : "matrix \(position(batch, info.shape))"
    fail(
      operation, "\(place) of shape \(shape): \(reason(Int(codes[batch]))); \(operation)WithInfo reports this instead")
  }

  private func position(_ index: Int, _ shape: Shape) -> [Int] {
    var (rest, result) = (index, [Int]())
    for size in shape.reversed() {
      result.insert(rest % size, at: 0)
      rest /= size
    }
    return result
  }
}
