import Kernels

infix operator .== : ComparisonPrecedence
infix operator .!= : ComparisonPrecedence
infix operator .< : ComparisonPrecedence
infix operator .<= : ComparisonPrecedence
infix operator .> : ComparisonPrecedence
infix operator .>= : ComparisonPrecedence
prefix operator .!

/// Elementwise comparisons, broadcast, giving `.bool`; false wherever NaN takes part, but for `.!=`.
extension Tensor {
  private static func comparison(_ comparison: Comparison, _ name: String, _ a: Tensor, _ b: Tensor) -> Tensor {
    let (a, b) = promoted(a, b)
    return compared(comparison, name, a, b)
  }

  /// a = b, elementwise.
  public static func .== (a: Tensor, b: Tensor) -> Tensor { comparison(.equal, "equal", a, b) }
  /// a ≠ b, elementwise.
  public static func .!= (a: Tensor, b: Tensor) -> Tensor { comparison(.notEqual, "not equal", a, b) }
  /// a < b, elementwise.
  public static func .< (a: Tensor, b: Tensor) -> Tensor { comparison(.less, "less", a, b) }
  /// a ≤ b, elementwise.
  public static func .<= (a: Tensor, b: Tensor) -> Tensor { comparison(.lessEqual, "less or equal", a, b) }
  /// a > b, elementwise.
  public static func .> (a: Tensor, b: Tensor) -> Tensor { comparison(.less, "greater", b, a) }
  /// a ≥ b, elementwise.
  public static func .>= (a: Tensor, b: Tensor) -> Tensor { comparison(.lessEqual, "greater or equal", b, a) }

  /// a = b, elementwise.
  public static func .== <S: BinaryFloatingPoint>(a: Tensor, b: S) -> Tensor { a .== a.wrapped(b) }
  /// a = b, elementwise.
  public static func .== <S: BinaryInteger>(a: Tensor, b: S) -> Tensor { a .== a.wrapped(b) }
  /// a ≠ b, elementwise.
  public static func .!= <S: BinaryFloatingPoint>(a: Tensor, b: S) -> Tensor { a .!= a.wrapped(b) }
  /// a ≠ b, elementwise.
  public static func .!= <S: BinaryInteger>(a: Tensor, b: S) -> Tensor { a .!= a.wrapped(b) }
  /// a < b, elementwise.
  public static func .< <S: BinaryFloatingPoint>(a: Tensor, b: S) -> Tensor { a .< a.wrapped(b) }
  /// a < b, elementwise.
  public static func .< <S: BinaryInteger>(a: Tensor, b: S) -> Tensor { a .< a.wrapped(b) }
  /// a ≤ b, elementwise.
  public static func .<= <S: BinaryFloatingPoint>(a: Tensor, b: S) -> Tensor { a .<= a.wrapped(b) }
  /// a ≤ b, elementwise.
  public static func .<= <S: BinaryInteger>(a: Tensor, b: S) -> Tensor { a .<= a.wrapped(b) }
  /// a > b, elementwise.
  public static func .> <S: BinaryFloatingPoint>(a: Tensor, b: S) -> Tensor { a .> a.wrapped(b) }
  /// a > b, elementwise.
  public static func .> <S: BinaryInteger>(a: Tensor, b: S) -> Tensor { a .> a.wrapped(b) }
  /// a ≥ b, elementwise.
  public static func .>= <S: BinaryFloatingPoint>(a: Tensor, b: S) -> Tensor { a .>= a.wrapped(b) }
  /// a ≥ b, elementwise.
  public static func .>= <S: BinaryInteger>(a: Tensor, b: S) -> Tensor { a .>= a.wrapped(b) }

  /// Not, elementwise: true where the element is zero.
  public static prefix func .! (a: Tensor) -> Tensor { a .== 0 }
}
