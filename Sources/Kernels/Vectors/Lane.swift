/// A scalar that kernels compute with: `Float` or `Double`, its 64-byte vector, and the constants of its elementary
/// functions.
///
/// The polynomials are least-squares fits at Chebyshev nodes, reweighted until the largest relative error is level
/// (Lawson's iteration), computed with 50 digits.
package protocol Lane: BinaryFloatingPoint, SIMDScalar, Codable, Sendable {
  associatedtype Vector: FloatVector where Vector.Scalar == Self

  static func transpose4(_ src: UnsafePointer<Self>, _ lds: Int, _ dst: UnsafeMutablePointer<Self>, _ ldd: Int)
  static func copy8(_ src: UnsafePointer<Self>, _ dst: UnsafeMutablePointer<Self>)

  /// 1.5 · 2^(significand bits): adding it rounds to an integer and leaves that integer in the low bits.
  static var roundingMagic: Self { get }
  static var mantissaBits: Int32 { get }
  static var signBit: Int32 { get }
  /// A power of two that lifts every subnormal into the normal range, and its exponent.
  static var subnormalScale: Self { get }
  static var subnormalShift: Self { get }
  /// Minus half the bits of x, this is about the bits of 1/√x.
  static var rootGuess: Int { get }
  /// ln 2 in two parts; the high one times any exponent is exact.
  static var ln2High: Self { get }
  static var ln2Low: Self { get }
  /// exp overflows above the first and is zero below the second; expm1 rounds to −1 below the third.
  static var expMaximum: Self { get }
  static var expMinimum: Self { get }
  static var expm1Minimum: Self { get }
  /// eˣ, e⁻ˣ and e^{−x²/2} are normal numbers up to here.
  static var expModerate: Self { get }
  static var normalModerate: Self { get }
  /// π in three parts of full precision, each below its remainder, and the largest |x| for which x − nπ by them is good to
  /// the last place.
  static var piHigh: Self { get }
  static var piMiddle: Self { get }
  static var piLow: Self { get }
  static var sineLimit: Self { get }
  /// tanh and erf round to 1 from here on.
  static var tanhSaturation: Self { get }
  static var erfSaturation: Self { get }
  /// x·e^{−|x|}, x·e^{−x²/2} and x·e^{−|v|}, v the argument in gelu's tanh form, round to zero beyond these |x|.
  static var logisticLimit: Self { get }
  static var normalLimit: Self { get }
  static var geluTanhLimit: Self { get }
  /// 2√(2/π) and 0.044715 times that, in two parts.
  static var geluLinearHigh: Self { get }
  static var geluLinearLow: Self { get }
  static var geluCubicHigh: Self { get }
  static var geluCubicLow: Self { get }
  /// A power of two by which small numbers are multiplied, and large ones divided, before they are squared.
  static var hypotScale: Self { get }
  /// Below it a number's square loses digits.
  static var hypotMinimum: Self { get }
  /// Above it the sum of two squares overflows.
  static var hypotMaximum: Self { get }
  /// log₂ e, log₁₀ e and π/2, in two parts.
  static var log2OfEHigh: Self { get }
  static var log2OfELow: Self { get }
  static var log10OfEHigh: Self { get }
  static var log10OfELow: Self { get }
  static var halfPiHigh: Self { get }
  static var halfPiLow: Self { get }
  /// What rounding takes from 2/3.
  static var twoThirdsLow: Self { get }
  /// The k of ``normalTail(_:)``.
  static var normalCentre: Self { get }

  /// q(r) with exp r = 1 + r + r²·q(r) for |r| ≤ ln 2 / 2.
  static func expTail(_ r: Vector) -> Vector
  /// p(z) with log((1+s)/(1−s)) = 2s + s·z·p(z), z = s², for 1+f in [√½, √2].
  static func logTail(_ z: Vector) -> Vector
  /// p(z) with log((1+s)/(1−s)) = 2s + s·z·(2/3 + z·p(z)), to more digits than the type holds.
  static func powerTail(_ z: Vector) -> Vector
  /// p(z) with sin r = r + r·z·p(z), z = r², for |r| ≤ π/2.
  static func sineTail(_ z: Vector) -> Vector
  /// p(z) with tanh x = x + x·z·p(z), z = x², for |x| ≤ 0.55.
  static func tanhTail(_ z: Vector) -> Vector
  /// p(z) with erf x = x + x·p(z), z = x², for |x| ≤ 1.
  static func erfTail(_ z: Vector) -> Vector
  /// p(z) with arctan x = x + x·z·p(z), z = x², for |x| ≤ tan(π/8).
  static func arctangentTail(_ z: Vector) -> Vector
  /// p(z) with arcsin x = x + x·z·p(z), z = x², for |x| ≤ ½.
  static func arcsineTail(_ z: Vector) -> Vector
  /// p(u) with e^{a²/2}·Φ(−a) = p(u)/(a + k), u = (a − k)/(a + k), for 0 ≤ a ≤ ``normalLimit``.
  static func normalTail(_ u: Vector) -> Vector
  /// aᵇ of single numbers, by the C library.
  static func power(_ a: Self, _ b: Self) -> Self
}

/// Σ cᵢ·xⁱ by Horner's rule.
@inline(__always)
func polynomial<V: FloatVector>(_ x: V, _ c0: V.Scalar, _ c1: V.Scalar, _ c2: V.Scalar) -> V {
  V.muladd(V.muladd(V(repeating: c2), x, V(repeating: c1)), x, V(repeating: c0))
}

/// Σ cᵢ·xⁱ by Horner's rule.
@inline(__always)
func polynomial<V: FloatVector>(_ x: V, _ c0: V.Scalar, _ c1: V.Scalar, _ c2: V.Scalar, _ c3: V.Scalar) -> V {
  V.muladd(polynomial(x, c1, c2, c3), x, V(repeating: c0))
}

/// One more coefficient below a polynomial: y·x + c.
@inline(__always)
func extend<V: FloatVector>(_ y: V, _ x: V, _ c: V.Scalar) -> V { V.muladd(y, x, V(repeating: c)) }

/// Four more coefficients below a polynomial.
@inline(__always)
func extend<V: FloatVector>(_ y: V, _ x: V, _ c0: V.Scalar, _ c1: V.Scalar, _ c2: V.Scalar, _ c3: V.Scalar) -> V {
  extend(extend(extend(extend(y, x, c3), x, c2), x, c1), x, c0)
}
