import Kernels

/// Elementwise arithmetic. Shapes broadcast; dtypes promote as PyTorch's (see ``DType/promoted(_:_:)``); a Swift number
/// never widens a tensor within its category (`.float32` times 0.5 stays `.float32`).
extension Tensor {
  private static func arithmetic(
    _ function: BinaryFunction, _ name: String, _ a: consuming Tensor, _ b: consuming Tensor
  ) -> Tensor {
    if a.dtype != b.dtype { (a, b) = promoted(a, b) }
    return zipped(function, name, a, b)
  }

  /// a + b. On `.bool`, or.
  public static func + (a: consuming Tensor, b: consuming Tensor) -> Tensor {
    a.dtype == .bool && b.dtype == .bool ? arithmetic(.maximum, "add", a, b) : arithmetic(.add, "add", a, b)
  }
  /// a − b. Not defined for `.bool` on both sides.
  public static func - (a: consuming Tensor, b: consuming Tensor) -> Tensor {
    require(
      a.dtype != .bool || b.dtype != .bool, "subtract", "not defined for two bool tensors; expected numbers on one side"
    )
    return arithmetic(.subtract, "subtract", a, b)
  }
  /// a · b elementwise. On `.bool`, and.
  public static func * (a: consuming Tensor, b: consuming Tensor) -> Tensor { arithmetic(.multiply, "multiply", a, b) }
  /// a / b; integers become `.float32` first.
  public static func / (a: consuming Tensor, b: consuming Tensor) -> Tensor {
    if a.dtype != b.dtype { (a, b) = promoted(a, b) }
    if !a.dtype.isFloatingPoint { (a, b) = (a.to(.float32), b.to(.float32)) }
    return zipped(.divide, "divide", a, b)
  }
  /// −a.
  public static prefix func - (a: consuming Tensor) -> Tensor {
    require(a.dtype != .bool, "negate", "not defined for bool; expected numbers (.! negates truth values)")
    return a.mapped(.negate)
  }

  /// a + b.
  public static func + <S: BinaryFloatingPoint>(a: consuming Tensor, b: S) -> Tensor {
    let b = a.wrapped(b)
    return a + b
  }
  /// a + b.
  public static func + <S: BinaryInteger>(a: consuming Tensor, b: S) -> Tensor {
    let b = a.wrapped(b)
    return a + b
  }
  /// a + b.
  public static func + <S: BinaryFloatingPoint>(a: S, b: consuming Tensor) -> Tensor {
    let a = b.wrapped(a)
    return a + b
  }
  /// a + b.
  public static func + <S: BinaryInteger>(a: S, b: consuming Tensor) -> Tensor {
    let a = b.wrapped(a)
    return a + b
  }
  /// a − b.
  public static func - <S: BinaryFloatingPoint>(a: consuming Tensor, b: S) -> Tensor {
    let b = a.wrapped(b)
    return a - b
  }
  /// a − b.
  public static func - <S: BinaryInteger>(a: consuming Tensor, b: S) -> Tensor {
    let b = a.wrapped(b)
    return a - b
  }
  /// a − b.
  public static func - <S: BinaryFloatingPoint>(a: S, b: consuming Tensor) -> Tensor {
    let a = b.wrapped(a)
    return a - b
  }
  /// a − b.
  public static func - <S: BinaryInteger>(a: S, b: consuming Tensor) -> Tensor {
    let a = b.wrapped(a)
    return a - b
  }
  /// a · b.
  public static func * <S: BinaryFloatingPoint>(a: consuming Tensor, b: S) -> Tensor {
    let b = a.wrapped(b)
    return a * b
  }
  /// a · b.
  public static func * <S: BinaryInteger>(a: consuming Tensor, b: S) -> Tensor {
    let b = a.wrapped(b)
    return a * b
  }
  /// a · b.
  public static func * <S: BinaryFloatingPoint>(a: S, b: consuming Tensor) -> Tensor {
    let a = b.wrapped(a)
    return a * b
  }
  /// a · b.
  public static func * <S: BinaryInteger>(a: S, b: consuming Tensor) -> Tensor {
    let a = b.wrapped(a)
    return a * b
  }
  /// a / b.
  public static func / <S: BinaryFloatingPoint>(a: consuming Tensor, b: S) -> Tensor {
    let b = a.wrapped(b)
    return a / b
  }
  /// a / b.
  public static func / <S: BinaryInteger>(a: consuming Tensor, b: S) -> Tensor {
    let b = a.wrapped(b)
    return a / b
  }
  /// a / b.
  public static func / <S: BinaryFloatingPoint>(a: S, b: consuming Tensor) -> Tensor {
    let a = b.wrapped(a)
    return a / b
  }
  /// a / b.
  public static func / <S: BinaryInteger>(a: S, b: consuming Tensor) -> Tensor {
    let a = b.wrapped(a)
    return a / b
  }
}
