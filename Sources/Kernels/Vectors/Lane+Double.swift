import CKernels

extension Double: Lane {
  package typealias Vector = SIMD8<Double>
  @inline(__always) package static var roundingMagic: Double { 6_755_399_441_055_744 }
  @inline(__always) package static var mantissaBits: Int32 { 52 }
  @inline(__always) package static var signBit: Int32 { 63 }
  @inline(__always) package static var subnormalScale: Double { 4_503_599_627_370_496 }
  @inline(__always) package static var subnormalShift: Double { 52 }
  @inline(__always) package static var rootGuess: Int { 0x5FE6_EB50_C7B5_37A9 }
  @inline(__always) package static var ln2High: Double { 0.6931471805592082 }
  @inline(__always) package static var ln2Low: Double { 7.371002565167798e-13 }
  @inline(__always) package static var expMaximum: Double { 709.8 }
  @inline(__always) package static var expMinimum: Double { -745.2 }
  @inline(__always) package static var tanhSaturation: Double { 19.1 }
  @inline(__always) package static var expModerate: Double { 708 }
  @inline(__always) package static var expm1Minimum: Double { -38 }
  @inline(__always) package static var sineLimit: Double { 10_000_000 }
  @inline(__always) package static var piHigh: Double { 3.141592653589793116 }
  @inline(__always) package static var piMiddle: Double { 1.224646799147352961e-16 }
  @inline(__always) package static var piLow: Double { 2.165713347843827788e-32 }
  @inline(__always) package static var erfSaturation: Double { 6.1 }
  @inline(__always) package static var normalLimit: Double { 38.9 }
  @inline(__always) package static var normalModerate: Double { 37.5 }
  @inline(__always) package static var normalCentre: Double { 5 }
  @inline(__always) package static var logisticLimit: Double { 753 }
  @inline(__always) package static var geluTanhLimit: Double { 21.8 }
  @inline(__always) package static var geluLinearHigh: Double { 1.59576912160573081 }
  @inline(__always) package static var geluLinearLow: Double { -9.96930880911092018e-17 }
  @inline(__always) package static var geluCubicHigh: Double { 0.0713548162726002494 }
  @inline(__always) package static var geluCubicLow: Double { -6.175149918155315e-19 }
  @inline(__always) package static var hypotScale: Double { 0x1p600 }
  @inline(__always) package static var hypotMinimum: Double { 0x1p-450 }
  @inline(__always) package static var hypotMaximum: Double { 0x1p500 }
  @inline(__always) package static var log2OfEHigh: Double { 1.44269504088896339 }
  @inline(__always) package static var log2OfELow: Double { 2.03552737409310331e-17 }
  @inline(__always) package static var log10OfEHigh: Double { 0.434294481903251817 }
  @inline(__always) package static var log10OfELow: Double { 1.09831965021676507e-17 }
  @inline(__always) package static var halfPiHigh: Double { 1.57079632679489656 }
  @inline(__always) package static var halfPiLow: Double { 6.12323399573676604e-17 }
  @inline(__always) package static var twoThirdsLow: Double { 3.70074341541718847e-17 }

  @inline(__always)
  package static func transpose4(
    _ src: UnsafePointer<Double>, _ lds: Int, _ dst: UnsafeMutablePointer<Double>, _ ldd: Int
  ) {
    adj_f64_transpose4(src, lds, dst, ldd)
  }
  @inline(__always)
  package static func copy8(_ src: UnsafePointer<Double>, _ dst: UnsafeMutablePointer<Double>) {
    adj_f64_copy8(src, dst)
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

  @inline(__always)
  package static func sineTail(_ z: Vector) -> Vector {
    let y = polynomial(z, -2.5052106797517207e-8, 1.6058935866155301e-10, -7.642890181851739e-13, 2.720094403472341e-15)
    return extend(y, z, -0.16666666666666666, 0.008333333333333182, -0.00019841269841204564, 2.755731921032739e-6)
  }

  @inline(__always)
  package static func tanhTail(_ z: Vector) -> Vector {
    var y = polynomial(z, 0.0005884449820509604, -0.0002333827516014269, 8.33180550486486e-5, -1.9495630310578642e-5)
    y = extend(y, z, 0.021869488386011385, -0.008863232603765269, 0.0035920920520317342, -0.0014555429747350054)
    y = extend(y, z, -0.053968253963766616)
    y = extend(y, z, 0.13333333333326633)
    return extend(y, z, -0.333333333333333)
  }

  @inline(__always)
  package static func erfTail(_ z: Vector) -> Vector {
    var y = polynomial(z, -1.6350043251211406e-7, 1.4658001278257923e-8, -1.1366135039223883e-9, 5.94605332975024e-11)
    y = extend(y, z, -0.0008548326978858638, 0.00012055331041214646, -1.4925593611730736e-5, 1.6460974510840242e-6)
    y = extend(y, z, -0.3761263890318375, 0.11283791670954858, -0.026866170645073094, 0.005223977624782848)
    return extend(y, z, 0.1283791670955126)
  }

  @inline(__always)
  package static func arctangentTail(_ z: Vector) -> Vector {
    var y = polynomial(z, 0.05847749814880728, -0.0503868497694696, 0.03804900816553354, -0.01789036163538602)
    y = extend(y, z, 0.11111110779886090, -0.09090897657395852, 0.07692058468141746, -0.06663084564101387)
    return extend(extend(extend(y, z, -0.14285714280123170), z, 0.19999999999952838), z, -0.33333333333333195)
  }

  @inline(__always)
  package static func arcsineTail(_ z: Vector) -> Vector {
    var y = polynomial(z, 0.003692928161432247, 0.021740522919241086, -0.021046332254669284, 0.032658508498589036)
    y = extend(y, z, 0.017351605565832098, 0.013980897537151219, 0.011398282017716044, 0.010783798725573678)
    y = extend(y, z, 0.0749999999997051230, 0.0446428571748878990, 0.0303819426947365183, 0.0223722153499474986)
    return extend(y, z, 0.1666666666666676140)
  }

  @inline(__always)
  package static func normalTail(_ u: Vector) -> Vector {
    let z = u * u
    var even = polynomial(
      z, 4.3288339851990203e-7, -6.601061463314576e-8, 7.941527348301517e-9, -3.0269667130831063e-10)
    even = extend(even, z, -0.0007978694080083814, -5.937567478560102e-5, 1.6681041144171124e-5, -2.7689521622173266e-6)
    even = extend(even, z, 0.769193049750063, 0.4953056159699773, 0.16502036617033747, 0.02079506680083727)
    var odd = polynomial(z, 4.08824831751928e-8, -8.296031723158474e-9, 1.432306338641263e-9)
    odd = extend(odd, z, 0.0005448990334909773, -4.976265532689603e-5, 3.980385803343624e-6, -3.355390654591917e-7)
    odd = extend(odd, z, -0.6653825028900567, -0.3135331566712962, -0.06911863870656879, -0.002993376766720416)
    return Vector.muladd(odd, u, even)
  }

  @inline(__always)
  package static func powerTail(_ z: Vector) -> Vector {
    var y = polynomial(z, 0.18181784337649698, 0.15386758656472965, 0.13256787447741641, 0.13196606032562325)
    y = extend(y, z, 0.22222222520270754)
    y = extend(y, z, 0.2857142857009754)
    return extend(y, z, 0.4000000000000226)
  }

  @inline(__always) package static func power(_ a: Double, _ b: Double) -> Double { adj_f64_pow(a, b) }
}
