import Kernels

/// Operations on the bits of integers and on truth values, elementwise and broadcast: [..] ∘ [..] → the broadcast shape.
/// Types promote; floating-point tensors stop the program. Nothing flows back.
extension TensorProtocol {
  /// The bits that are set in both; on `.bool`, and.
  public static func & (a: Self, b: Self) -> Tensor { Tensor.bitwise(.and, "&", a.value, b.value) }
  /// The bits that are set in either; on `.bool`, or.
  public static func | (a: Self, b: Self) -> Tensor { Tensor.bitwise(.or, "|", a.value, b.value) }
  /// The bits that are set in one; on `.bool`, exclusive or.
  public static func ^ (a: Self, b: Self) -> Tensor { Tensor.bitwise(.xor, "^", a.value, b.value) }
  /// a·2ᵇ without the bits that leave the type; 0 where b is negative or not below the type's number of bits.
  public static func << (a: Self, b: Self) -> Tensor { Tensor.shifted(.shiftLeft, "<<", a.value, b.value) }
  /// ⌊a/2ᵇ⌋; 0, or −1 for negative a, where b is negative or not below the type's number of bits.
  public static func >> (a: Self, b: Self) -> Tensor { Tensor.shifted(.shiftRight, ">>", a.value, b.value) }

  /// The bits that are set in both.
  public static func & <S: BinaryInteger>(a: Self, b: S) -> Tensor { a.value & a.value.wrapped(b) }
  /// The bits that are set in either.
  public static func | <S: BinaryInteger>(a: Self, b: S) -> Tensor { a.value | a.value.wrapped(b) }
  /// The bits that are set in one.
  public static func ^ <S: BinaryInteger>(a: Self, b: S) -> Tensor { a.value ^ a.value.wrapped(b) }
  /// a·2ᵇ without the bits that leave the type.
  public static func << <S: BinaryInteger>(a: Self, b: S) -> Tensor { a.value << a.value.wrapped(b) }
  /// ⌊a/2ᵇ⌋.
  public static func >> <S: BinaryInteger>(a: Self, b: S) -> Tensor { a.value >> a.value.wrapped(b) }

  /// All bits turned over; on `.bool`, not.
  public static prefix func ~ (a: Self) -> Tensor {
    a.dtype == .bool ? .!a.value : a.value ^ a.value.wrapped(-1)
  }

  /// The greatest common divisor of the magnitudes; gcd(0, 0) = 0.
  public func gcd(_ other: Self) -> Tensor { Tensor.shifted(.greatestCommonDivisor, "gcd", value, other.value) }
  /// The least common multiple of the magnitudes; 0 where either is 0.
  public func lcm(_ other: Self) -> Tensor { Tensor.shifted(.leastCommonMultiple, "lcm", value, other.value) }
}

extension Tensor {
  fileprivate static func bitwise(_ function: BitwiseFunction, _ name: String, _ a: Tensor, _ b: Tensor) -> Tensor {
    let shape = Shape.broadcast(a.shape, b.shape, name)
    let (x, y) = promoted(a, b)
    require(
      !x.dtype.isFloatingPoint, name,
      "dtypes \(a.dtype) and \(b.dtype); expected integers or bool, whose bits mean numbers")
    let traversal = Traversal([x, y], over: shape)
    let (result, kind) = (traversal.output(x.dtype), x.dtype.kind)
    let target = result.freshData
    traversal.run { n, x, steps, start in
      Kernels.bitwise(function, kind, n, x[0], steps[0], x[1], steps[1], target + start * kind.size)
    }
    return result
  }

  /// An operation that means nothing for truth values.
  fileprivate static func shifted(_ function: BitwiseFunction, _ name: String, _ a: Tensor, _ b: Tensor) -> Tensor {
    require(a.dtype != .bool || b.dtype != .bool, name, "not defined for two bool tensors; expected integers")
    return bitwise(function, name, a, b)
  }
}

/// Masks combined: `(x .> 0) .& (x .< 1)`. Both must be `.bool`; shapes broadcast.
extension Tensor {
  /// And, elementwise.
  public static func .& (a: Tensor, b: Tensor) -> Tensor { masked(".&", a, b) { $0 & $1 } }
  /// Or, elementwise.
  public static func .| (a: Tensor, b: Tensor) -> Tensor { masked(".|", a, b) { $0 | $1 } }
  /// Exclusive or, elementwise.
  public static func .^ (a: Tensor, b: Tensor) -> Tensor { masked(".^", a, b) { $0 ^ $1 } }

  private static func masked(_ name: String, _ a: Tensor, _ b: Tensor, _ f: (Tensor, Tensor) -> Tensor) -> Tensor {
    require(
      a.dtype == .bool && b.dtype == .bool, name,
      "dtypes \(a.dtype) and \(b.dtype); expected masks, which are bool (see logicalAnd, logicalOr and logicalXor)")
    return f(a, b)
  }
}
