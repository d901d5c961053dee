/// Operators that give a variable of the program a new value. On a `Variable` they record as `x = x + y` does; a ``Tensor``
/// is written in place where it can be.
extension TensorProtocol {
  /// a ← a ∘ b by way of a new value.
  public static func update(_ a: inout Self, _ operation: Arithmetic, _ b: Self) { a = combined(a, operation, b) }

  /// a ← a + b.
  public static func += (a: inout Self, b: Self) { update(&a, .add, b) }
  /// a ← a − b.
  public static func -= (a: inout Self, b: Self) { update(&a, .subtract, b) }
  /// a ← a·b.
  public static func *= (a: inout Self, b: Self) { update(&a, .multiply, b) }
  /// a ← a/b.
  public static func /= (a: inout Self, b: Self) { update(&a, .divide, b) }
  /// a ← a − b·⌊a/b⌋, whose type must fit: see ``Tensor/+=(_:_:)``.
  public static func %= (a: inout Self, b: Self) { a = a.fitted(a % b, "remainder") }

  /// a ← a + b.
  public static func += <S: BinaryFloatingPoint>(a: inout Self, b: S) { update(&a, .add, a.constant(b)) }
  /// a ← a + b.
  public static func += <S: BinaryInteger>(a: inout Self, b: S) { update(&a, .add, a.constant(b)) }
  /// a ← a − b.
  public static func -= <S: BinaryFloatingPoint>(a: inout Self, b: S) { update(&a, .subtract, a.constant(b)) }
  /// a ← a − b.
  public static func -= <S: BinaryInteger>(a: inout Self, b: S) { update(&a, .subtract, a.constant(b)) }
  /// a ← a·b.
  public static func *= <S: BinaryFloatingPoint>(a: inout Self, b: S) { update(&a, .multiply, a.constant(b)) }
  /// a ← a·b.
  public static func *= <S: BinaryInteger>(a: inout Self, b: S) { update(&a, .multiply, a.constant(b)) }
  /// a ← a/b.
  public static func /= <S: BinaryFloatingPoint>(a: inout Self, b: S) { update(&a, .divide, a.constant(b)) }
  /// a ← a/b.
  public static func /= <S: BinaryInteger>(a: inout Self, b: S) { update(&a, .divide, a.constant(b)) }
  /// a ← a − b·⌊a/b⌋.
  public static func %= <S: BinaryFloatingPoint>(a: inout Self, b: S) { a %= a.constant(b) }
  /// a ← a − b·⌊a/b⌋.
  public static func %= <S: BinaryInteger>(a: inout Self, b: S) { a %= a.constant(b) }

  /// A result in this one's place: of the same shape, and converted to its dtype, which must be of the same category or a
  /// higher one.
  package func fitted(_ result: Self, _ name: String) -> Self {
    require(
      result.shape == shape && result.dtype.category <= dtype.category, name,
      "the result \(result.dtype)\(result.shape) in place of \(dtype)\(shape); expected an equal shape, and a dtype of no "
        + "higher category")
    return result.to(dtype)
  }
}
