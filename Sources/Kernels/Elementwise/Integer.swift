/// Elementwise kernels on integers: wrapping arithmetic, as PyTorch's. Plain loops, which the compiler vectorises.
@inline(__always)
func loop<E>(_ n: Int, _ y: UnsafeMutablePointer<E>, _ body: (Int) -> E) {
  var i = 0
  while i < n {
    y[i] = body(i)
    i &+= 1
  }
}

func integerUnary<E: FixedWidthInteger>(
  _ function: UnaryFunction, _ n: Int, _ x: UnsafePointer<E>, _ y: UnsafeMutablePointer<E>
) {
  switch function {
  case .negate: loop(n, y) { 0 &- x[$0] }
  case .square: loop(n, y) { x[$0] &* x[$0] }
  case .absolute: loop(n, y) { x[$0] < 0 ? 0 &- x[$0] : x[$0] }
  case .relu: loop(n, y) { max(x[$0], 0) }
  case .sign: loop(n, y) { x[$0].signum() }
  default: fatalError("\(function) has no integer kernel")
  }
}

func integerBinary<E: FixedWidthInteger>(
  _ function: BinaryFunction, _ n: Int, _ a: UnsafePointer<E>, _ sa: Int, _ b: UnsafePointer<E>, _ sb: Int,
  _ y: UnsafeMutablePointer<E>
) {
  switch function {
  case .add: loop(n, y) { a[$0 &* sa] &+ b[$0 &* sb] }
  case .subtract: loop(n, y) { a[$0 &* sa] &- b[$0 &* sb] }
  case .multiply: loop(n, y) { a[$0 &* sa] &* b[$0 &* sb] }
  case .maximum, .fmax: loop(n, y) { max(a[$0 &* sa], b[$0 &* sb]) }
  case .minimum, .fmin: loop(n, y) { min(a[$0 &* sa], b[$0 &* sb]) }
  case .power: loop(n, y) { integerPower(a[$0 &* sa], b[$0 &* sb]) }
  case .fmod: loop(n, y) { quotient(a[$0 &* sa], b[$0 &* sb]).remainder }
  case .remainder: loop(n, y) { floorQuotient(a[$0 &* sa], b[$0 &* sb]).remainder }
  case .floorDivide: loop(n, y) { floorQuotient(a[$0 &* sa], b[$0 &* sb]).quotient }
  default: fatalError("\(function) has no integer kernel")
  }
}

/// a/b towards zero for b ≠ 0; the one quotient that does not fit, of the least number by −1, wraps.
@inline(__always)
private func quotient<E: FixedWidthInteger>(_ a: E, _ b: E) -> (quotient: E, remainder: E) {
  E.isSigned && b == 0 &- 1 ? (0 &- a, 0) : (a / b, a % b)
}

/// ⌊a/b⌋ for b ≠ 0, and a − b·⌊a/b⌋.
@inline(__always)
private func floorQuotient<E: FixedWidthInteger>(_ a: E, _ b: E) -> (quotient: E, remainder: E) {
  let (q, r) = quotient(a, b)
  return r != 0 && (r < 0) != (b < 0) ? (q &- 1, r &+ b) : (q, r)
}

/// aᵇ modulo 2^bits by squaring; a negative exponent gives what the rounded quotient would: 0, or ±1 for a base of ±1.
private func integerPower<E: FixedWidthInteger>(_ a: E, _ b: E) -> E {
  if b < 0 { return a == 1 ? 1 : (a == 0 &- 1 ? (b & 1 == 0 ? 1 : a) : 0) }
  var (result, base, exponent) = (E(1), a, b)
  while exponent > 0 {
    if exponent & 1 == 1 { result = result &* base }
    base = base &* base
    exponent >>= 1
  }
  return result
}

func integerCompare<E: FixedWidthInteger>(
  _ comparison: Comparison, _ n: Int, _ a: UnsafePointer<E>, _ sa: Int, _ b: UnsafePointer<E>, _ sb: Int,
  _ y: UnsafeMutablePointer<UInt8>
) {
  switch comparison {
  case .equal: loop(n, y) { a[$0 &* sa] == b[$0 &* sb] ? 1 : 0 }
  case .notEqual: loop(n, y) { a[$0 &* sa] != b[$0 &* sb] ? 1 : 0 }
  case .less: loop(n, y) { a[$0 &* sa] < b[$0 &* sb] ? 1 : 0 }
  case .lessEqual: loop(n, y) { a[$0 &* sa] <= b[$0 &* sb] ? 1 : 0 }
  }
}
