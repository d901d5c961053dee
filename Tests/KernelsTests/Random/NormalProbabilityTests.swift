import Testing

import Kernels

@Suite struct NormalProbabilityTests {
  /// Probabilities computed with 60 digits (mpmath), on both sides of the place where the formula changes.
  private static let probabilities: [(z: Double, p: Double)] = [
    (-37.5, 4.6053530095819548438e-308), (-30.25, 2.6086402857412604963e-201), (-12, 1.7764821120776789977e-33),
    (-6, 9.865876450376981407e-10), (-3, 0.0013498980316300945267), (-2.0000001, 0.022750126549083104627),
    (-2, 0.0227501319481792072), (-1.999, 0.022804176932658882735), (-1, 0.15865525393145705141),
    (-0.25, 0.40129367431707627576), (-1e-09, 0.4999999996010577196), (0, 0.5), (0.25, 0.59870632568292372424),
    (1, 0.84134474606854294859), (2.5, 0.99379033467422386483), (9, 0.99999999999999999989),
  ]

  @Test(arguments: probabilities) func agreesWithManyDigits(z: Double, p: Double) {
    #expect(abs(normalProbability(below: z) - p) <= 6e-14 * p)
  }

  @Test func reachesBothEnds() {
    #expect(normalProbability(below: -.infinity) == 0 && normalProbability(below: .infinity) == 1)
    #expect(normalProbability(below: -100) == 0 && normalProbability(below: 100) == 1)
  }

  /// The quantile of the probability is the number again: an error dp moves it by dp/φ.
  @Test func isTheInverseOfTheQuantile() {
    for z in stride(from: -30.0, through: 3, by: 0.25) {
      #expect(abs(inverseNormal(normalProbability(below: z)) - z) <= 1e-13 * max(1, abs(z)))
    }
  }
}
