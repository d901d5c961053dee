/// What a scatter does with an element and the one that stands at its place.
package enum Combination: CaseIterable, Sendable {
  /// The later one stays.
  case assign
  /// The sum; integers wrap.
  case add
  /// The product; integers wrap.
  case multiply
  /// The larger; NaN wins.
  case maximum
  /// The smaller; NaN wins.
  case minimum
}

/// Elements that a scatter combines.
protocol Combinable: BitwiseCopyable {
  static func sum(_ a: Self, _ b: Self) -> Self
  static func product(_ a: Self, _ b: Self) -> Self
  static func larger(_ a: Self, _ b: Self) -> Self
  static func smaller(_ a: Self, _ b: Self) -> Self
}

extension Combinable where Self: BinaryFloatingPoint {
  @inline(__always) static func sum(_ a: Self, _ b: Self) -> Self { a + b }
  @inline(__always) static func product(_ a: Self, _ b: Self) -> Self { a * b }
  @inline(__always) static func larger(_ a: Self, _ b: Self) -> Self { a > b || a != a ? a : b }
  @inline(__always) static func smaller(_ a: Self, _ b: Self) -> Self { a < b || a != a ? a : b }
}
extension Float: Combinable {}
extension Double: Combinable {}

extension Combinable where Self: FixedWidthInteger {
  @inline(__always) static func sum(_ a: Self, _ b: Self) -> Self { a &+ b }
  @inline(__always) static func product(_ a: Self, _ b: Self) -> Self { a &* b }
  @inline(__always) static func larger(_ a: Self, _ b: Self) -> Self { Swift.max(a, b) }
  @inline(__always) static func smaller(_ a: Self, _ b: Self) -> Self { Swift.min(a, b) }
}
extension Int32: Combinable {}
extension Int64: Combinable {}
extension UInt8: Combinable {}

/// A truth value, one byte: the sum is or, the product and.
struct TruthByte: Combinable {
  let byte: UInt8
  @inline(__always) static func sum(_ a: TruthByte, _ b: TruthByte) -> TruthByte { TruthByte(byte: a.byte | b.byte) }
  @inline(__always) static func product(_ a: TruthByte, _ b: TruthByte) -> TruthByte {
    TruthByte(byte: a.byte & b.byte)
  }
  @inline(__always) static func larger(_ a: TruthByte, _ b: TruthByte) -> TruthByte { sum(a, b) }
  @inline(__always) static func smaller(_ a: TruthByte, _ b: TruthByte) -> TruthByte { product(a, b) }
}
