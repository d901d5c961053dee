/// What kind of number each element is: [..] → [..], `.bool`. Nothing flows back.
extension TensorProtocol {
  /// True where the element is NaN.
  public func isNaN() -> Tensor { self .!= self }
  /// True where the element is ±inf.
  public func isInf() -> Tensor { dtype.isFloatingPoint ? value.abs() .== Double.infinity : allFalse }
  /// True where the element is inf.
  public func isPosInf() -> Tensor { dtype.isFloatingPoint ? self .== Double.infinity : allFalse }
  /// True where the element is −inf.
  public func isNegInf() -> Tensor { dtype.isFloatingPoint ? self .== -Double.infinity : allFalse }
  /// True where the element is neither NaN nor infinite.
  public func isFinite() -> Tensor { dtype.isFloatingPoint ? value.abs() .< Double.infinity : .!allFalse }
  /// True where the sign bit is set: below 0, at −0, and at NaN with that bit.
  public func signbit() -> Tensor {
    dtype.isFloatingPoint ? value.onesLike().copysign(value) .< 0 : dtype == .bool ? allFalse : self .< 0
  }

  private var allFalse: Tensor { Tensor.zeros(shape, dtype: .bool) }
}

/// Equality up to rounding.
extension TensorProtocol {
  /// True where |a − b| ≤ atol + rtol·|b|, broadcast; infinities are close to themselves, NaN to NaN if `equalNaN`.
  /// [..] ∘ [..] → the broadcast shape, `.bool`.
  public func isClose(_ other: Self, rtol: Double = 1e-5, atol: Double = 1e-8, equalNaN: Bool = false) -> Tensor {
    require(rtol >= 0 && atol >= 0, "isClose", "rtol \(rtol) and atol \(atol); expected numbers of at least 0")
    _ = Shape.broadcast(shape, other.shape, "isClose")
    let (a, b) = Tensor.promoted(value, other.value)
    let distance = (a.widened - b.widened).abs()
    let isNear = (distance .<= b.widened.abs() * rtol + atol) .& distance.isFinite()
    let isEqual = (a .== b) .| isNear
    return equalNaN ? isEqual .| (a.isNaN() .& b.isNaN()) : isEqual
  }

  /// Whether every pair of elements is close: see ``isClose(_:rtol:atol:equalNaN:)``. True of no elements.
  public func allClose(_ other: Self, rtol: Double = 1e-5, atol: Double = 1e-8, equalNaN: Bool = false) -> Bool {
    isClose(other, rtol: rtol, atol: atol, equalNaN: equalNaN).isTrueThroughout
  }

  /// Whether the shapes are equal and so is every pair of elements, whatever their types; NaN equals nothing.
  public func equal(_ other: Self) -> Bool { shape == other.shape && (self .== other).isTrueThroughout }
}

extension Tensor {
  /// Numbers whose differences don't wrap; integers beyond 2⁵³ are rounded.
  fileprivate var widened: Tensor { dtype.isFloatingPoint ? self : to(.float64) }
  /// Whether every element of a mask is true.
  fileprivate var isTrueThroughout: Bool { elementCount == 0 || min().item(as: Bool.self) }
}
