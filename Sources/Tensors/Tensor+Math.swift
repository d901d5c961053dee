import Kernels

extension Tensor {
  /// 1/x, elementwise. Integers become `.float32`, here and in every function that leaves the integers.
  public consuming func reciprocal() -> Tensor { mappedFloating(.reciprocal) }
  /// √x, elementwise, correctly rounded; NaN below 0.
  public consuming func sqrt() -> Tensor { mappedFloating(.squareRoot) }
  /// 1/√x, elementwise. Maximum error 1.5 ulp; inf at 0, NaN below.
  public consuming func rsqrt() -> Tensor { mappedFloating(.reciprocalSquareRoot) }
  /// |x|, elementwise.
  public consuming func abs() -> Tensor { mapped(.absolute) }
  /// x², elementwise. `.bool` becomes `.int64`.
  public consuming func square() -> Tensor { dtype == .bool ? to(.int64).mapped(.square) : mapped(.square) }
  /// −1, 0 or 1, elementwise; 0 for NaN.
  public consuming func sign() -> Tensor { mapped(.sign) }

  /// aᵇ, elementwise, as C's `pow`: NaN for a negative base with a fractional exponent. Maximum error 1.3 ulp.
  public func pow(_ exponent: Tensor) -> Tensor {
    let (a, b) = Tensor.promoted(self, exponent)
    return Tensor.zipped(.power, "pow", a, b)
  }

  /// xᵖ, elementwise. The exponents 2, 1, ½ and −1 are a multiplication, a copy, a root and a division.
  public func pow<S: BinaryFloatingPoint>(_ exponent: S) -> Tensor {
    let x = asFloatingPoint
    switch Double(exponent) {
    case 2: return x.square()
    case 1: return x
    case 0.5: return x.sqrt()
    case -1: return x.reciprocal()
    default: return x.pow(x.wrapped(exponent))
    }
  }

  /// xᵖ, elementwise; integers stay integers, which have no powers below 0.
  public func pow<S: BinaryInteger>(_ exponent: S) -> Tensor {
    require(
      dtype.isFloatingPoint || exponent >= 0, "pow",
      "integers (\(dtype)) to the power \(exponent); expected an exponent of at least 0, or a floating-point tensor")
    if exponent == 2 { return square() }
    return dtype.isFloatingPoint ? pow(Double(exponent)) : pow(wrapped(exponent))
  }

  /// The larger of each pair, broadcast; NaN if either is.
  public static func maximum(_ a: Tensor, _ b: Tensor) -> Tensor {
    let (a, b) = promoted(a, b)
    return zipped(.maximum, "maximum", a, b)
  }

  /// The smaller of each pair, broadcast; NaN if either is.
  public static func minimum(_ a: Tensor, _ b: Tensor) -> Tensor {
    let (a, b) = promoted(a, b)
    return zipped(.minimum, "minimum", a, b)
  }

  /// a·b + c, elementwise, broadcast, rounded once where the processor has a fused instruction.
  public static func multiplyAdd(_ a: Tensor, _ b: Tensor, _ c: Tensor) -> Tensor {
    let dtype = resultDType(a, b, c)
    if dtype == .bool { return a * b + c }
    let shape = Shape.broadcast(Shape.broadcast(a.shape, b.shape, "multiplyAdd"), c.shape, "multiplyAdd")
    let traversal = Traversal([a.to(dtype), b.to(dtype), c.to(dtype)], over: shape)
    let (result, kind) = (traversal.output(dtype), dtype.kind)
    let y = result.freshData
    traversal.run { n, x, s, start in
      Kernels.multiplyAdd(kind, n, x[0], s[0], x[1], s[1], x[2], s[2], y + start * kind.size)
    }
    return result
  }

  /// `condition ? a : b`, elementwise, broadcast. The condition must be `.bool`.
  public static func `where`(_ condition: Tensor, _ a: Tensor, _ b: Tensor) -> Tensor {
    require(condition.dtype == .bool, "where", "the condition is \(condition.dtype); expected bool")
    let (a, b) = promoted(a, b)
    let shape = Shape.broadcast(Shape.broadcast(condition.shape, a.shape, "where"), b.shape, "where")
    let traversal = Traversal([condition, a, b], over: shape)
    let (result, kind) = (traversal.output(a.dtype), a.dtype.kind)
    let y = result.freshData
    traversal.run { n, x, s, start in
      Kernels.select(kind, n, x[0].of(UInt8.self), s[0], x[1], s[1], x[2], s[2], y + start * kind.size)
    }
    return result
  }

  /// The gradient kernel of a saved-output function, ∂L/∂x from g and y (relu: from g and x).
  package func gradient(_ function: BinaryFunction, _ y: Tensor) -> Tensor {
    Tensor.zipped(function, "gradient", self, y)
  }
}
