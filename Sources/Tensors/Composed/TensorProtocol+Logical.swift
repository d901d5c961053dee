/// Logic on tensors of any type, where what is not 0 is true, NaN too: [..] ∘ [..] → the broadcast shape, `.bool`.
/// Nothing flows back.
extension TensorProtocol {
  /// True where both are.
  public func logicalAnd(_ other: Self) -> Tensor { truth & other.truth }
  /// True where either is.
  public func logicalOr(_ other: Self) -> Tensor { truth | other.truth }
  /// True where one is and the other is not.
  public func logicalXor(_ other: Self) -> Tensor { truth ^ other.truth }
  /// True where the element is 0.
  public func logicalNot() -> Tensor { .!self }

  private var truth: Tensor { dtype == .bool ? value : self .!= 0 }
}
