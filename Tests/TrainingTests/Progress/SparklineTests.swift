import Testing

import Training

@Suite struct SparklineTests {
  @Test(
    arguments: [
      ([0, 1, 2, 3, 4, 5, 6, 7], "▁▂▃▄▅▆▇█"),
      ([7, -7], "█▁"),
      ([3, 3, 3], "▄▄▄"),
      ([5], "▄"),
      ([], ""),
      ([0, .nan, 7], "▁ █"),
      ([.nan, .nan], "  "),
      ([0, .infinity, 7, -.infinity], "▁██▁"),
      ([.infinity, 1], "█▄"),
      ([-1.7e308, 1.7e308, 0], "▁█▅"),
    ] as [([Double], String)])
  func drawsABarForEachValue(values: [Double], text: String) {
    #expect(Sparkline.text(values) == text)
  }

  @Test func neighboursShareABarWhereThereAreTooMany() {
    #expect(Sparkline.text([0, 0, 6, 8, 2, 4, .nan, 0], width: 4) == "▁█▄▁")
    #expect(Sparkline.text((0..<1000).map(Double.init), width: 8) == "▁▂▃▄▅▆▇█")
    #expect(Sparkline.text([1, .nan, .nan, .nan, .nan, 3], width: 3) == "▁ █")
    #expect(Sparkline.text([1.7e308, 1.7e308, 0, 0], width: 2) == "█▁")
    for width in 0...12 { #expect(Sparkline.text([1, 2, 3, 4, 5, 6, 7], width: width).count == min(width, 7)) }
    #expect(Sparkline.text([1, 2], width: -1).isEmpty)
  }
}
