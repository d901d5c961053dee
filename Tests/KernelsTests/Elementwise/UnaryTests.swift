import TestSupport
import Testing

import Kernels

/// f(x) by the kernel.
func unary<E: Element>(_ function: UnaryFunction, _ x: [E]) -> [E] {
  output(x.count) { Kernels.unary(function, E.kind, x.count, x, $0) }
}

@Suite(.exclusiveKernels) struct UnaryTests {
  private static let exact: [UnaryFunction] = [
    .negate, .relu, .squareRoot, .absolute, .square, .reciprocal, .sign, .floor, .ceil, .round, .trunc,
  ]

  private func reference<F: FloatElement>(_ function: UnaryFunction, _ x: F) -> F {
    switch function {
    case .negate: -x
    case .relu: x.isNaN ? x : x > 0 ? x : 0
    case .squareRoot: x.squareRoot()
    case .absolute: x.magnitude
    case .square: x * x
    case .reciprocal: 1 / x
    case .sign: x > 0 ? 1 : x < 0 ? -1 : 0
    case .floor: x.rounded(.down)
    case .ceil: x.rounded(.up)
    case .round: x.rounded(.toNearestOrEven)
    case .trunc: x.rounded(.towardZero)
    default: fatalError("\(function) is not exact")
    }
  }

  private func checkExact<F: FloatElement>(_ function: UnaryFunction, _ type: F.Type) {
    var samples = Samples()
    let x = F.specials + samples.floats(70, in: -100...100) + (-9...9).map { F($0) / 2 }
    let actual = unary(function, x)
    for (i, y) in actual.enumerated() where !same(y, reference(function, x[i])) {
      Issue.record("\(function) \(x[i]) = \(y) at \(SIMDLevel.current); expected \(reference(function, x[i]))")
    }
  }

  @Test(arguments: SIMDLevel.available, exact) func exactFunctionsAreExact(level: SIMDLevel, function: UnaryFunction) {
    SIMDLevel.with(level) {
      checkExact(function, Float.self)
      checkExact(function, Double.self)
    }
  }

  private func checkTails<F: FloatElement>(_ type: F.Type, _ function: UnaryFunction) {
    let x: [F] = (0..<70).map { F($0) / 16 + 0.5 }
    let whole = unary(function, x)
    for n in 0...70 { #expect(same(unary(function, Array(x[..<n])), Array(whole[..<n])), "\(function) n = \(n)") }
  }

  @Test(arguments: SIMDLevel.available, UnaryFunction.allCases)
  func aTailIsComputedAsAWholeVector(level: SIMDLevel, function: UnaryFunction) {
    SIMDLevel.with(level) {
      checkTails(Float.self, function)
      checkTails(Double.self, function)
    }
  }

  private func checkInPlace<F: FloatElement>(_ type: F.Type, _ function: UnaryFunction) {
    let x: [F] = (0..<37).map { F($0) / 8 + 0.25 }
    var y = x
    y.withUnsafeMutableBytes { Kernels.unary(function, F.kind, x.count, $0.baseAddress!, $0.baseAddress!) }
    #expect(same(y, unary(function, x)))
  }

  @Test(arguments: UnaryFunction.allCases) func theResultMayOverwriteTheOperand(function: UnaryFunction) {
    checkInPlace(Float.self, function)
    checkInPlace(Double.self, function)
  }

  private func checkIntegers<I: IntegerElement>(_ type: I.Type) {
    let x: [I] = [0, 1, 2, 7, .max, .min, .max - 1, .min + 1, 0 &- 1, 0 &- 5, 100]
    #expect(unary(.negate, x) == x.map { 0 &- $0 })
    #expect(unary(.square, x) == x.map { $0 &* $0 })
    #expect(unary(.absolute, x) == x.map { $0 < 0 ? 0 &- $0 : $0 })
    #expect(unary(.relu, x) == x.map { $0 > 0 ? $0 : 0 })
    #expect(unary(.sign, x) == x.map { $0 == 0 ? 0 : $0 > 0 ? 1 : 0 &- 1 })
  }

  @Test func integersWrap() {
    checkIntegers(Int32.self)
    checkIntegers(Int64.self)
    checkIntegers(UInt8.self)
  }
}
