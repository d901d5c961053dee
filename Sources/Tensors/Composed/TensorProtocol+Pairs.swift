/// Functions of two numbers made of others, elementwise and broadcast: [..] ∘ [..] → the broadcast shape.
/// Types promote; in what is differentiable, integers become `.float32`.
extension TensorProtocol {
  /// log₂(2ᵃ + 2ᵇ), without overflow.
  public func logaddexp2(_ other: Self) -> Self {
    (self * constant(ln2)).logaddexp(other * other.constant(ln2)) * constant(1 / ln2)
  }

  /// a·ln b, 0 where a is 0 and b is no NaN.
  public func xlogy(_ other: Self) -> Self {
    let isZero = (self .== 0) .& ((other .<= 0) .| other.isPosInf())
    return self * Self.where(isZero, other.constant(1.0), other).log()
  }

  /// a·ln(1 + b), 0 where a is 0 and b is no NaN.
  public func xlog1py(_ other: Self) -> Self {
    let isZero = (self .== 0) .& ((other .<= -1) .| other.isPosInf())
    return self * Self.where(isZero, other.constant(0.0), other).log1p()
  }

  /// 0 where x < 0, 1 where x > 0, `values` where x = 0: Heaviside's step. 0 for NaN.  ∂/∂values = 1 where x = 0.
  public func heaviside(_ values: Self) -> Self {
    let step = (self .> 0).to(Tensor.promoted(value, values.value).0.dtype)
    return .where(self .== 0, values, Self(step))
  }
}

/// The same with a number in place of the second tensor, which does not widen the type.
extension TensorProtocol {
  /// a − b·⌊a/b⌋, with the sign of b.
  public func remainder<S: BinaryFloatingPoint>(_ divisor: S) -> Self { remainder(constant(divisor)) }
  /// a − b·⌊a/b⌋, with the sign of b.
  public func remainder<S: BinaryInteger>(_ divisor: S) -> Self { remainder(constant(divisor)) }
  /// a − b·trunc(a/b), with the sign of a.
  public func fmod<S: BinaryFloatingPoint>(_ divisor: S) -> Self { fmod(constant(divisor)) }
  /// a − b·trunc(a/b), with the sign of a.
  public func fmod<S: BinaryInteger>(_ divisor: S) -> Self { fmod(constant(divisor)) }
  /// ⌊a/b⌋.
  public func floorDivide<S: BinaryFloatingPoint>(_ divisor: S) -> Self { floorDivide(constant(divisor)) }
  /// ⌊a/b⌋.
  public func floorDivide<S: BinaryInteger>(_ divisor: S) -> Self { floorDivide(constant(divisor)) }
  /// |a| with the sign of b.
  public func copysign<S: BinaryFloatingPoint>(_ sign: S) -> Self { copysign(constant(sign)) }

  /// a − b·⌊a/b⌋, with the sign of b: Python's `%`.
  public static func % (a: Self, b: Self) -> Self { a.remainder(b) }
  /// a − b·⌊a/b⌋, with the sign of b.
  public static func % <S: BinaryFloatingPoint>(a: Self, b: S) -> Self { a.remainder(b) }
  /// a − b·⌊a/b⌋, with the sign of b.
  public static func % <S: BinaryInteger>(a: Self, b: S) -> Self { a.remainder(b) }
  /// a − b·⌊a/b⌋, with the sign of b.
  public static func % <S: BinaryFloatingPoint>(a: S, b: Self) -> Self { b.constant(a).remainder(b) }
  /// a − b·⌊a/b⌋, with the sign of b.
  public static func % <S: BinaryInteger>(a: S, b: Self) -> Self { b.constant(a).remainder(b) }
}
