import Kernels

infix operator .== : ComparisonPrecedence
infix operator .!= : ComparisonPrecedence
infix operator .< : ComparisonPrecedence
infix operator .<= : ComparisonPrecedence
infix operator .> : ComparisonPrecedence
infix operator .>= : ComparisonPrecedence
prefix operator .!

extension Tensor {
  fileprivate static func comparison(_ comparison: Comparison, _ name: String, _ a: Tensor, _ b: Tensor) -> Tensor {
    let (a, b) = promoted(a, b)
    return compared(comparison, name, a, b)
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
  public static func .> (a: Self, b: Self) -> Tensor { Tensor.comparison(.less, "greater", b.value, a.value) }
  /// a ≥ b, elementwise.
  public static func .>= (a: Self, b: Self) -> Tensor {
    Tensor.comparison(.lessEqual, "greater or equal", b.value, a.value)
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
