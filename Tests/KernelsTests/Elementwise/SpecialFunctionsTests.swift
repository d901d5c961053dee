import TestSupport
import Testing

import Kernels

/// The references are computed with 40 digits (mpmath).
@Suite struct SpecialFunctionsTests {
  private func special<F: FloatElement>(_ function: SpecialFunction, _ x: [F]) -> [F] {
    output(x.count) { Kernels.special(function, F.kind, x.count, x, $0) }
  }

  private static let digammas: [(x: Double, y: Double)] = [
    (1, -0.57721566490153286061), (0.5, -1.9635100260214234794), (1e-10, -10000000000.5772153),
    (0.1, -10.423754940411076232), (1.5, 0.036489973978576520559), (2, 0.42278433509846713939),
    (3.75, 1.1825373886117962286), (10, 2.2517525890667211076), (100.5, 4.6051743525818452119),
    (1e10, 23.02585092989045684), (-0.5, 0.036489973978576520559), (-1.25, 3.7141391202135278304),
    (-10.5, 2.3982391295357816134), (-1000.25, 10.050097693066705875),
  ]

  @Test(arguments: digammas) func digammaAgreesWithManyDigits(x: Double, y: Double) {
    let error = abs(special(.digamma, [x])[0] - y)
    #expect(error <= 3e-15 * max(1, abs(y)), "digamma \(x): \(error)")
  }

  private static let polygammas: [(order: Int, x: Double, y: Double)] = [
    (1, 1, 1.6449340668482264365), (1, 0.001, 1000001.6425331958273), (1, 0.5, 4.9348022005446793094),
    (1, 25.5, 0.039994669649562924037), (1, 1e8, 1.0000000050000000167e-8), (1, -0.5, 8.9348022005446793094),
    (1, -3.75, 19.504980060599575273), (1, -100.125, 67.383936596501530887), (2, 1, -2.4041138063191885708),
    (2, 0.25, -129.32773993753692033), (2, -1.3, 68.549413471162134232), (3, 2, 0.4939394022668291491),
    (3, -2.5, 194.74787621918762242), (4, 0.7, -144.70825364302465546), (4, -0.7, -9740.6709116581038322),
    (7, 3, 0.86237523763947046857), (7, -3.2, 1968781269.7353124452), (20, 5.5, -711.2145883656206566),
    (20, -1.5, -10709198259.124132459),
  ]

  /// Below zero the distance to the next pole is rounded, and raised to the power n + 1.
  @Test(arguments: polygammas) func polygammaAgreesWithManyDigits(order: Int, x: Double, y: Double) {
    let error = abs(special(.polygamma(order: order), [x])[0] / y - 1)
    #expect(error <= (x < 0 ? 2e-14 : 3e-15) * Double(order), "polygamma(\(order), \(x)): \(error)")
  }

  private static let inverses: [(x: Double, y: Double)] = [
    (1e-20, 8.8622692545275796504e-21), (0.1, 0.088855990494257691974), (0.5, 0.47693627620446987338),
    (0.8499999, 1.0179022150688644237), (0.85, 1.0179024648320275882), (0.9, 1.1630871536766741628),
    (0.99, 1.8213863677184494559), (0.999999, 3.4589107372754987775), (-0.3, -0.27246271472675434502),
    (-0.95, -1.3859038243496776766), (0.9999999999999999, 5.8635847487551679272),
    (0.9999999999, 4.5728249585449249378),
  ]

  @Test(arguments: inverses) func inverseErfAgreesWithManyDigits(x: Double, y: Double) {
    #expect(abs(special(.inverseErf, [x])[0] / y - 1) <= 1e-15, "erf⁻¹ \(x)")
  }

  private static let logGammas: [(x: Double, y: Double)] = [
    (0.5, 0.57236494292470008707), (1.0000001, -5.772155829918507097e-8), (1.9999999, -4.2278430309861298194e-8),
    (3, 0.69314718055994530942), (100.5, 361.43554046777762156), (-0.5, 1.2655121234846453965),
    (-2.5, -0.056243716497674050673), (1e-300, 690.77552789821370518), (1e300, 6.8977552789821374147e302),
  ]

  @Test(arguments: logGammas) func logGammaAgreesWithManyDigits(x: Double, y: Double) {
    #expect(abs(special(.logGamma, [x])[0] / y - 1) <= 1e-15, "ln Γ \(x)")
  }

  @Test func polesAndLimits() {
    let x: [Double] = [0, -0.0, -1, -2, .infinity, -.infinity, .nan]
    #expect(same(special(.digamma, x), [-.infinity, .infinity, .nan, .nan, .infinity, .nan, .nan]))
    let infinite = [Double](repeating: .infinity, count: 4)
    #expect(same(special(.polygamma(order: 1), x), infinite + [0, .infinity, .nan]))
    #expect(same(special(.polygamma(order: 2), x), infinite.map { -$0 } + [-0.0, -.infinity, .nan]))
    #expect(same(special(.logGamma, x), infinite + [.infinity, .infinity, .nan]))
    #expect(
      same(
        special(.inverseErf, [1.0, -1, 1.5, -2, 0, -0.0, .nan]), [.infinity, -.infinity, .nan, .nan, 0, -0.0, .nan]))
  }

  /// float32 is computed in float64 and rounded once.
  @Test func floatsAreRounded() {
    let x: [Float] = [0.1, 0.3, 0.9, -0.75]
    for function in [SpecialFunction.logGamma, .digamma, .inverseErf, .polygamma(order: 2)] {
      #expect(special(function, x) == special(function, x.map { Double($0) }).map { Float($0) })
    }
  }
}
