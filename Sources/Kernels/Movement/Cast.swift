/// Conversions between element types, as C casts them: fractions truncated toward zero, integers wrapped to the width.
/// A float outside a signed type's range, or NaN, gives the type's minimum, as x86 instructions do. To uint8 a float goes
/// by way of int64 and wraps.
private protocol Castable {
  init(float: Double)
  var isNonzero: Bool { get }
}

extension Castable where Self: FixedWidthInteger {
  init(float: Double) {
    let limit = Self.isSigned ? -Double(Self.min) : 0x1p63
    let fits = float > -limit - 1 && float < limit && float >= -0x1p63
    self = fits ? Self(truncatingIfNeeded: Int64(float)) : .min
  }
  var isNonzero: Bool { self != 0 }
}

extension Int32: Castable {}
extension Int64: Castable {}
extension UInt8: Castable {}
extension Float: Castable {
  init(float: Double) { self = Float(float) }
  var isNonzero: Bool { self != 0 }
}
extension Double: Castable {
  init(float: Double) { self = float }
  var isNonzero: Bool { self != 0 }
}

private func convert<S: Castable, T: Castable>(
  _ n: Int, _ x: UnsafePointer<S>, _ y: UnsafeMutableRawPointer, _ type: T.Type, _ value: (S) -> T
) {
  let y = y.of(T.self)
  for i in 0..<n { y[i] = value(x[i]) }
}

private func castFloat<S: Castable & BinaryFloatingPoint>(
  _ n: Int, _ x: UnsafePointer<S>, _ y: UnsafeMutableRawPointer, _ to: ElementKind
) {
  switch to {
  case .float32: convert(n, x, y, Float.self) { Float($0) }
  case .float64: convert(n, x, y, Double.self) { Double($0) }
  case .int32: convert(n, x, y, Int32.self) { Int32(float: Double($0)) }
  case .int64: convert(n, x, y, Int64.self) { Int64(float: Double($0)) }
  case .uint8: convert(n, x, y, UInt8.self) { UInt8(float: Double($0)) }
  case .bool: convert(n, x, y, UInt8.self) { $0.isNonzero ? 1 : 0 }
  }
}

private func castInteger<S: Castable & FixedWidthInteger>(
  _ n: Int, _ x: UnsafePointer<S>, _ y: UnsafeMutableRawPointer, _ to: ElementKind
) {
  switch to {
  case .float32: convert(n, x, y, Float.self) { Float($0) }
  case .float64: convert(n, x, y, Double.self) { Double($0) }
  case .int32: convert(n, x, y, Int32.self) { Int32(truncatingIfNeeded: $0) }
  case .int64: convert(n, x, y, Int64.self) { Int64(truncatingIfNeeded: $0) }
  case .uint8: convert(n, x, y, UInt8.self) { UInt8(truncatingIfNeeded: $0) }
  case .bool: convert(n, x, y, UInt8.self) { $0.isNonzero ? 1 : 0 }
  }
}

/// y[i] = x[i] converted, for n contiguous elements.
package func cast(
  _ n: Int, _ x: UnsafeRawPointer, _ from: ElementKind, _ y: UnsafeMutableRawPointer, _ to: ElementKind
) {
  switch from {
  case .float32: castFloat(n, x.of(Float.self), y, to)
  case .float64: castFloat(n, x.of(Double.self), y, to)
  case .int32: castInteger(n, x.of(Int32.self), y, to)
  case .int64: castInteger(n, x.of(Int64.self), y, to)
  case .uint8, .bool: castInteger(n, x.of(UInt8.self), y, to)
  }
}
