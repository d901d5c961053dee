import CKernels

/// Conversions between element types, as C casts them: fractions truncated toward zero, integers wrapped to the width.
/// A float outside a signed type's range, or NaN, gives the type's minimum, as x86 instructions do. To uint8 a float goes
/// by way of int64 and wraps.

/// Converts n elements by sixteens. What is left over goes through memory of that size.
@inline(__always)
private func convert<S: BitwiseCopyable, T: BitwiseCopyable>(
  _ n: Int, _ x: UnsafePointer<S>, _ y: UnsafeMutablePointer<T>,
  _ sixteen: (UnsafePointer<S>, UnsafeMutablePointer<T>) -> Void
) {
  var i = 0
  while i &+ 16 <= n {
    sixteen(x + i, y + i)
    i &+= 16
  }
  guard i < n else { return }
  // 128 bytes each: sixteen elements of any type.
  var (from, to) = (SIMD16<Int64>(), SIMD16<Int64>())
  withUnsafeMutableBytes(of: &from) { from in
    withUnsafeMutableBytes(of: &to) { to in
      let (from, to) = (from.baseAddress.unsafelyUnwrapped.of(S.self), to.baseAddress.unsafelyUnwrapped.of(T.self))
      for j in 0..<n &- i { from[j] = x[i &+ j] }
      sixteen(from, to)
      for j in 0..<n &- i { y[i &+ j] = to[j] }
    }
  }
}

@c(adj_cast_f32) @inline(__always)
func castF32(_ to: Int32, _ n: Int, _ x: UnsafePointer<Float>, _ y: UnsafeMutableRawPointer) {
  switch ElementKind(rawValue: UInt8(truncatingIfNeeded: to)).unsafelyUnwrapped {
  case .float32: convert(n, x, y.of(Float.self)) { adj_f32_to_f32($0, $1) }
  case .float64: convert(n, x, y.of(Double.self)) { adj_f32_to_f64($0, $1) }
  case .int32: convert(n, x, y.of(Int32.self)) { adj_f32_to_i32($0, $1) }
  case .int64: convert(n, x, y.of(Int64.self)) { adj_f32_to_i64($0, $1) }
  case .uint8: convert(n, x, y.of(UInt8.self)) { adj_f32_to_u8($0, $1) }
  case .bool: convert(n, x, y.of(UInt8.self)) { adj_f32_to_bool($0, $1) }
  }
}

@c(adj_cast_f64) @inline(__always)
func castF64(_ to: Int32, _ n: Int, _ x: UnsafePointer<Double>, _ y: UnsafeMutableRawPointer) {
  switch ElementKind(rawValue: UInt8(truncatingIfNeeded: to)).unsafelyUnwrapped {
  case .float32: convert(n, x, y.of(Float.self)) { adj_f64_to_f32($0, $1) }
  case .float64: convert(n, x, y.of(Double.self)) { adj_f64_to_f64($0, $1) }
  case .int32: convert(n, x, y.of(Int32.self)) { adj_f64_to_i32($0, $1) }
  case .int64: convert(n, x, y.of(Int64.self)) { adj_f64_to_i64($0, $1) }
  case .uint8: convert(n, x, y.of(UInt8.self)) { adj_f64_to_u8($0, $1) }
  case .bool: convert(n, x, y.of(UInt8.self)) { adj_f64_to_bool($0, $1) }
  }
}

@c(adj_cast_i32) @inline(__always)
func castI32(_ to: Int32, _ n: Int, _ x: UnsafePointer<Int32>, _ y: UnsafeMutableRawPointer) {
  switch ElementKind(rawValue: UInt8(truncatingIfNeeded: to)).unsafelyUnwrapped {
  case .float32: convert(n, x, y.of(Float.self)) { adj_i32_to_f32($0, $1) }
  case .float64: convert(n, x, y.of(Double.self)) { adj_i32_to_f64($0, $1) }
  case .int32: convert(n, x, y.of(Int32.self)) { adj_i32_to_i32($0, $1) }
  case .int64: convert(n, x, y.of(Int64.self)) { adj_i32_to_i64($0, $1) }
  case .uint8: convert(n, x, y.of(UInt8.self)) { adj_i32_to_u8($0, $1) }
  case .bool: convert(n, x, y.of(UInt8.self)) { adj_i32_to_bool($0, $1) }
  }
}

@c(adj_cast_i64) @inline(__always)
func castI64(_ to: Int32, _ n: Int, _ x: UnsafePointer<Int64>, _ y: UnsafeMutableRawPointer) {
  switch ElementKind(rawValue: UInt8(truncatingIfNeeded: to)).unsafelyUnwrapped {
  case .float32: convert(n, x, y.of(Float.self)) { adj_i64_to_f32($0, $1) }
  case .float64: convert(n, x, y.of(Double.self)) { adj_i64_to_f64($0, $1) }
  case .int32: convert(n, x, y.of(Int32.self)) { adj_i64_to_i32($0, $1) }
  case .int64: convert(n, x, y.of(Int64.self)) { adj_i64_to_i64($0, $1) }
  case .uint8: convert(n, x, y.of(UInt8.self)) { adj_i64_to_u8($0, $1) }
  case .bool: convert(n, x, y.of(UInt8.self)) { adj_i64_to_bool($0, $1) }
  }
}

@c(adj_cast_u8) @inline(__always)
func castU8(_ to: Int32, _ n: Int, _ x: UnsafePointer<UInt8>, _ y: UnsafeMutableRawPointer) {
  switch ElementKind(rawValue: UInt8(truncatingIfNeeded: to)).unsafelyUnwrapped {
  case .float32: convert(n, x, y.of(Float.self)) { adj_u8_to_f32($0, $1) }
  case .float64: convert(n, x, y.of(Double.self)) { adj_u8_to_f64($0, $1) }
  case .int32: convert(n, x, y.of(Int32.self)) { adj_u8_to_i32($0, $1) }
  case .int64: convert(n, x, y.of(Int64.self)) { adj_u8_to_i64($0, $1) }
  case .uint8: convert(n, x, y.of(UInt8.self)) { adj_u8_to_u8($0, $1) }
  case .bool: convert(n, x, y.of(UInt8.self)) { adj_u8_to_bool($0, $1) }
  }
}

@inline(never)
private func castPiece(
  _ n: Int, _ x: UnsafeRawPointer, _ from: ElementKind, _ y: UnsafeMutableRawPointer, _ to: ElementKind
) {
  let to = Int32(to.rawValue)
  switch from {
  case .float32: adj_cast_f32_dispatch(to, n, x.of(Float.self), y)
  case .float64: adj_cast_f64_dispatch(to, n, x.of(Double.self), y)
  case .int32: adj_cast_i32_dispatch(to, n, x.of(Int32.self), y)
  case .int64: adj_cast_i64_dispatch(to, n, x.of(Int64.self), y)
  case .uint8, .bool: adj_cast_u8_dispatch(to, n, x.of(UInt8.self), y)
  }
}

/// y[i] = x[i] converted, for n contiguous elements.
package func cast(
  _ n: Int, _ x: UnsafeRawPointer, _ from: ElementKind, _ y: UnsafeMutableRawPointer, _ to: ElementKind
) {
  parallel(n, grain: 1 << 15) { range in
    castPiece(range.count, x + range.lowerBound * from.size, from, y + range.lowerBound * to.size, to)
  }
}
