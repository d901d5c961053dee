import Testing

import Training

@Suite struct NumberTextTests {
  @Test(
    arguments: [
      (0.12344, "0.1234"), (0, "0.0000"), (-1.5, "-1.5000"), (12.3456, "12.346"), (123.456, "123.46"),
      (123_456, "123456.0"), (1_234_567, "1.235e+06"), (0.0000123, "1.230e-05"),
      (.nan, "nan"), (.infinity, "inf"), (-.infinity, "-inf"),
    ] as [(Double, String)])
  func metric(value: Double, text: String) {
    #expect(NumberText.metric(value) == text)
  }

  @Test(arguments: [(0.962, "96.2%"), (1, "100.0%"), (.nan, "nan%")] as [(Double, String)])
  func percent(value: Double, text: String) {
    #expect(NumberText.percent(value) == text)
  }

  @Test(
    arguments: [
      (12_345, "12.3k"), (1_200_000, "1.20M"), (999, "999"), (999.7, "1.00k"), (5.5, "5.50"), (99.96, "100"),
      (3e9, "3.00G"), (0, "0.00"),
    ] as [(Double, String)])
  func compact(value: Double, text: String) {
    #expect(NumberText.compact(value) == text)
  }

  @Test(
    arguments: [
      (0.84, "0.8s"), (9.96, "10s"), (59.4, "59s"), (59.6, "1m00s"), (125, "2m05s"), (3599.9, "1h00m"), (3725, "1h02m"),
      (-1, "?"), (.nan, "?"), (.infinity, "?"),
    ] as [(Double, String)])
  func duration(value: Double, text: String) {
    #expect(NumberText.duration(value) == text)
  }
}
