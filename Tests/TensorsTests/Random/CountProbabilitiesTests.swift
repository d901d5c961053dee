import Testing

import Tensors

/// Against 60 digits (mpmath).
@Suite struct CountProbabilitiesTests {
  @Test(
    arguments: [
      (0, 10, -10.0), (1, 10, -7.697414907005954316), (15, 10, -3.3604949889302063058),
      (16, 10, -3.8304986181759418595), (17, 30.5, -5.9037198287096679153), (100, 100, -3.2223569567543533405),
      (150, 100, -14.244577951209978653), (40, 400, -270.66205783043811595), (1e6, 1e6, -7.8266938955201431272),
      (1_000_031_622, 1e9, -11.780557434520074492), (1_000_000_010_000_000, 1e15, -18.238326735493348764),
      (1e17, 1e17, -20.490911823654061057),
    ] as [(Double, Double, Double)])
  func poissonProbabilities(k: Double, rate: Double, expected: Double) {
    #expect(abs(logPoisson(k, rate: rate) - expected) <= 2e-15 * abs(expected))
  }

  @Test(
    arguments: [
      (0, 50, 0.25, -14.384103622589046372), (50, 50, 0.25, -69.314718055994530942),
      (12, 50, 0.25, -2.0450972450090294494), (30, 50, 0.25, -15.858558140442954461),
      (1, 1000, 0.02, -17.18677233664793837), (250_500, 1e6, 0.25, -7.6567422284132130457),
      (500_000_010_000_000, 1e15, 0.5, -17.695179550100070126), (17, 1e12, 1e-11, -4.3611268692541126792),
      (3e11, 1e12, 0.3, -13.954125217036926152),
    ] as [(Double, Double, Double, Double)])
  func binomialProbabilities(k: Double, n: Double, p: Double, expected: Double) {
    // The rounding of n·p moves the largest deviances by its own size.
    #expect(abs(logBinomial(k, of: n, p) - expected) <= 1e-14 * abs(expected))
  }
}
