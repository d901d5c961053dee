import Kernels

/// Operators that change a tensor, in place where it is the sole owner of its memory; other tensors never see it. The
/// operand may broadcast to the tensor's shape, and the result is converted to its dtype within the category: an integer
/// result fits a floating-point tensor but no fraction fits integers, and no number truth values.
///
/// Any other function is applied in place by `x = x.exp()`: in optimised builds, a large operand that nobody else holds gives
/// its memory to the result.
extension Tensor {
  /// a ← a + b.
  public static func += (a: inout Tensor, b: Tensor) { a.update(.add, "add", b) { $0 + $1 } }
  /// a ← a − b.
  public static func -= (a: inout Tensor, b: Tensor) { a.update(.subtract, "subtract", b) { $0 - $1 } }
  /// a ← a·b.
  public static func *= (a: inout Tensor, b: Tensor) { a.update(.multiply, "multiply", b) { $0 * $1 } }
  /// a ← a/b; not for integers.
  public static func /= (a: inout Tensor, b: Tensor) { a.update(.divide, "divide", b) { $0 / $1 } }

  /// a ← a & b, of integers or truth values.
  public static func &= (a: inout Tensor, b: Tensor) { a = a.fitted(a & b, "&") }
  /// a ← a | b, of integers or truth values.
  public static func |= (a: inout Tensor, b: Tensor) { a = a.fitted(a | b, "|") }
  /// a ← a ^ b, of integers or truth values.
  public static func ^= (a: inout Tensor, b: Tensor) { a = a.fitted(a ^ b, "^") }
  /// a ← a << b, of integers.
  public static func <<= (a: inout Tensor, b: Tensor) { a = a.fitted(a << b, "<<") }
  /// a ← a >> b, of integers.
  public static func >>= (a: inout Tensor, b: Tensor) { a = a.fitted(a >> b, ">>") }
  /// a ← a & b.
  public static func &= <S: BinaryInteger>(a: inout Tensor, b: S) { a &= a.wrapped(b) }
  /// a ← a | b.
  public static func |= <S: BinaryInteger>(a: inout Tensor, b: S) { a |= a.wrapped(b) }
  /// a ← a ^ b.
  public static func ^= <S: BinaryInteger>(a: inout Tensor, b: S) { a ^= a.wrapped(b) }
  /// a ← a << b.
  public static func <<= <S: BinaryInteger>(a: inout Tensor, b: S) { a <<= a.wrapped(b) }
  /// a ← a >> b.
  public static func >>= <S: BinaryInteger>(a: inout Tensor, b: S) { a >>= a.wrapped(b) }

  /// a ← f(a, b), written over a's own memory when nobody shares it; b may broadcast to a's shape.
  private mutating func update(
    _ function: BinaryFunction, _ name: String, _ b: Tensor, _ general: (Tensor, Tensor) -> Tensor
  ) {
    guard dtype == b.dtype, dtype.isFloatingPoint, isContiguous,
      b.shape == shape || Shape.broadcast(shape, b.shape, name) == shape,
      isKnownUniquelyReferenced(&storage)
    else {
      self = fitted(general(self, b), name)
      return
    }
    let (y, kind) = (freshData, dtype.kind)
    if let step = b.shortStep(in: self) {
      return withExtendedLifetime(b) { Kernels.binary(function, kind, elementCount, y, 1, b.data, step, y) }
    }
    Traversal([self, b], over: shape).run { n, x, steps, start in
      Kernels.binary(function, kind, n, x[0], steps[0], x[1], steps[1], y + start * kind.size)
    }
  }
}
