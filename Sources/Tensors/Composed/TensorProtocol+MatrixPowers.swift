extension TensorProtocol {
  /// Aⁿ, of the inverse for negative n: [..., m, m] → [..., m, m]. By repeated squaring: O(log n) products.
  public func matrixPower(_ exponent: Int) -> Self {
    requireSquare("matrixPower")
    if exponent < 0 { return inverse().matrixPower(-exponent) }
    if exponent == 0 { return Self(Tensor.eye(shape[rank - 1], dtype: dtype).expanded(shape).copied()) }
    var (square, bits) = (self, exponent)
    var result: Self?
    while true {
      if bits & 1 == 1 { result = result.map { $0.matmul(square) } ?? square }
      bits >>= 1
      guard bits > 0 else { return result! }
      square = square.matmul(square)
    }
  }
}
