import Testing

import Kernels

@Suite struct InverseNormalTests {
  /// Quantiles computed with 60 digits (mpmath), on both sides of the places where the formula changes.
  private static let quantiles: [(p: Double, z: Double)] = [
    (0.5, 0), (0.5000001, 2.5066282733116483012e-7), (0.6, 0.25334710313579974132), (0.25, -0.6744897501960817432),
    (0.075, -1.4395314709384559349), (0.07499, -1.4396021182393162092), (0.925, 1.4395314709384562291),
    (0.95, 1.6448536269514722843), (0.99, 2.3263478740408407676), (0.999999, 4.7534243088170877657),
    (0.001, -3.0902323061678135354), (1e-05, -4.2648907939228246102), (1e-09, -5.9978070150076868614),
    (1e-11, -6.7060231554951362961), (1.4e-11, -6.6567230915181836356), (1e-15, -7.9413453261709967713),
    (0x1p-53, -8.2095361516013868556), (1 - 0x1p-53, 8.2095361516013868556), (1e-300, -37.047096299361199237),
  ]

  /// The formula's 10⁻¹⁶, and the roundings of its eighteen steps.
  @Test(arguments: quantiles) func agreesWithManyDigits(p: Double, z: Double) {
    #expect(abs(inverseNormal(p) - z) <= 1e-15 * abs(z))
  }

  @Test func isSymmetricAndIncreasing() {
    let z = (1..<1000).map { inverseNormal(Double($0) / 1000) }
    #expect(zip(z, z.dropFirst()).allSatisfy { $0 < $1 })
    #expect(zip(z, z.reversed()).allSatisfy { abs($0 + $1) <= 1e-14 })
  }
}
