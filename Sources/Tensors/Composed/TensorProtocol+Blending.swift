/// Sums of products that PyTorch has names for, elementwise and broadcast: [..] ∘ [..] → the broadcast shape.
/// Differentiable in every tensor.
extension TensorProtocol {
  /// a + weight·(b − a), for a in this one and b = `end`; exact at both ends. Integers become `.float32`.
  public func lerp(_ end: Self, weight: Double) -> Self {
    let difference = end - self
    let isNearStart = Swift.abs(weight) < 0.5
    return isNearStart
      ? self + difference * constant(weight) : end - difference * constant(1 - weight)
  }

  /// a + weight·(b − a), with a weight for each element.
  public func lerp(_ end: Self, weight: Self) -> Self {
    let difference = end - self
    return .where(
      weight.value.abs() .< 0.5, self + difference * weight, end - difference * (weight.constant(1) - weight))
  }

  /// x + value·a·b.
  public func addcmul(_ a: Self, _ b: Self, value: Double = 1) -> Self { self + scaled(a * b, value) }

  /// x + value·a/b. Integers become `.float32`.
  public func addcdiv(_ a: Self, _ b: Self, value: Double = 1) -> Self { self + scaled(a / b, value) }

  private func scaled(_ x: Self, _ factor: Double) -> Self { factor == 1 ? x : x * x.constant(factor) }
}
