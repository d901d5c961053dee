import Foundation
import TestSupport
import Testing

import Kernels

@Suite(.exclusiveKernels) struct ParametricTests {
  private func run<F: FloatElement>(_ function: ParametricFunction, _ a: [F], _ b: [F], _ p: Double, _ q: Double) -> [F]
  {
    output(a.count) { Kernels.parametric(function, F.kind, a.count, a, b, p, q, $0) }
  }

  private func checkClamp<F: FloatElement>(_ type: F.Type) {
    let x = F.specials
    for (p, q) in [(-1.0, 1.0), (-.infinity, 0.5), (0.5, .infinity), (2, 1), (0, 0)] {
      let expected = x.map { $0.isNaN ? $0 : min(max($0, F(p)), F(q)) }
      let actual = run(.clamp, x, x, p, q)
      #expect(zip(actual, expected).allSatisfy { $0 == $1 || ($0.isNaN && $1.isNaN) }, "clamp \(p) \(q)")
      let g = x.indices.map { F($0) + 1 }
      let passed = x.indices.map { x[$0] >= F(p) && x[$0] <= F(q) ? g[$0] : 0 }
      #expect(run(.clampGradient, g, x, p, q) == passed, "clampGradient \(p) \(q)")
    }
  }

  @Test(arguments: SIMDLevel.available) func clampKeepsNaNAndTheUpperBoundWins(level: SIMDLevel) {
    SIMDLevel.with(level) {
      checkClamp(Float.self)
      checkClamp(Double.self)
    }
  }

  private func softplus(_ x: Truth, _ beta: Truth, _ threshold: Truth) -> Truth {
    beta * x > threshold ? x : log1p(exp(beta * x)) / beta
  }

  /// β = 1 and 2 scale x exactly; the logarithm's 1.6 ulp and the division's half.
  private func checkSoftplus<F: FloatElement>(_ type: F.Type) {
    var samples = Samples()
    let x = F.specials + (samples.floats(isDebug ? 200 : 20_000, in: -30...30) as [F])
    for beta in [1.0, 2] {
      let truth = x.map { softplus(Truth($0), Truth(beta), 20) }
      #expect(ulpError(run(.softplus, x, x, beta, 20), truth) <= 2.1, "beta \(beta)")
    }
    let y = run(.softplusGradient, x.map { _ in 3 }, x, 1, 20)
    let slopes = x.map { $0 > 20 ? 3 : 3 / (1 + exp(-Truth($0))) }
    #expect(ulpError(y, slopes) <= 3.3)
  }

  @Test(arguments: SIMDLevel.available) func softplusAndItsGradient(level: SIMDLevel) {
    SIMDLevel.with(level) {
      checkSoftplus(Float.self)
      checkSoftplus(Double.self)
    }
  }

  @Test(arguments: SIMDLevel.available, ParametricFunction.allCases)
  func everyLengthAndInPlace(level: SIMDLevel, function: ParametricFunction) {
    SIMDLevel.with(level) {
      let (a, b): ([Float], [Float]) = ((0..<70).map { Float($0) / 8 - 4 }, (0..<70).map { 3 - Float($0) / 16 })
      let whole = run(function, a, b, 1.5, 2.5)
      for n in 0...70 {
        #expect(same(run(function, Array(a[..<n]), Array(b[..<n]), 1.5, 2.5), Array(whole[..<n])), "\(function) \(n)")
      }
      var y = a
      y.withUnsafeMutableBytes {
        Kernels.parametric(function, .float32, 70, $0.baseAddress!, b, 1.5, 2.5, $0.baseAddress!)
      }
      #expect(same(y, whole))
    }
  }
}
