import Foundation
import TestSupport
import Testing

import Kernels

/// The fused gradients whose terms cancel somewhere: errors in units of the terms, not of the sum.
@Suite(.exclusiveKernels) struct ActivationGradientTests {
  /// The derivative and the sum of its terms' magnitudes.
  private func slope(_ function: BinaryFunction, _ x: Truth) -> (value: Truth, scale: Truth) {
    switch function {
    case .siluGradient:
      let y = 1 / (1 + exp(-x))
      return (y * (1 + x * (1 - y)), y * (1 + abs(x) * (1 - y)))
    case .geluGradient:
      let (cumulative, density) = (erfc(-x / Truth(2).squareRoot()) / 2, exp(-x * x / 2) / (2 * Truth.pi).squareRoot())
      return (cumulative + x * density, cumulative + abs(x) * density)
    case .geluTanhGradient:
      let scale = (8 / Truth.pi).squareRoot()
      let y = 1 / (1 + exp(-scale * (x + 44715 * x * x * x / 1_000_000)))
      let rate = scale * (1 + 3 * 44715 * x * x / 1_000_000)
      return (y + x * y * (1 - y) * rate, y + abs(x) * y * (1 - y) * rate)
    default: fatalError("BinaryTests has \(function)")
    }
  }

  /// A dozen roundings of half a unit and the exponential's one, none magnified.
  private func check<F: FloatElement>(_ function: BinaryFunction, _ g: [F], _ x: [F]) {
    let actual = output(x.count, as: F.self) { Kernels.binary(function, F.kind, x.count, g, 1, x, 1, $0) }
    let terms = x.map { slope(function, Truth($0)) }
    let (truth, scale) = (
      terms.indices.map { Truth(g[$0]) * terms[$0].value }, terms.indices.map { abs(Truth(g[$0])) * terms[$0].scale }
    )
    #expect(scaledError(actual, truth, scale) <= 7, "\(function) at \(SIMDLevel.current)")
  }

  private func check<F: FloatElement>(_ type: F.Type, _ function: BinaryFunction) {
    var samples = Samples()
    for n in [1, 7, 16, 33, isDebug ? 100 : 10_000] {
      check(function, samples.floats(n, in: -3...3) as [F], samples.floats(n, in: -8...8))
    }
  }

  @Test(arguments: SIMDLevel.available, [BinaryFunction.geluGradient, .geluTanhGradient, .siluGradient])
  func everyLength(level: SIMDLevel, function: BinaryFunction) {
    SIMDLevel.with(level) {
      check(Float.self, function)
      check(Double.self, function)
    }
  }

  @Test(arguments: [BinaryFunction.geluGradient, .geluTanhGradient, .siluGradient])
  func limitsAreOneAndZero(function: BinaryFunction) {
    let x: [Float] = [.infinity, -.infinity, 1e30, -1e30, 200, -200, .nan, 0]
    let y = output(8, as: Float.self) { Kernels.binary(function, .float32, 8, [3 as Float], 0, x, 1, $0) }
    #expect(same(y.map { $0 + 0 }, [3, 0, 3, 0, 3, 0, .nan, 1.5]), "\(function) \(y)")
  }

  @Test func erfGradientKeepsNaNAndVanishes() {
    let x: [Double] = [.infinity, -.infinity, 100, .nan, 0]
    let y = output(5, as: Double.self) { Kernels.binary(.erfGradient, .float64, 5, [2.0], 0, x, 1, $0) }
    #expect(same(y, [0, 0, 0, .nan, 4 / Double.pi.squareRoot()]))
  }
}
