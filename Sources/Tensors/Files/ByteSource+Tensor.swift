import Kernels

extension ByteSource {
  /// The array of `kind` that stands at `position` in row-major order, as the tensor that holds it without loss.
  ///
  /// In a mapped file it is a view of the mapping, if the elements are aligned and need no change; else a copy.
  package func tensor(_ shape: Shape, of kind: StoredKind, bigEndian: Bool = false, at position: Int) throws -> Tensor {
    if let view = view(shape, of: kind, bigEndian: bigEndian, at: position) { return view }
    let result = Tensor(uninitialized: shape, kind.dtype)
    if kind.isPlain(bigEndian: bigEndian) {
      try read(position..<position + shape.elementCount * kind.size, into: result.freshData)
    } else {
      try decode(shape.elementCount, of: kind, bigEndian: bigEndian, at: position, into: result.freshData)
    }
    return result
  }

  private func view(_ shape: Shape, of kind: StoredKind, bigEndian: Bool, at position: Int) -> Tensor? {
    guard let mapping, kind.isPlain(bigEndian: bigEndian), position % kind.size == 0, shape.elementCount > 0 else {
      return nil
    }
    return Tensor(
      storage: mapping, shape: shape, strides: shape.contiguousStrides, offset: position / kind.size, dtype: kind.dtype)
  }

  /// Piece by piece, so that the narrow elements never stand in memory as a whole.
  private func decode(
    _ count: Int, of kind: StoredKind, bigEndian: Bool, at position: Int, into target: UnsafeMutableRawPointer
  ) throws {
    let piece = 1 << 14
    try withUnsafeTemporaryAllocation(byteCount: min(piece, count) * kind.size, alignment: 64) { buffer in
      guard let raw = buffer.baseAddress else { return }
      for start in stride(from: 0, to: count, by: piece) {
        let (n, from) = (min(piece, count - start), position + start * kind.size)
        try read(from..<from + n * kind.size, into: raw)
        Kernels.decode(n, raw, kind, bigEndian: bigEndian, target + start * kind.kind.size)
      }
    }
  }
}

extension StoredKind {
  /// The type of the tensor that holds such elements.
  package var dtype: DType { DType(rawValue: kind.rawValue).unsafelyUnwrapped }

  /// How a file holds a tensor's elements as they are.
  package init(_ dtype: DType) {
    self =
      switch dtype {
      case .float32: .float32
      case .float64: .float64
      case .int32: .int32
      case .int64: .int64
      case .uint8: .uint8
      case .bool: .bool
      }
  }
}
