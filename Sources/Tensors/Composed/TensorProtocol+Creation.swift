/// Constants made after another tensor, and matrices of powers.
extension TensorProtocol {
  /// Zeros of this one's shape, and of its dtype unless another is named.
  public func zerosLike(dtype: DType? = nil) -> Self { Self(.zeros(shape, dtype: dtype ?? self.dtype)) }

  /// Ones of this one's shape, and of its dtype unless another is named.
  public func onesLike(dtype: DType? = nil) -> Self { fullLike(1, dtype: dtype) }

  /// This value in this one's shape, and in its dtype unless another is named.
  public func fullLike<S: TensorScalar>(_ value: S, dtype: DType? = nil) -> Self {
    Self(.full(shape, value, dtype: dtype ?? self.dtype))
  }

  /// The Vandermonde matrix of a vector: its powers as columns, from the highest to the 0th, or from the 0th if increasing.
  ///
  /// y[i, j] = xᵢⁿ⁻¹⁻ʲ, increasing xᵢʲ.  [m] → [m, count], [m, m] unless a count is given. Integers give `.int64`. A power is
  /// a product of the one before, so that the error is at most n/2 ulp and a little.
  public func vander(_ count: Int? = nil, increasing: Bool = false) -> Self {
    let count = count ?? elementCount
    require(rank == 1 && count >= 0, "vander", "\(count) columns of shape \(shape); expected ≥ 0 of a vector")
    let x = dtype.isFloatingPoint ? self : to(.int64)
    if count == 0 { return x.reshaped([elementCount, 1] as Shape).along(1, 0..<0) }
    var powers = [x.onesLike()]
    while powers.count < count { powers.append(powers.count == 1 ? x : powers[powers.count - 1] * x) }
    return .stack(increasing ? powers : powers.reversed(), axis: 1)
  }
}
