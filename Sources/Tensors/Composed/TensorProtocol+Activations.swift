/// Activations made of others, elementwise: [..] → [..]. Differentiable; integers become `.float32`.
extension TensorProtocol {
  /// ln σ(x) = −ln(1 + e⁻ˣ), without overflow.
  public func logSigmoid() -> Self { -(-self).softplus(beta: 1, threshold: .infinity) }

  /// x/(1 + |x|).
  public func softsign() -> Self { self / (abs() + constant(1.0)) }

  /// min(max(x, low), high).  ∂/∂x = 1 between the bounds, 0 on and beyond them.
  public func hardtanh(min low: Double = -1, max high: Double = 1) -> Self {
    require(low <= high, "hardtanh", "min \(low) is above max \(high); expected min ≤ max")
    let x = asFloatingPoint
    let isBeyond = (x .<= low) .| (x .>= high)
    return .where(isBeyond, Self(x.value.clamp(min: low, max: high)), x)
  }

  /// min(max(x, 0), 6).
  public func relu6() -> Self { hardtanh(min: 0, max: 6) }

  /// min(max(x + 3, 0), 6)/6, a sigmoid of straight lines.
  public func hardsigmoid() -> Self { (self + constant(3.0)).relu6() / constant(6.0) }

  /// x·min(max(x + 3, 0), 6)/6. (A. Howard et al., Searching for MobileNetV3, arXiv:1905.02244.)
  public func hardswish() -> Self { self * hardsigmoid() }

  /// max(x, 0) + min(α·(e^{x/α} − 1), 0).  ∂/∂x = 1 where x > 0, else e^{x/α}. (J. T. Barron, arXiv:1704.07483.)
  public func celu(alpha: Double = 1) -> Self {
    require(alpha > 0, "celu", "alpha is \(alpha); expected a number above 0")
    return (self / constant(alpha)).elu(alpha: 1) * constant(alpha)
  }

  /// x·tanh(ln(1 + eˣ)). (D. Misra, arXiv:1908.08681.)
  public func mish() -> Self { self * softplus(beta: 1, threshold: .infinity).tanh() }

  /// x less what of it lies within −λ...λ: 0 there, x − λ above, x + λ below.  ∂/∂x = 1 outside, 0 within and on the bounds.
  public func softshrink(lambda: Double = 0.5) -> Self {
    require(lambda >= 0, "softshrink", "lambda is \(lambda); expected a number of at least 0")
    let x = asFloatingPoint
    let isWithin = (x .>= -lambda) .& (x .<= lambda)
    return .where(isWithin, constant(0.0), x - Self(x.value.clamp(min: -lambda, max: lambda)))
  }

  /// 0 within −λ...λ, x elsewhere.
  public func hardshrink(lambda: Double = 0.5) -> Self {
    .where((self .>= -lambda) .& (self .<= lambda), constant(0.0), self)
  }

  /// x − tanh x.
  public func tanhshrink() -> Self { self - tanh() }

  /// x where it is above the threshold, else `value`.
  public func threshold(_ threshold: Double, _ value: Double) -> Self {
    .where(self .<= threshold, constant(value), self)
  }

  /// x where x > 0, else w·x, with one weight or one for each channel: [n, channels, ..] → the same, w [1] or [channels].
  ///
  /// K. He et al., Delving Deep into Rectifiers, arXiv:1502.01852.
  public func prelu(_ weight: Self) -> Self {
    let channels = rank > 1 ? shape[1] : 1
    require(
      weight.elementCount == 1 || (weight.rank == 1 && weight.shape[0] == channels), "prelu",
      "weights \(weight.shape) for an input \(shape); expected [1] or one for each of \(channels) channels on axis 1")
    let isShared = weight.elementCount == 1
    let slopes = weight.reshaped(isShared ? [] : Shape([channels] + Array(repeating: 1, count: rank - 2)))
    return .where(self .> 0, self, self * slopes)
  }

  /// a·σ(b) with a the first and b the second half of x along an axis: [.., 2n, ..] → [.., n, ..].
  ///
  /// Y. N. Dauphin et al., Language Modeling with Gated Convolutional Networks, arXiv:1612.08083.
  public func glu(axis: Int = -1) -> Self {
    let axis = shape.resolve(axis: axis, "glu")
    let (half, rest) = shape[axis].quotientAndRemainder(dividingBy: 2)
    require(rest == 0, "glu", "axis \(axis) of shape \(shape) has odd size \(shape[axis]); expected an even size")
    return along(axis, 0..<half) * along(axis, half..<2 * half).sigmoid()
  }
}
