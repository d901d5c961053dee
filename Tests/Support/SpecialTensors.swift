import Tensors

/// A vector of each dtype with what is hard to write and read: the ends of its range, NaNs with and without payload,
/// infinities, the smallest numbers, and both zeros.
package let specialVectors: [Tensor] = [
  Tensor(
    [0, -0.0, .nan, Float(bitPattern: 0xFFC1_2345), .infinity, -.infinity, .leastNonzeroMagnitude, 0.1] as [Float]),
  Tensor(
    [0, -0.0, .nan, Double(bitPattern: 0xFFF8_0000_0001_2345), .infinity, -.infinity, .leastNonzeroMagnitude, 0.1],
    dtype: .float64),
  Tensor([0, 1, -1, Int32.min, .max]), Tensor([0, 1, -1, Int.min, .max]), Tensor([UInt8(0), 1, 127, 128, 255]),
  Tensor([true, false, true]),
]

/// Whether two tensors have the same shape and dtype, and elements of the same bits.
package func isIdentical(_ a: Tensor?, _ b: Tensor?) -> Bool {
  guard let a, let b, a.shape == b.shape, a.dtype == b.dtype else { return false }
  return bytes(a) == bytes(b)
}

private func bytes(_ tensor: Tensor) -> [UInt8] {
  let (source, count) = (tensor.contiguous, tensor.elementCount * tensor.dtype.size)
  return withExtendedLifetime(source) { [UInt8](UnsafeRawBufferPointer(start: source.data, count: count)) }
}
