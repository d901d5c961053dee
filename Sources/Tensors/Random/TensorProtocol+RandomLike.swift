/// Random constants of a tensor's shape, and of its dtype unless another is named.
extension TensorProtocol {
  /// Uniform on [0, 1).
  public func randLike(dtype: DType? = nil, generator: Generator = .default) -> Self {
    Self(Tensor.rand(shape, dtype: dtype ?? self.dtype, generator: generator))
  }

  /// Normal with mean 0 and standard deviation 1.
  public func randnLike(dtype: DType? = nil, generator: Generator = .default) -> Self {
    Self(Tensor.randn(shape, dtype: dtype ?? self.dtype, generator: generator))
  }

  /// Integers uniform on low..<high.
  public func randintLike(low: Int = 0, high: Int, dtype: DType? = nil, generator: Generator = .default) -> Self {
    Self(Tensor.randint(shape, low: low, high: high, dtype: dtype ?? self.dtype, generator: generator))
  }
}
