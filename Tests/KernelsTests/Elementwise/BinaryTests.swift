import Foundation
import TestSupport
import Testing

import Kernels

/// An operand's values as a kernel reads them: all of them, or the first one throughout.
func spread<E>(_ a: [E], _ step: Int, _ n: Int) -> [E] { step == 1 ? Array(a[..<n]) : Array(repeating: a[0], count: n) }

@Suite(.exclusiveKernels) struct BinaryTests {
  private func binary<E: Element>(
    _ function: BinaryFunction, _ n: Int, _ a: [E], _ sa: Int, _ b: [E], _ sb: Int
  ) -> [E] {
    output(n) { Kernels.binary(function, E.kind, n, a, sa, b, sb, $0) }
  }

  private func reference<F: FloatElement>(_ function: BinaryFunction, _ a: F, _ b: F) -> Truth {
    let (x, y) = (Truth(a), Truth(b))
    return switch function {
    case .add: Truth(a + b)
    case .subtract: Truth(a - b)
    case .multiply: Truth(a * b)
    case .divide: Truth(a / b)
    case .power: F.self == Float.self ? Truth(pow(Double(a), Double(b))) : Truth(pow(x, y))
    case .maximum: a.isNaN || b.isNaN ? .nan : max(x, y)
    case .minimum: a.isNaN || b.isNaN ? .nan : min(x, y)
    case .tanhGradient: x * (1 - y * y)
    case .sigmoidGradient: x * (y * (1 - y))
    case .reluGradient: y <= 0 ? 0 : x
    case .squareRootGradient: x / (2 * y)
    case .reciprocalSquareRootGradient: -x * y * y * y / 2
    case .erfGradient: x * 2 / Truth.pi.squareRoot() * exp(-y * y)
    case .fmax: a.isNaN ? y : b.isNaN ? x : max(x, y)
    case .fmin: a.isNaN ? y : b.isNaN ? x : min(x, y)
    case .fmod: Truth(fmod(a, b))
    case .remainder: Truth(floorModulus(a, b))
    case .floorDivide: floorQuotient(a, b)
    case .atan2: atan2(x, y)
    case .hypot: hypot(x, y)
    case .copySign: Truth(sign: b.sign, exponent: 0, significand: 1) * abs(x)
    case .nextAfter: a.isNaN || b.isNaN ? .nan : Truth(a < b ? a.nextUp : a > b ? a.nextDown : b)
    case .logAddExp: x == y ? x + log(Truth(2)) : max(x, y) + log1p(exp(-abs(x - y)))
    case .geluGradient, .geluTanhGradient, .siluGradient: fatalError("ActivationGradientTests has \(function)")
    }
  }

  private func fmod<F: FloatElement>(_ a: F, _ b: F) -> F { a.truncatingRemainder(dividingBy: b) }

  private func floorModulus<F: FloatElement>(_ a: F, _ b: F) -> F {
    let m = fmod(a, b)
    return m != 0 && (m < 0) != (b < 0) ? m + b : m
  }

  /// Of the exact quotient, which is an integer where it is not below 2⁶⁴; by zero the quotient itself.
  private func floorQuotient<F: FloatElement>(_ a: F, _ b: F) -> Truth {
    if b == 0 || !a.isFinite { return b == 0 ? Truth(a / b) : .nan }
    if !b.isFinite { return b.isNaN ? .nan : a == 0 || (a < 0) == (b < 0) ? 0 : -1 }
    let m = Truth(fmod(a, b))
    let whole = ((Truth(a) - m) / Truth(b)).rounded()
    return m != 0 && (m < 0) != (b < 0) ? whole - 1 : whole
  }

  /// Rounding of the intermediate results: half an ulp each, up to twice that in units of the result. The power has its
  /// own tests.
  private func bound(_ function: BinaryFunction) -> Double {
    switch function {
    case .power: 1.3
    case .tanhGradient, .sigmoidGradient: 2
    case .squareRootGradient: 1
    case .reciprocalSquareRootGradient, .erfGradient: 4
    case .atan2: 2.5
    case .hypot: 1.1
    // Exact where the quotient is; else it and its difference from the next integer are rounded.
    case .floorDivide: 1
    case .logAddExp: 2.5
    default: 0
    }
  }

  private func check<F: FloatElement>(_ type: F.Type, _ function: BinaryFunction, _ sa: Int, _ sb: Int) {
    var samples = Samples()
    // 1 − y² of y near 1 loses digits, so the gradients' y stays below 0.7.
    let isSaved = function == .tanhGradient || function == .sigmoidGradient
    let (a, b): ([F], [F]) = (samples.floats(71, in: -3...3), samples.floats(71, in: isSaved ? 0.1...0.7 : -3...3))
    // The sum of two exponentials below 1 may have a logarithm near 0.
    let base = function == .power || function == .logAddExp ? a.map(\.magnitude) : a
    for n in 0...70 {
      let actual = binary(function, n, base, sa, b, sb)
      let truth = zip(spread(base, sa, n), spread(b, sb, n)).map { reference(function, $0, $1) }
      #expect(ulpError(actual, truth) <= bound(function), "\(function) n = \(n) steps \(sa) \(sb)")
    }
  }

  private static let simple = BinaryFunction.allCases.filter {
    ![.geluGradient, .geluTanhGradient, .siluGradient].contains($0)
  }

  @Test(arguments: SIMDLevel.available, simple) func everyLengthAndStep(level: SIMDLevel, function: BinaryFunction) {
    SIMDLevel.with(level) {
      for (sa, sb) in [(1, 1), (1, 0), (0, 1), (0, 0)] {
        check(Float.self, function, sa, sb)
        check(Double.self, function, sa, sb)
      }
    }
  }

  private func checkSpecials<F: FloatElement>(_ type: F.Type, _ function: BinaryFunction) {
    let values: [F] = [.nan, .infinity, -.infinity, 0, 1, -2, .leastNonzeroMagnitude, .greatestFiniteMagnitude]
    let pairs = values.flatMap { a in values.map { (a, $0) } }
    let actual = binary(function, pairs.count, pairs.map(\.0), 1, pairs.map(\.1), 1)
    for (y, (a, b)) in zip(actual, pairs) {
      let expected = F(reference(function, a, b))
      #expect(y == expected || (y.isNaN && expected.isNaN), "\(function)(\(a), \(b)) = \(y); expected \(expected)")
    }
  }

  @Test(arguments: [BinaryFunction.add, .subtract, .multiply, .divide, .maximum, .minimum, .power, .reluGradient])
  func specialValues(function: BinaryFunction) {
    for level in SIMDLevel.available {
      SIMDLevel.with(level) {
        checkSpecials(Float.self, function)
        checkSpecials(Double.self, function)
      }
    }
  }

  /// Every pair of special values; signs of zero where the C library's function has one.
  private func checkPairs<F: FloatElement>(_ type: F.Type, _ function: BinaryFunction) {
    let more: [F] = [0.5, 1, 3, 7, 1e-3, 1 / F.ulpOfOne, 3 / F.ulpOfOne, F.leastNormalMagnitude * 3]
    let values = F.specials + more + more.map { -$0 }
    let pairs = values.flatMap { a in values.map { (a, $0) } }
    let actual = binary(function, pairs.count, pairs.map(\.0), 1, pairs.map(\.1), 1)
    for (y, (a, b)) in zip(actual, pairs) {
      let (truth, isSigned) = (reference(function, a, b), [.fmod, .atan2, .copySign, .nextAfter].contains(function))
      let error = ulpError(y, truth)
      // Where the terms cancel, in ulps of the larger.
      let isNear = function == .logAddExp && Swift.abs(Truth(y) - truth) <= 2 * Truth(max(F(1), a.magnitude).ulp)
      if (error > bound(function) && !isNear) || (isSigned && truth == 0 && y.sign != truth.sign) {
        Issue.record("\(function)(\(a), \(b)) = \(y) at \(SIMDLevel.current), expected \(truth): \(error) ulp")
      }
    }
  }

  @Test(
    arguments: SIMDLevel.available,
    [BinaryFunction.fmax, .fmin, .fmod, .remainder, .floorDivide, .atan2, .hypot, .copySign, .nextAfter, .logAddExp])
  func pairsOfSpecialValues(level: SIMDLevel, function: BinaryFunction) {
    SIMDLevel.with(level) {
      checkPairs(Float.self, function)
      checkPairs(Double.self, function)
    }
  }

  @Test(arguments: BinaryFunction.allCases) func theResultMayOverwriteEitherOperand(function: BinaryFunction) {
    let (a, b): ([Float], [Float]) = ((0..<37).map { Float($0) + 1 }, (0..<37).map { 0.5 - Float($0) / 64 })
    let expected = binary(function, 37, a, 1, b, 1)
    var (left, right) = (a, b)
    left.withUnsafeMutableBytes { p in Kernels.binary(function, .float32, 37, p.baseAddress!, 1, b, 1, p.baseAddress!) }
    right.withUnsafeMutableBytes { p in Kernels.binary(function, .float32, 37, a, 1, p.baseAddress!, 1, p.baseAddress!)
    }
    #expect(same(left, expected) && same(right, expected))
  }

  private func checkIntegers<I: IntegerElement>(_ type: I.Type) {
    let values: [I] = [0, 1, 2, 3, 7, .max, .min, 0 &- 1, 0 &- 3]
    let pairs = values.flatMap { a in values.map { (a, $0) } }
    let functions: [(BinaryFunction, (I, I) -> I)] = [
      (.add, { $0 &+ $1 }), (.subtract, { $0 &- $1 }), (.multiply, { $0 &* $1 }), (.maximum, { max($0, $1) }),
      (.minimum, { min($0, $1) }), (.fmax, { max($0, $1) }), (.fmin, { min($0, $1) }),
    ]
    for (function, expected) in functions {
      let actual = binary(function, pairs.count, pairs.map(\.0), 1, pairs.map(\.1), 1)
      #expect(actual == pairs.map(expected), "\(function)")
      #expect(binary(function, 9, values, 1, [3], 0) == values.map { expected($0, 3) }, "\(function) by one value")
    }
  }

  @Test func integersWrap() {
    checkIntegers(Int32.self)
    checkIntegers(Int64.self)
    checkIntegers(UInt8.self)
  }

  private func checkDivisions<I: IntegerElement>(_ type: I.Type) {
    let values: [I] = [0, 1, 2, 3, 7, .max, .min, 0 &- 1, 0 &- 3, 100]
    let pairs = values.flatMap { a in values.filter { $0 != 0 }.map { (a, $0) } }
    let (a, b) = (pairs.map(\.0), pairs.map(\.1))
    let quotients = binary(.floorDivide, pairs.count, a, 1, b, 1)
    let remainders = binary(.remainder, pairs.count, a, 1, b, 1)
    for ((q, r), (a, b)) in zip(zip(quotients, remainders), pairs) {
      #expect(q &* b &+ r == a && (b < 0 ? r <= 0 && r > b : r >= 0 && r < b), "\(a) // \(b) = \(q), \(r)")
    }
    let c = binary(.fmod, pairs.count, a, 1, b, 1)
    for (r, (a, b)) in zip(c, pairs) { #expect(r == a.remainderReportingOverflow(dividingBy: b).partialValue) }
  }

  @Test func integerDivisions() {
    checkDivisions(Int32.self)
    checkDivisions(Int64.self)
    checkDivisions(UInt8.self)
  }

  @Test func integerPowers() {
    let (a, b): ([Int64], [Int64]) = ([2, 3, -3, 0, 0, 1, -1, -1, 5, 2], [10, 5, 3, 0, 3, -4, -3, -4, -2, 64])
    #expect(binary(.power, 10, a, 1, b, 1) == [1024, 243, -27, 1, 0, 1, -1, 1, 0, 0])
    #expect(binary(.power, 2, [UInt8(3), 2], 1, [UInt8(4), 9], 1) == [81, 0])
  }
}
