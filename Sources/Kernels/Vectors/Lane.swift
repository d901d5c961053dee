import CKernels

/// A scalar that kernels compute with: `Float` or `Double`, its 64-byte vector, and the constants of its elementary
/// functions.
///
/// The polynomials are least-squares fits at Chebyshev nodes, reweighted until the largest relative error is level
/// (Lawson's iteration), computed with 50 digits.
package protocol Lane: BinaryFloatingPoint, SIMDScalar, Codable, Sendable {
  associatedtype Vector: FloatVector where Vector.Scalar == Self

  static func transpose4(_ src: UnsafePointer<Self>, _ lds: Int, _ dst: UnsafeMutablePointer<Self>, _ ldd: Int)

  /// 1.5 · 2^(significand bits): adding it rounds to an integer and leaves that integer in the low bits.
  static var roundingMagic: Self { get }
  static var mantissaBits: Int32 { get }
  static var exponentBias: Int { get }
  /// A power of two that lifts every subnormal into the normal range, and its exponent.
  static var subnormalScale: Self { get }
  static var subnormalShift: Self { get }
  /// ln 2 in two parts; the high one times any exponent is exact.
  static var ln2High: Self { get }
  static var ln2Low: Self { get }
  /// exp overflows above the first and is zero below the second.
  static var expMaximum: Self { get }
  static var expMinimum: Self { get }
  /// tanh rounds to 1 from here on.
  static var tanhSaturation: Self { get }

  /// q(r) with exp r = 1 + r + r²·q(r) for |r| ≤ ln 2 / 2.
  static func expTail(_ r: Vector) -> Vector
  /// p(z) with log((1+s)/(1−s)) = 2s + s·z·p(z), z = s², for 1+f in [√½, √2].
  static func logTail(_ z: Vector) -> Vector
  /// aᵇ as the C library computes it, lane by lane.
  static func power(_ a: Self, _ b: Self) -> Self
}

/// Σ cᵢ·xⁱ by Horner's rule.
@inline(__always)
private func polynomial<V: FloatVector>(_ x: V, _ c0: V.Scalar, _ c1: V.Scalar, _ c2: V.Scalar, _ c3: V.Scalar) -> V {
  var y = V(repeating: c3)
  y = V.muladd(y, x, V(repeating: c2))
  y = V.muladd(y, x, V(repeating: c1))
  return V.muladd(y, x, V(repeating: c0))
}

/// One more coefficient below a polynomial: y·x + c.
@inline(__always)
private func extend<V: FloatVector>(_ y: V, _ x: V, _ c: V.Scalar) -> V { V.muladd(y, x, V(repeating: c)) }

extension Float: Lane {
  package typealias Vector = SIMD16<Float>
  @inline(__always) package static var roundingMagic: Float { 12_582_912 }
  @inline(__always) package static var mantissaBits: Int32 { 23 }
  @inline(__always) package static var exponentBias: Int { 127 }
  @inline(__always) package static var subnormalScale: Float { 8_388_608 }
  @inline(__always) package static var subnormalShift: Float { 23 }
  @inline(__always) package static var ln2High: Float { 0.693115234375 }
  @inline(__always) package static var ln2Low: Float { 0.000031946184945309417 }
  @inline(__always) package static var expMaximum: Float { 88.8 }
  @inline(__always) package static var expMinimum: Float { -104.1 }
  @inline(__always) package static var tanhSaturation: Float { 9.1 }

  @inline(__always)
  package static func transpose4(
    _ src: UnsafePointer<Float>, _ lds: Int, _ dst: UnsafeMutablePointer<Float>, _ ldd: Int
  ) {
    adj_f32_transpose4(src, lds, dst, ldd)
  }

  @inline(__always)
  package static func expTail(_ r: Vector) -> Vector {
    let high = polynomial(r, 0.1666651309381599, 0.04166619193419265, 0.008369571218353751, 0.0013951488208763936)
    return extend(high, r, 0.49999999987238613)
  }

  @inline(__always)
  package static func logTail(_ z: Vector) -> Vector {
    polynomial(z, 0.6666666563593718, 0.4000033718098061, 0.285371816038957, 0.2358464419443416)
  }

  @inline(__always) package static func power(_ a: Float, _ b: Float) -> Float { adj_f32_pow(a, b) }
}

extension Double: Lane {
  package typealias Vector = SIMD8<Double>
  @inline(__always) package static var roundingMagic: Double { 6_755_399_441_055_744 }
  @inline(__always) package static var mantissaBits: Int32 { 52 }
  @inline(__always) package static var exponentBias: Int { 1023 }
  @inline(__always) package static var subnormalScale: Double { 4_503_599_627_370_496 }
  @inline(__always) package static var subnormalShift: Double { 52 }
  @inline(__always) package static var ln2High: Double { 0.6931471805592082 }
  @inline(__always) package static var ln2Low: Double { 7.371002565167798e-13 }
  @inline(__always) package static var expMaximum: Double { 709.8 }
  @inline(__always) package static var expMinimum: Double { -745.2 }
  @inline(__always) package static var tanhSaturation: Double { 19.1 }

  @inline(__always)
  package static func transpose4(
    _ src: UnsafePointer<Double>, _ lds: Int, _ dst: UnsafeMutablePointer<Double>, _ ldd: Int
  ) {
    adj_f64_transpose4(src, lds, dst, ldd)
  }

  @inline(__always)
  package static func expTail(_ r: Vector) -> Vector {
    var y = polynomial(
      r, 2.75572308295850180e-6, 2.75572297474988751e-7, 2.51134339109176439e-8, 2.09279761706709670e-9)
    y = extend(y, r, 2.48015873784086020e-5)
    y = extend(y, r, 1.98412699004475919e-4)
    y = extend(y, r, 1.38888888888557427e-3)
    y = extend(y, r, 8.33333333331537951e-3)
    y = extend(y, r, 4.16666666666667311e-2)
    y = extend(y, r, 1.66666666666666856e-1)
    return extend(y, r, 0.5)
  }

  @inline(__always)
  package static func logTail(_ z: Vector) -> Vector {
    var y = polynomial(z, 0.18181775387877469, 0.15387103025254730, 0.13249838084565137, 0.13253908338894189)
    y = extend(y, z, 0.22222222650246766)
    y = extend(y, z, 0.28571428569062834)
    y = extend(y, z, 0.40000000000006321)
    return extend(y, z, 0.66666666666666661)
  }

  @inline(__always) package static func power(_ a: Double, _ b: Double) -> Double { adj_f64_pow(a, b) }
}
