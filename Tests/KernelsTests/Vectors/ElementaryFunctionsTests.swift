import Foundation
import Synchronization
import TestSupport
import Testing

import Kernels

@Suite(.exclusiveKernels) struct ElementaryFunctionsTests {
  /// The bounds that the sources state, in ulps of the rounded truth. For float64 the truth itself is off by up to an ulp
  /// far out in the tails of gelu.
  static let bounds: [(function: UnaryFunction, float: Double, double: Double)] = [
    (.exp, 1.05, 1.05), (.expm1, 1.9, 1.9), (.log, 1, 1), (.log1p, 1.6, 1.6), (.sin, 2.4, 2.4), (.cos, 2.4, 2.4),
    (.erf, 1.4, 1.4), (.tanh, 2.6, 2.6), (.sigmoid, 2.5, 2.5), (.silu, 2.5, 2.5), (.gelu, 5, 7),
    (.geluTanh, 3.3, 4.3), (.reciprocalSquareRoot, 1.5, 1.5), (.exp2, 1.1, 1.1), (.log2, 0.6, 0.6), (.log10, 0.6, 0.6),
    (.tan, 3.5, 3.5), (.asin, 2.1, 2.1), (.acos, 1.4, 1.4), (.atan, 2.1, 2.1), (.sinh, 2.4, 2.4), (.cosh, 1.5, 1.5),
    (.asinh, 2, 2), (.acosh, 2.3, 2.3), (.atanh, 2.1, 2.1), (.erfc, 5.3, 6.5),
  ]

  /// The C library's functions at the truth's precision, and in float64, whose error is 2⁻²⁹ ulp of a float32.
  private static func references(
    _ function: UnaryFunction
  ) -> (exact: (Truth) -> Truth, fast: (Double) -> Double) {
    switch function {
    case .exp: (exp, exp)
    case .expm1: (expm1, expm1)
    case .log: (ofPositive(log), ofPositive(log))
    case .log1p: ({ $0 < -1 ? .nan : log1p($0) }, { $0 < -1 ? .nan : log1p($0) })
    case .sin: (sin, sin)
    case .cos: (cos, cos)
    case .erf: (erf, erf)
    case .tanh: (tanh, tanh)
    case .sigmoid: ({ 1 / (1 + exp(-$0)) }, { 1 / (1 + exp(-$0)) })
    case .silu: ({ $0 == -.infinity ? -0.0 : $0 / (1 + exp(-$0)) }, { $0 < -700 ? -0.0 : $0 / (1 + exp(-$0)) })
    case .gelu:
      (
        { $0 == -.infinity ? -0.0 : $0 / 2 * erfc(-$0 / Truth(2).squareRoot()) },
        { $0 < -700 ? -0.0 : $0 / 2 * erfc(-$0 * 0.5.squareRoot()) }
      )
    case .geluTanh:
      (
        { $0 < -200 ? -0.0 : $0 > 200 ? $0 : $0 / (1 + exp(-geluArgument($0))) },
        { $0 < -100 ? -0.0 : $0 / (1 + exp(-1.5957691216057308 * ($0 + 0.044715 * $0 * $0 * $0))) }
      )
    case .reciprocalSquareRoot: ({ 1 / $0.squareRoot() }, { 1 / $0.squareRoot() })
    case .exp2: (exp2, exp2)
    case .log2: (ofPositive(log2), ofPositive(log2))
    case .log10: (ofPositive(log10), ofPositive(log10))
    case .tan: (tan, tan)
    case .asin: (asin, asin)
    case .acos: (acos, acos)
    case .atan: (atan, atan)
    case .sinh: (sinh, sinh)
    case .cosh: (cosh, cosh)
    case .asinh: (asinh, asinh)
    case .acosh: (acosh, acosh)
    case .atanh: (atanh, atanh)
    case .erfc: (erfc, erfc)
    default: fatalError("\(function) has no reference")
    }
  }

  /// NaN below 0.
  private static func ofPositive<F: BinaryFloatingPoint>(_ f: @escaping (F) -> F) -> (F) -> F {
    { $0 < 0 ? .nan : f($0) }
  }

  private static func geluArgument(_ x: Truth) -> Truth {
    // 0.044715 as a quotient, which rounds at the truth's precision.
    (8 / Truth.pi).squareRoot() * (x + 44715 * x * x * x / 1_000_000)
  }

  private func worst<F: FloatElement>(_ function: UnaryFunction, _ x: [F]) -> (error: Double, x: F) {
    let (y, truth) = (unary(function, x), Self.references(function).exact)
    var worst = (error: 0.0, x: F(0))
    for i in x.indices {
      let error = ulpError(y[i], truth(Truth(x[i])))
      if error > worst.error { worst = (error, x[i]) }
    }
    return worst
  }

  /// Every k-th bit pattern of float32, k odd.
  private static let floatPatterns: [Float] = {
    let step: UInt32 = isDebug ? 1_500_007 : 4_999
    return stride(from: UInt32(0), to: .max - step, by: Int(step)).map { Float(bitPattern: $0) }
  }()

  @Test(arguments: SIMDLevel.available, bounds.indices) func floatsOfEveryMagnitude(level: SIMDLevel, index: Int) {
    let (function, bound, _) = Self.bounds[index]
    let worst = SIMDLevel.with(level) { self.worst(function, Self.floatPatterns) }
    #expect(worst.error <= bound, "\(function) \(worst.x)")
  }

  /// Where the results are neither 0 nor 1 nor infinite: dense.
  private func dense<F: FloatElement>(_ type: F.Type, _ function: UnaryFunction) -> [F] {
    var samples = Samples(7)
    let (count, limit) = (isDebug ? 500 : 100_000, F.self == Float.self ? F(90) : F(710))
    let near: [F] = samples.floats(count, in: -3...3)
    let far: [F] = samples.floats(count, in: -limit...limit)
    let fine: [F] = samples.floats(count, in: -0.01...0.01)
    let isPositive = [.log, .log2, .log10, .reciprocalSquareRoot].contains(function)
    return (near + far + fine + near.map { 1 + $0 / 100 }).map { isPositive ? $0.magnitude : $0 }
  }

  @Test(arguments: SIMDLevel.available, bounds.indices) func denseSamples(level: SIMDLevel, index: Int) {
    let (function, floatBound, doubleBound) = Self.bounds[index]
    SIMDLevel.with(level) {
      let (float, double) = (
        worst(function, dense(Float.self, function)), worst(function, dense(Double.self, function))
      )
      #expect(float.error <= floatBound, "\(function) \(float.x)")
      #expect(double.error <= doubleBound, "\(function) \(double.x)")
    }
  }

  @Test(arguments: SIMDLevel.available, bounds.indices) func specialValues(level: SIMDLevel, index: Int) {
    let (function, floatBound, doubleBound) = Self.bounds[index]
    SIMDLevel.with(level) {
      let (float, double) = (worst(function, Float.specials), worst(function, Double.specials))
      #expect(float.error <= floatBound, "\(function) \(float.x)")
      #expect(double.error <= doubleBound, "\(function) \(double.x)")
    }
  }

  /// The largest error over all 2³² floats, some minutes a function: ADJOINT_EXHAUSTIVE=1 swift test -c release
  /// --filter everyFloat. The C library in float64 is the truth, off by 2⁻²⁹ ulp.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["ADJOINT_EXHAUSTIVE"] != nil), arguments: bounds.indices)
  func everyFloat(index: Int) {
    let (function, bound, _) = Self.bounds[index]
    let (chunks, size) = (1 << 14, 1 << 18)
    let worst = Mutex((error: 0.0, x: Float(0)))
    DispatchQueue.concurrentPerform(iterations: chunks) { chunk in
      let x = (0..<size).map { Float(bitPattern: UInt32(chunk * size + $0)) }
      let (y, truth) = (unary(function, x), Self.references(function).fast)
      for i in 0..<size {
        let error = fastError(y[i], truth(Double(x[i])))
        if error > 0.5 { worst.withLock { if error > $0.error { $0 = (error, x[i]) } } }
      }
    }
    let (error, x) = worst.withLock { $0 }
    print("\(function): \(error) ulp at \(x)")
    #expect(error <= bound, "\(function) \(x)")
  }

  private func fastError(_ y: Float, _ truth: Double) -> Double {
    let rounded = Float(truth)
    if y == rounded || (y.isNaN && rounded.isNaN) { return 0 }
    return y.isFinite && rounded.isFinite ? abs(Double(y) - truth) / Double(rounded.ulp) : .infinity
  }

  @Test(arguments: SIMDLevel.available) func powersHaveExactLogarithms(level: SIMDLevel) {
    SIMDLevel.with(level) {
      let exponents = (-126...127).map { Float($0) }
      #expect(unary(.exp2, exponents) == exponents.map { Float(sign: .plus, exponent: Int($0), significand: 1) })
      #expect(unary(.log2, unary(.exp2, exponents)) == exponents)
      #expect(unary(.log10, (0...22).map { pow(10, Double($0)) }) == (0...22).map { Double($0) })
      #expect(unary(.log10, (0...10).map { pow(10, Float($0)) }) == (0...10).map { Float($0) })
    }
  }

  /// Far beyond the parts of π, where one turn is less than the distance of two neighbours.
  @Test(arguments: SIMDLevel.available) func circularFunctionsOfHugeArguments(level: SIMDLevel) {
    let floats: [Float] = [99_999.9, 100_000, 100_001, 1e6, 1e10, 2.5e20, 1e30, .greatestFiniteMagnitude, 3.14159274]
    let doubles: [Double] = [9_999_999, 1e7, 1.0000001e7, 1e15, 1e22, 5.319372648326541e255, 1e300, .pi]
    SIMDLevel.with(level) {
      for function in [UnaryFunction.sin, .cos, .tan] {
        #expect(worst(function, floats + floats.map { -$0 }).error <= 2, "\(function)")
        #expect(worst(function, doubles + doubles.map { -$0 }).error <= 2, "\(function)")
      }
    }
  }

  /// A special value among ordinary ones takes the careful path for its whole vector: the others must not change by more
  /// than the rounding.
  @Test(arguments: SIMDLevel.available, bounds.indices) func specialLanes(level: SIMDLevel, index: Int) {
    let (function, bound, _) = Self.bounds[index]
    SIMDLevel.with(level) {
      for special in Float.specials {
        var x: [Float] = (0..<16).map { 0.3 + Float($0) / 8 }
        x[5] = special
        let worst = worst(function, x)
        #expect(worst.error <= bound, "\(function) \(worst.x) beside \(special)")
      }
    }
  }

  @Test(arguments: SIMDLevel.available) func infinitiesAndZerosByHand(level: SIMDLevel) {
    SIMDLevel.with(level) { expectInfinitiesAndZeros() }
  }

  private func expectInfinitiesAndZeros() {
    #expect(same(unary(.exp, [Float.infinity, -.infinity, 0, -0.0, .nan]), [.infinity, 0, 1, 1, .nan]))
    #expect(
      same(
        unary(.log, [Float.infinity, -.infinity, 0, -0.0, -1, 1]), [.infinity, .nan, -.infinity, -.infinity, .nan, 0]))
    #expect(same(unary(.tanh, [Double.infinity, -.infinity, 0, -0.0, .nan]), [1, -1, 0, -0.0, .nan]))
    #expect(same(unary(.sin, [Float.infinity, -.infinity, 0, -0.0, .nan]), [.nan, .nan, 0, -0.0, .nan]))
    #expect(same(unary(.cos, [Double.infinity, -.infinity, 0, -0.0, .nan]), [.nan, .nan, 1, 1, .nan]))
    #expect(same(unary(.expm1, [Float.infinity, -.infinity, 0, -0.0, .nan]), [.infinity, -1, 0, -0.0, .nan]))
    #expect(
      same(
        unary(.log1p, [Double.infinity, -.infinity, 0, -0.0, -1, -2]), [.infinity, .nan, 0, -0.0, -.infinity, .nan]))
    #expect(same(unary(.erf, [Float.infinity, -.infinity, 0, -0.0, .nan]), [1, -1, 0, -0.0, .nan]))
    #expect(same(unary(.gelu, [Float.infinity, -.infinity, 0, -0.0, .nan]), [.infinity, -0.0, 0, -0.0, .nan]))
    #expect(same(unary(.geluTanh, [Float.infinity, -.infinity, 0, -0.0, .nan]), [.infinity, -0.0, 0, -0.0, .nan]))
    #expect(same(unary(.silu, [Double.infinity, -.infinity, 0, -0.0, .nan]), [.infinity, -0.0, 0, -0.0, .nan]))
    #expect(same(unary(.sigmoid, [Double.infinity, -.infinity, 0, -0.0, .nan]), [1, 0, 0.5, 0.5, .nan]))
    #expect(same(unary(.exp2, [Float.infinity, -.infinity, 0, -0.0, .nan]), [.infinity, 0, 1, 1, .nan]))
    #expect(same(unary(.log2, [Float.infinity, -1, 0, -0.0, .nan]), [.infinity, .nan, -.infinity, -.infinity, .nan]))
    #expect(same(unary(.tan, [Double.infinity, -.infinity, 0, -0.0, .nan]), [.nan, .nan, 0, -0.0, .nan]))
    #expect(same(unary(.atan, [Double.infinity, -.infinity, 0, -0.0, .nan]), [.pi / 2, -.pi / 2, 0, -0.0, .nan]))
    #expect(same(unary(.asin, [Double.infinity, 1, -1, -0.0, .nan]), [.nan, .pi / 2, -.pi / 2, -0.0, .nan]))
    #expect(same(unary(.acos, [Double.infinity, 1, -1, -0.0, .nan]), [.nan, 0, .pi, .pi / 2, .nan]))
    #expect(same(unary(.sinh, [Float.infinity, -.infinity, 0, -0.0, .nan]), [.infinity, -.infinity, 0, -0.0, .nan]))
    #expect(same(unary(.cosh, [Float.infinity, -.infinity, 0, -0.0, .nan]), [.infinity, .infinity, 1, 1, .nan]))
    #expect(same(unary(.asinh, [Float.infinity, -.infinity, 0, -0.0, .nan]), [.infinity, -.infinity, 0, -0.0, .nan]))
    #expect(same(unary(.acosh, [Double.infinity, 1, 0, -.infinity, .nan]), [.infinity, 0, .nan, .nan, .nan]))
    #expect(same(unary(.atanh, [Double(1), -1, 2, -0.0, .nan]), [.infinity, -.infinity, .nan, -0.0, .nan]))
    #expect(same(unary(.erfc, [Float.infinity, -.infinity, 0, -0.0, .nan]), [0, 2, 1, 1, .nan]))
  }
}
