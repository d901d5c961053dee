/// Random constants of a tensor's shape, and of its dtype unless another is named; and what is made with them.
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

  /// 1 with the probability that an element holds, else 0, in the same floating-point dtype: [..] → [..]. A constant.
  public func bernoulli(generator: Generator = .default) -> Self {
    require(dtype.isFloatingPoint, "bernoulli", "probabilities of dtype \(dtype); expected float32 or float64")
    value.requireAll(.probability, "bernoulli", "probability")
    let p = value.to(.float64).contiguous
    return withExtendedLifetime(p) {
      let p = p.data.of(Double.self)
      return Self(
        Tensor.filled(shape, dtype, "bernoulli", generator) { $0.fill { word, i in fraction(word) < p[i] ? 1 : 0 } })
    }
  }

  /// Each element zeroed with probability p and the others scaled by 1/(1 − p): [..] → [..]; unchanged unless `training`.
  /// ∂L/∂x = g times the same mask.
  public func dropout(_ p: Double = 0.5, training: Bool = true, generator: Generator = .default) -> Self {
    require(p >= 0 && p <= 1, "dropout", "the probability \(p); expected 0 ... 1")
    if !training || p == 0 { return self }
    return self * Self(Tensor.dropoutMask(shape, p, dtype: dtype, generator: generator))
  }
}
