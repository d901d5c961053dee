import Tensors

/// Elementwise arithmetic; shapes broadcast: [..] ∘ [..] → the broadcast shape.
extension Variable {
  /// y = a + b.  ∂L/∂a = g, ∂L/∂b = g.
  public static func + (a: Variable, b: Variable) -> Variable {
    record("add", a.value + b.value, a, { $0 }, b, { $0 })
  }

  /// y = a − b.  ∂L/∂a = g, ∂L/∂b = −g.
  public static func - (a: Variable, b: Variable) -> Variable {
    record("subtract", a.value - b.value, a, { $0 }, b, { -$0 })
  }

  /// y = a·b.  ∂L/∂a = g·b, ∂L/∂b = g·a.
  public static func * (a: Variable, b: Variable) -> Variable { product(a, b) }

  /// a·b. An operand that was saved needs no variable of its own.
  @inline(__always)
  static func product(_ a: some Operand, _ b: some Operand) -> Variable {
    record(
      "multiply", a.value * b.value, a, { [y = b.saved] in product($0, y) }, b, { [x = a.saved] in product($0, x) })
  }

  /// y = a/b.  ∂L/∂a = g/b, ∂L/∂b = −g·a/b².
  public static func / (a: Variable, b: Variable) -> Variable {
    record(
      "divide", a.value / b.value, a, { [y = b.saved] in $0 / y.variable }, b,
      { [x = a.saved, y = b.saved] in -$0 * (x.variable / y.variable) / y.variable })
  }

  /// y = −x.  ∂L/∂x = −g.
  public static prefix func - (x: Variable) -> Variable {
    record("negate", -x.value, x) { -$0 }
  }

  /// y = a·b + c, rounded once where the processor can.  ∂L/∂a = g·b, ∂L/∂b = g·a, ∂L/∂c = g.
  public static func multiplyAdd(_ a: Variable, _ b: Variable, _ c: Variable) -> Variable {
    record(
      "multiplyAdd", Tensor.multiplyAdd(a.value, b.value, c.value), a, { [y = b.saved] in $0 * y.variable }, b,
      { [x = a.saved] in $0 * x.variable }, c, { $0 })
  }

  /// y = a + b with a number.
  public static func + <S: BinaryFloatingPoint>(a: Variable, b: S) -> Variable { record("add", a.value + b, a) { $0 } }
  /// y = a + b with a number.
  public static func + <S: BinaryInteger>(a: Variable, b: S) -> Variable { record("add", a.value + b, a) { $0 } }
  /// y = a + b with a number.
  public static func + <S: BinaryFloatingPoint>(a: S, b: Variable) -> Variable { b + a }
  /// y = a + b with a number.
  public static func + <S: BinaryInteger>(a: S, b: Variable) -> Variable { b + a }
  /// y = a − b with a number.
  public static func - <S: BinaryFloatingPoint>(a: Variable, b: S) -> Variable {
    record("subtract", a.value - b, a) { $0 }
  }
  /// y = a − b with a number.
  public static func - <S: BinaryInteger>(a: Variable, b: S) -> Variable { record("subtract", a.value - b, a) { $0 } }
  /// y = a − b with a number.
  public static func - <S: BinaryFloatingPoint>(a: S, b: Variable) -> Variable {
    record("subtract", a - b.value, b) { -$0 }
  }
  /// y = a − b with a number.
  public static func - <S: BinaryInteger>(a: S, b: Variable) -> Variable { record("subtract", a - b.value, b) { -$0 } }
  /// y = a·b with a number.
  public static func * <S: BinaryFloatingPoint>(a: Variable, b: S) -> Variable {
    record("multiply", a.value * b, a) { $0 * b }
  }
  /// y = a·b with a number.
  public static func * <S: BinaryInteger>(a: Variable, b: S) -> Variable {
    record("multiply", a.value * b, a) { $0 * b }
  }
  /// y = a·b with a number.
  public static func * <S: BinaryFloatingPoint>(a: S, b: Variable) -> Variable { b * a }
  /// y = a·b with a number.
  public static func * <S: BinaryInteger>(a: S, b: Variable) -> Variable { b * a }
  /// y = a/b with a number.
  public static func / <S: BinaryFloatingPoint>(a: Variable, b: S) -> Variable {
    record("divide", a.value / b, a) { $0 / b }
  }
  /// y = a/b with a number.
  public static func / <S: BinaryInteger>(a: Variable, b: S) -> Variable { a / Double(b) }
  /// y = a/b with a number.
  public static func / <S: BinaryFloatingPoint>(a: S, b: Variable) -> Variable { b.reciprocal() * a }
  /// y = a/b with a number.
  public static func / <S: BinaryInteger>(a: S, b: Variable) -> Variable { Double(a) / b }
}

package let arithmeticProbes: [Probe] = [
  .binary("a + b") { $0 + $1 },
  .binary("a - b") { $0 - $1 },
  .binary("a * b") { $0 * $1 },
  .binary("a / b", second: 0.5...2) { $0 / $1 },
  .elementwise("-x") { -$0 },
  .elementwise("x + 2") { $0 + 2 },
  .elementwise("2.5 + x") { 2.5 + $0 },
  .elementwise("x - 2.5") { $0 - 2.5 },
  .elementwise("2 - x") { 2 - $0 },
  .elementwise("x * 2.5") { $0 * 2.5 },
  .elementwise("3 * x") { 3 * $0 },
  .elementwise("x / 4") { $0 / 4 },
  .elementwise("2 / x", in: 0.5...2) { 2 / $0 },
  Probe("multiplyAdd", [.init([2, 3]), .init([3]), .init([2, 1])]) { Variable.multiplyAdd($0[0], $0[1], $0[2]) },
]
