import CKernels

/// A machine vector of floating-point lanes, 64 bytes wide: `SIMD16<Float>` or `SIMD8<Double>`.
///
/// Kernels are written against this protocol and not against `SIMD`, whose generic members (`addingProduct`, `.<`,
/// `rounded`) compile to a call per lane. Every requirement here is one instruction after inlining.
package protocol FloatVector {
  associatedtype Scalar: Lane where Scalar.Vector == Self
  /// Integer lanes of the same width: bit patterns, and comparison masks (−1 true, 0 false).
  associatedtype Bits

  static var lanes: Int { get }
  init(repeating value: Scalar)
  static func + (a: Self, b: Self) -> Self
  static func - (a: Self, b: Self) -> Self
  static func * (a: Self, b: Self) -> Self
  static func / (a: Self, b: Self) -> Self
  prefix static func - (a: Self) -> Self

  /// a·b + c, fused where the processor fuses.
  static func muladd(_ a: Self, _ b: Self, _ c: Self) -> Self
  /// c − a·b, fused where the processor fuses.
  static func negmuladd(_ a: Self, _ b: Self, _ c: Self) -> Self
  /// a·b + c, rounded once on every processor: without the instruction, by a library call a lane.
  static func fma(_ a: Self, _ b: Self, _ c: Self) -> Self
  func squareRoot() -> Self
  func magnitude() -> Self
  func copyingSign(of other: Self) -> Self
  /// The largest integer that is not above.
  func roundedDown() -> Self
  /// The smallest integer that is not below.
  func roundedUp() -> Self
  /// The integer part.
  func roundedToZero() -> Self
  /// The nearest integer, the even one of two.
  func roundedToEven() -> Self

  static func less(_ a: Self, _ b: Self) -> Bits
  static func lessEqual(_ a: Self, _ b: Self) -> Bits
  static func equal(_ a: Self, _ b: Self) -> Bits
  static func notEqual(_ a: Self, _ b: Self) -> Bits
  static func select(_ mask: Bits, _ a: Self, _ b: Self) -> Self
  static func any(_ mask: Bits) -> Bool
  static func all(_ mask: Bits) -> Bool
  /// The C library's sin x in the lanes of the mask, y in the others.
  static func sine(where mask: Bits, _ x: Self, _ y: Self) -> Self
  /// The C library's cos x in the lanes of the mask, y in the others.
  static func cosine(where mask: Bits, _ x: Self, _ y: Self) -> Self
  /// The C library's tan x in the lanes of the mask, y in the others.
  static func tangent(where mask: Bits, _ x: Self, _ y: Self) -> Self
  /// The C library's fmod(a, b) in the lanes of the mask, y in the others.
  static func fmod(where mask: Bits, _ a: Self, _ b: Self, _ y: Self) -> Self
  /// Elements 0, 2, 4, … of a followed by b.
  static func evens(_ a: Self, _ b: Self) -> Self
  /// Elements 1, 3, 5, … of a followed by b.
  static func odds(_ a: Self, _ b: Self) -> Self

  var bits: Bits { get }
  init(bits: Bits)
  init(converting bits: Bits)
  static func and(_ a: Bits, _ b: Bits) -> Bits
  static func or(_ a: Bits, _ b: Bits) -> Bits
  static func xor(_ a: Bits, _ b: Bits) -> Bits
  static func add(_ a: Bits, _ b: Bits) -> Bits
  static func subtract(_ a: Bits, _ b: Bits) -> Bits
  static func shiftLeft(_ a: Bits, _ n: Int32) -> Bits
  static func shiftRight(_ a: Bits, _ n: Int32) -> Bits
  static func splat(bitPattern: Int) -> Bits

  static func load(_ p: UnsafePointer<Scalar>) -> Self
  static func store(_ v: Self, _ p: UnsafeMutablePointer<Scalar>)
  /// The first `count` lanes from memory (fewer than `lanes`), the rest filled.
  static func load(_ p: UnsafePointer<Scalar>, count: Int, fill: Scalar) -> Self
  static func store(_ v: Self, _ p: UnsafeMutablePointer<Scalar>, count: Int)
  static func loadMask(_ p: UnsafePointer<UInt8>) -> Bits
  static func storeMask(_ mask: Bits, _ p: UnsafeMutablePointer<UInt8>)

  /// The sum of all lanes, in a fixed tree order.
  func sum() -> Scalar

  /// The sum of lanes 0…i in each lane i, by doubling: log₂ lanes additions deep.
  func prefixSums() -> Self
  /// The sum of lanes i… in each lane i.
  func suffixSums() -> Self
  /// The first lane in all lanes.
  func first() -> Self
  /// The last lane in all lanes.
  func last() -> Self
  /// All lanes combined in a fixed tree order: halves, quarters, …; for an associative and commutative combination.
  func fold(_ combine: (Self, Self) -> Self) -> Scalar
  /// Lane 0.
  var lane0: Scalar { get }
}
