import CKernels

extension Float: Lane {
  package typealias Vector = SIMD16<Float>
  @inline(__always) package static var roundingMagic: Float { 12_582_912 }
  @inline(__always) package static var mantissaBits: Int32 { 23 }
  @inline(__always) package static var signBit: Int32 { 31 }
  @inline(__always) package static var subnormalScale: Float { 8_388_608 }
  @inline(__always) package static var subnormalShift: Float { 23 }
  @inline(__always) package static var rootGuess: Int { 0x5F37_5A86 }
  @inline(__always) package static var ln2High: Float { 0.693115234375 }
  @inline(__always) package static var ln2Low: Float { 0.000031946184945309417 }
  @inline(__always) package static var expMaximum: Float { 88.8 }
  @inline(__always) package static var expMinimum: Float { -104.1 }
  @inline(__always) package static var tanhSaturation: Float { 9.1 }
  @inline(__always) package static var expModerate: Float { 87 }
  @inline(__always) package static var expm1Minimum: Float { -18 }
  @inline(__always) package static var sineLimit: Float { 100_000 }
  @inline(__always) package static var piHigh: Float { 3.1415925026 }
  @inline(__always) package static var piMiddle: Float { 1.5099578832e-7 }
  @inline(__always) package static var piLow: Float { 1.078060506e-14 }
  @inline(__always) package static var erfSaturation: Float { 4.1 }
  @inline(__always) package static var normalLimit: Float { 14.8 }
  @inline(__always) package static var normalModerate: Float { 13 }
  @inline(__always) package static var normalCentre: Float { 4 }
  @inline(__always) package static var logisticLimit: Float { 109 }
  @inline(__always) package static var geluTanhLimit: Float { 11 }
  @inline(__always) package static var geluLinearHigh: Float { 1.595769167 }
  @inline(__always) package static var geluLinearLow: Float { -4.534068054e-08 }
  @inline(__always) package static var geluCubicHigh: Float { 0.07135481387 }
  @inline(__always) package static var geluCubicLow: Float { 2.398832466e-09 }
  @inline(__always) package static var hypotScale: Float { 0x1p90 }
  @inline(__always) package static var hypotMinimum: Float { 0x1p-50 }
  @inline(__always) package static var hypotMaximum: Float { 0x1p60 }
  @inline(__always) package static var log2OfEHigh: Float { 1.442695022 }
  @inline(__always) package static var log2OfELow: Float { 1.925963034e-08 }
  @inline(__always) package static var log10OfEHigh: Float { 0.434294492 }
  @inline(__always) package static var log10OfELow: Float { -1.010304995e-08 }
  @inline(__always) package static var halfPiHigh: Float { 1.570796371 }
  @inline(__always) package static var halfPiLow: Float { -4.371138829e-08 }
  @inline(__always) package static var twoThirdsLow: Float { -1.986821493e-08 }

  @inline(__always)
  package static func transpose4(
    _ src: UnsafePointer<Float>, _ lds: Int, _ dst: UnsafeMutablePointer<Float>, _ ldd: Int
  ) {
    adj_f32_transpose4(src, lds, dst, ldd)
  }
  @inline(__always)
  package static func copy8(_ src: UnsafePointer<Float>, _ dst: UnsafeMutablePointer<Float>) { adj_f32_copy8(src, dst) }

  @inline(__always)
  package static func expTail(_ r: Vector) -> Vector {
    let high = polynomial(r, 0.1666651309381599, 0.04166619193419265, 0.008369571218353751, 0.0013951488208763936)
    return extend(high, r, 0.49999999987238613)
  }

  @inline(__always)
  package static func logTail(_ z: Vector) -> Vector {
    polynomial(z, 0.6666666563593718, 0.4000033718098061, 0.285371816038957, 0.2358464419443416)
  }

  @inline(__always)
  package static func sineTail(_ z: Vector) -> Vector {
    polynomial(z, -0.166666597, 0.00833305623, -0.000198088353, 2.60399952e-6)
  }

  @inline(__always)
  package static func tanhTail(_ z: Vector) -> Vector {
    let y = polynomial(z, 0.13332586, -0.0538522787, 0.0210715588, -0.0062740827)
    return extend(y, z, -0.333333164)
  }

  @inline(__always)
  package static func erfTail(_ z: Vector) -> Vector {
    var y = polynomial(z, -0.0268538054, 0.00518831704, -0.000801009824, 7.85354714e-5)
    y = extend(y, z, 0.112835847)
    y = extend(y, z, -0.37612626)
    return extend(y, z, 0.128379166)
  }

  @inline(__always)
  package static func arctangentTail(_ z: Vector) -> Vector {
    let y = polynomial(z, 0.199984653, -0.142434099, 0.105928645, -0.0607572644)
    return extend(y, z, -0.333333151)
  }

  @inline(__always)
  package static func arcsineTail(_ z: Vector) -> Vector {
    let y = polynomial(z, 0.0445167192, 0.0318098033, 0.0144302888, 0.0375287181)
    return extend(extend(y, z, 0.0750050535), z, 0.1666666)
  }

  @inline(__always)
  package static func normalTail(_ u: Vector) -> Vector {
    let z = u * u
    var even = polynomial(z, 0.387136906, 0.0604036115, -0.00351107423, 0.000176400703)
    even = extend(even, z, 0.755285144)
    var odd = polynomial(z, -0.186523572, -0.00752448244, 0.00156898075, -0.000133373731)
    odd = extend(odd, z, -0.607896566)
    return Vector.muladd(odd, u, even)
  }

  @inline(__always)
  package static func powerTail(_ z: Vector) -> Vector {
    polynomial(z, 0.400001526, 0.285471171, 0.234189644)
  }

  @inline(__always) package static func power(_ a: Float, _ b: Float) -> Float { adj_f32_pow(a, b) }
}
