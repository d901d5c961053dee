import Foundation
import TestSupport
import Testing

import Kernels

@Suite(.exclusiveKernels) struct ElementaryFunctionsTests {
  /// The bounds that the sources state, in ulps of the rounded truth.
  static let bounds: [(function: UnaryFunction, float: Double, double: Double)] = [
    (.exp, 1.05, 1.05), (.log, 1, 1), (.tanh, 2.7, 2.7), (.sigmoid, 2.5, 2.5),
  ]

  static func truth(_ function: UnaryFunction, _ x: Truth) -> Truth {
    switch function {
    case .exp: exp(x)
    case .log: x < 0 ? .nan : log(x)
    case .tanh: tanh(x)
    case .sigmoid: 1 / (1 + exp(-x))
    default: fatalError("\(function) has no reference")
    }
  }

  /// Whether the kernel promises accuracy: the logistic function may flush results below the normal range to zero.
  private func isPromised<F: FloatElement>(_ function: UnaryFunction, _ truth: F) -> Bool {
    function != .sigmoid || truth.isNaN || truth >= .leastNormalMagnitude
  }

  private func worst<F: FloatElement>(_ function: UnaryFunction, _ x: [F]) -> (error: Double, x: F) {
    let y = unary(function, x)
    var worst = (error: 0.0, x: F(0))
    for i in x.indices {
      let truth = Self.truth(function, Truth(x[i]))
      guard isPromised(function, F(truth)) else { continue }
      let error = ulpError(y[i], truth)
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
    return (near + far + fine + near.map { 1 + $0 / 100 }).map { function == .log ? $0.magnitude : $0 }
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

  @Test func infinitiesAndZerosByHand() {
    #expect(same(unary(.exp, [Float.infinity, -.infinity, 0, -0.0, .nan]), [.infinity, 0, 1, 1, .nan]))
    #expect(
      same(
        unary(.log, [Float.infinity, -.infinity, 0, -0.0, -1, 1]), [.infinity, .nan, -.infinity, -.infinity, .nan, 0]))
    #expect(same(unary(.tanh, [Double.infinity, -.infinity, 0, -0.0, .nan]), [1, -1, 0, -0.0, .nan]))
    #expect(same(unary(.sigmoid, [Double.infinity, -.infinity, 0, -0.0, .nan]), [1, 0, 0.5, 0.5, .nan]))
  }
}
