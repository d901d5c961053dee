/// The elementwise functions of two integers, which floating-point numbers do not have.
package enum BitwiseFunction: Sendable {
  case and, or, xor, shiftLeft, shiftRight, greatestCommonDivisor, leastCommonMultiple
}

/// yᵢ = f(aᵢ, bᵢ) for i < n, of integers or truth values. Steps are 1 or 0.
package func bitwise(
  _ function: BitwiseFunction, _ kind: ElementKind, _ n: Int, _ a: UnsafeRawPointer, _ sa: Int, _ b: UnsafeRawPointer,
  _ sb: Int, _ y: UnsafeMutableRawPointer
) {
  switch kind {
  case .int32: bitwise(function, n, a.of(Int32.self), sa, b.of(Int32.self), sb, y.of(Int32.self))
  case .int64: bitwise(function, n, a.of(Int64.self), sa, b.of(Int64.self), sb, y.of(Int64.self))
  case .uint8, .bool: bitwise(function, n, a.of(UInt8.self), sa, b.of(UInt8.self), sb, y.of(UInt8.self))
  case .float32, .float64: fatalError("\(function) has no kernel for \(kind)")
  }
}

private func bitwise<E: FixedWidthInteger>(
  _ function: BitwiseFunction, _ n: Int, _ a: UnsafePointer<E>, _ sa: Int, _ b: UnsafePointer<E>, _ sb: Int,
  _ y: UnsafeMutablePointer<E>
) {
  switch function {
  case .and: loop(n, y) { a[$0 &* sa] & b[$0 &* sb] }
  case .or: loop(n, y) { a[$0 &* sa] | b[$0 &* sb] }
  case .xor: loop(n, y) { a[$0 &* sa] ^ b[$0 &* sb] }
  case .shiftLeft: loop(n, y) { isShift(b[$0 &* sb]) ? a[$0 &* sa] &<< b[$0 &* sb] : 0 }
  case .shiftRight: loop(n, y) { isShift(b[$0 &* sb]) ? a[$0 &* sa] &>> b[$0 &* sb] : a[$0 &* sa] < 0 ? 0 &- 1 : 0 }
  case .greatestCommonDivisor: loop(n, y) { greatestCommonDivisor(a[$0 &* sa], b[$0 &* sb]) }
  case .leastCommonMultiple: loop(n, y) { leastCommonMultiple(a[$0 &* sa], b[$0 &* sb]) }
  }
}

/// Whether a number of bits is in range; all others shift every bit out.
@inline(__always)
private func isShift<E: FixedWidthInteger>(_ count: E) -> Bool { count >= 0 && count < E.bitWidth }

/// Euclid's, of the magnitudes; gcd(0, 0) = 0. The least number, whose magnitude does not fit, wraps.
private func greatestCommonDivisor<E: FixedWidthInteger>(_ a: E, _ b: E) -> E {
  var (a, b) = (a.magnitude, b.magnitude)
  while b != 0 { (a, b) = (b, a % b) }
  return E(truncatingIfNeeded: a)
}

private func leastCommonMultiple<E: FixedWidthInteger>(_ a: E, _ b: E) -> E {
  let divisor = greatestCommonDivisor(a, b)
  if divisor == 0 { return 0 }
  let product = (a / divisor) &* b
  return product < 0 ? 0 &- product : product
}
