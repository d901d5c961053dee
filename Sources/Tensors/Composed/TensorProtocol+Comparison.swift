import Kernels

infix operator .== : ComparisonPrecedence
infix operator .!= : ComparisonPrecedence
infix operator .< : ComparisonPrecedence
infix operator .<= : ComparisonPrecedence
infix operator .> : ComparisonPrecedence
infix operator .>= : ComparisonPrecedence
prefix operator .!

extension Tensor {
  /// The comparison of a with b, or of b with a if `swapped`.
  fileprivate static func comparison(
    _ comparison: Comparison, _ name: String, _ a: Tensor, _ b: Tensor, swapped: Bool = false
  ) -> Tensor {
    let shape = Shape.broadcast(a.shape, b.shape, name)
    let (a, b) = promoted(a, b)
    return swapped ? compared(comparison, b, a, over: shape) : compared(comparison, a, b, over: shape)
  }
}

/// Elementwise comparisons, broadcast, giving `.bool`; false wherever NaN takes part, but for `.!=`. Nothing flows back.
extension TensorProtocol {
  /// a = b, elementwise.
  public static func .== (a: Self, b: Self) -> Tensor { Tensor.comparison(.equal, "equal", a.value, b.value) }
  /// a ≠ b, elementwise.
  public static func .!= (a: Self, b: Self) -> Tensor { Tensor.comparison(.notEqual, "not equal", a.value, b.value) }
  /// a < b, elementwise.
  public static func .< (a: Self, b: Self) -> Tensor { Tensor.comparison(.less, "less", a.value, b.value) }
  /// a ≤ b, elementwise.
  public static func .<= (a: Self, b: Self) -> Tensor {
    Tensor.comparison(.lessEqual, "less or equal", a.value, b.value)
  }
  /// a > b, elementwise.
  public static func .> (a: Self, b: Self) -> Tensor {
    Tensor.comparison(.less, "greater", a.value, b.value, swapped: true)
  }
  /// a ≥ b, elementwise.
  public static func .>= (a: Self, b: Self) -> Tensor {
    Tensor.comparison(.lessEqual, "greater or equal", a.value, b.value, swapped: true)
  }

  /// a = b, elementwise.
  public static func .== <S: BinaryFloatingPoint>(a: Self, b: S) -> Tensor { a.value .== a.value.wrapped(b) }
  /// a = b, elementwise.
  public static func .== <S: BinaryInteger>(a: Self, b: S) -> Tensor { a.value .== a.value.wrapped(b) }
  /// a ≠ b, elementwise.
  public static func .!= <S: BinaryFloatingPoint>(a: Self, b: S) -> Tensor { a.value .!= a.value.wrapped(b) }
  /// a ≠ b, elementwise.
  public static func .!= <S: BinaryInteger>(a: Self, b: S) -> Tensor { a.value .!= a.value.wrapped(b) }
  /// a < b, elementwise.
  public static func .< <S: BinaryFloatingPoint>(a: Self, b: S) -> Tensor { a.value .< a.value.wrapped(b) }
  /// a < b, elementwise.
  public static func .< <S: BinaryInteger>(a: Self, b: S) -> Tensor { a.value .< a.value.wrapped(b) }
  /// a ≤ b, elementwise.
  public static func .<= <S: BinaryFloatingPoint>(a: Self, b: S) -> Tensor { a.value .<= a.value.wrapped(b) }
  /// a ≤ b, elementwise.
  public static func .<= <S: BinaryInteger>(a: Self, b: S) -> Tensor { a.value .<= a.value.wrapped(b) }
  /// a > b, elementwise.
  public static func .> <S: BinaryFloatingPoint>(a: Self, b: S) -> Tensor { a.value .> a.value.wrapped(b) }
  /// a > b, elementwise.
  public static func .> <S: BinaryInteger>(a: Self, b: S) -> Tensor { a.value .> a.value.wrapped(b) }
  /// a ≥ b, elementwise.
  public static func .>= <S: BinaryFloatingPoint>(a: Self, b: S) -> Tensor { a.value .>= a.value.wrapped(b) }
  /// a ≥ b, elementwise.
  public static func .>= <S: BinaryInteger>(a: Self, b: S) -> Tensor { a.value .>= a.value.wrapped(b) }

  /// Not, elementwise: true where the element is zero.
  public static prefix func .! (a: Self) -> Tensor { a.value .== a.value.wrapped(0) }
}
