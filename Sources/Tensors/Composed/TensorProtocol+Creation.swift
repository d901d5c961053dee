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

  /// The Vandermonde matrices of vectors: their powers as columns, from the highest to the 0th, or from the 0th if increasing.
  ///
  /// y[…, i, j] = x[…, i] to the power of count − 1 − j, increasing to that of j.  [.., n] → [.., n, count]; n columns unless a
  /// count is given. Integers give `.int64`. A power is the one before times x: off by no more than half an ulp each.
  public func vander(_ count: Int? = nil, increasing: Bool = false) -> Self {
    require(rank > 0, "vander", "shape \(shape); expected at least one axis")
    let count = count ?? shape[rank - 1]
    require(count >= 0, "vander", "\(count) columns for shape \(shape); expected at least 0")
    let x = dtype.isFloatingPoint ? self : to(.int64)
    if count == 0 { return x.unsqueezed(axis: -1).along(rank, 0..<0) }
    var powers = [x.onesLike()]
    while powers.count < count { powers.append(powers.count == 1 ? x : powers[powers.count - 1] * x) }
    return .stack(increasing ? powers : powers.reversed(), axis: -1)
  }
}
