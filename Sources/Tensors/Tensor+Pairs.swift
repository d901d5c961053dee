import Kernels

/// Functions of two numbers, elementwise and broadcast: [..] ∘ [..] → the broadcast shape. Types promote; integers become
/// `.float32`, but for the extrema.
extension Tensor {
  /// The angle of the point (x, y) in −π...π, for y in this tensor: arctan(y/x) in the right half-plane. Maximum error
  /// 2.5 ulp.
  public func atan2(_ x: Tensor) -> Tensor { Tensor.zippedFloating(.atan2, "atan2", self, x) }

  /// √(a² + b²), without overflow or underflow on the way. Maximum error 1.1 ulp.
  public func hypot(_ other: Tensor) -> Tensor { Tensor.zippedFloating(.hypot, "hypot", self, other) }

  /// |a| with the sign of b, zeros' too.
  public func copysign(_ sign: Tensor) -> Tensor { Tensor.zippedFloating(.copySign, "copysign", self, sign) }

  /// ln(eᵃ + eᵇ), without overflow. Maximum error 2.5 ulp, of the larger operand where the logarithm is near 0.
  public func logaddexp(_ other: Tensor) -> Tensor { Tensor.zippedFloating(.logAddExp, "logaddexp", self, other) }

  /// The number after a in the direction of b; b where they are equal.
  public func nextafter(_ other: Tensor) -> Tensor { Tensor.zippedFloating(.nextAfter, "nextafter", self, other) }

  /// The larger of each pair; where one is NaN, the other.
  public func fmax(_ other: Tensor) -> Tensor {
    let (a, b) = Tensor.promoted(self, other)
    return Tensor.zipped(.fmax, "fmax", a, b)
  }

  /// The smaller of each pair; where one is NaN, the other.
  public func fmin(_ other: Tensor) -> Tensor {
    let (a, b) = Tensor.promoted(self, other)
    return Tensor.zipped(.fmin, "fmin", a, b)
  }
}
