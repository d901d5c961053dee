import Foundation
import TestSupport
import Testing

import Kernels

@Suite(.exclusiveKernels) struct PowerTests {
  private func power<F: FloatElement>(_ x: [F], _ y: [F]) -> [F] {
    output(x.count) { Kernels.binary(.power, F.kind, x.count, x, 1, y, 1, $0) }
  }

  /// Float80 rounds the logarithm of the largest powers to 2⁻⁶⁴ of itself, a hundredth of an ulp of float64.
  private func worst<F: FloatElement>(_ x: [F], _ y: [F]) -> Double {
    ulpError(power(x, y), zip(x, y).map { pow(Truth($0), Truth($1)) })
  }

  private func check<F: FloatElement>(_ type: F.Type) {
    var samples = Samples(3)
    let (n, limit) = (isDebug ? 300 : 40_000, F.self == Float.self ? F(150) : F(1000))
    #expect(worst(samples.floats(n, in: 0.5...2), samples.floats(n, in: -limit...limit)) <= 1.3)
    #expect(worst(samples.floats(n, in: 0...1000), samples.floats(n, in: -3...3)) <= 1.3)
    // Bases beside 1 with exponents that make the most of their last digits.
    #expect(
      worst(samples.floats(n, in: 0.999...1.001), samples.floats(n, in: -50 * limit * 10...50 * limit * 10)) <= 1.3)
    // Bases of every magnitude, subnormal ones too, and negative bases with integer exponents.
    let exponents = F.self == Float.self ? -148...127 : -1073...1023
    let any: [F] = samples.floats(n, in: 1...2).map {
      $0 * F(sign: .plus, exponent: F.Exponent(Int.random(in: exponents, using: &samples)), significand: 1)
    }
    #expect(worst(any, samples.floats(n, in: -1.5...1.5)) <= 1.3)
    #expect(worst(samples.floats(n, in: -3...3), (0..<n).map { F($0 % 41 - 20) }) <= 1.3)
  }

  @Test(arguments: SIMDLevel.available) func everyMagnitude(level: SIMDLevel) {
    SIMDLevel.with(level) {
      check(Float.self)
      check(Double.self)
    }
  }

  /// Every pair of special values, as the C library has it.
  private func checkSpecials<F: FloatElement>(_ type: F.Type) {
    let large = F(1 << 24)
    let more: [F] = [
      2.5, 3, 4, 5, 1e15, large - 1, large, large + 2, 2 * large, 1 / F.ulpOfOne, 2 / F.ulpOfOne - 1, 0.75,
    ]
    let values = F.specials + more + more.map { -$0 }
    let pairs = values.flatMap { x in values.map { (x, $0) } }
    let actual = power(pairs.map(\.0), pairs.map(\.1))
    for (z, (x, y)) in zip(actual, pairs) {
      let error = ulpError(z, pow(Truth(x), Truth(y)))
      if error > 1.3 { Issue.record("pow(\(x), \(y)) = \(z), \(error) ulp") }
    }
  }

  @Test(arguments: SIMDLevel.available) func specialCases(level: SIMDLevel) {
    SIMDLevel.with(level) {
      checkSpecials(Float.self)
      checkSpecials(Double.self)
    }
  }
}
