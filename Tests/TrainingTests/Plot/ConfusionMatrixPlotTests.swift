import TestSupport
import Tensors
import Testing

import Training

@Suite struct ConfusionMatrixPlotTests {
  private let counts = [[9, 0, 7], [0, 4, 0], [0, 0, 0]]

  @Test func rightIsBlueAndMistakesAreOrangeByTheRootOfTheShare() throws {
    let images = PNGReader.images(in: ConfusionMatrixPlot(counts: counts).svg)
    #expect(images.count == 2)
    let colors = try #require(images.first).cells(columns: 3)
    // 9 of 16 is 3/4 after the root: 47.25 of 63 steps.
    #expect(colors[0][0] == 0x005c9400 | 190)
    #expect(colors[0][2] >> 8 == 0xb04800 && colors[0][2] & 255 == 170)  // √(7/16) · 63 is 41.7
    #expect(colors[1][1] == 0x005c94ff)
    for (row, column) in [(0, 1), (1, 0), (1, 2), (2, 0), (2, 1), (2, 2)] { #expect(colors[row][column] & 255 == 0) }
    #expect(images[1].cells(columns: 3)[1][1] == 0x6cc3f2ff)
  }

  @Test func showsCountsOrShares() {
    func texts(_ normalized: Bool, _ counts: [[Int]]) -> [String] {
      let plot = ConfusionMatrixPlot("t", counts: counts, labels: ["a", "b", "c"], normalized: normalized)
      return SVGText.all(plot.svg).dropFirst().prefix(9).map(\.text)
    }
    #expect(texts(false, counts) == ["9", "0", "7", "0", "4", "0", "0", "0", "0"])
    #expect(texts(true, counts) == ["56%", "0%", "44%", "0%", "100%", "0%", "0%", "0%", "0%"])
    #expect(texts(true, [[999, 1, 0], [0, 1, 0], [1, 1, 1]])[..<2] == ["&gt;99%", "&lt;1%"])
    #expect(texts(false, [[123_456_789, 0, 0], [0, 99_999, 0], [0, 0, 1]])[0] == "123M")
  }

  @Test func zerosStepBack() {
    let texts = SVGText.all(ConfusionMatrixPlot(counts: counts).svg).prefix(9)
    #expect(texts.map { $0.classes.contains("faint") } == texts.map { $0.text == "0" })
  }

  @Test func axesAndClassesHaveNames() {
    let svg = ConfusionMatrixPlot("Digits", counts: counts, labels: ["a", "b & c", "d"]).svg
    #expect(XMLCheck(svg).isWellFormed)
    let texts = SVGText.all(svg).map(\.text)
    #expect(texts.filter { $0 == "b &amp; c" }.count == 2)
    #expect(texts.contains("predicted") && texts.contains("true") && texts.contains("Digits"))
  }

  @Test func takesWhatAMetricCounted() {
    var matrix = ConfusionMatrix(classes: 2)
    matrix.update(Tensor([[2.0, 1], [0, 1], [3, 0]]), Tensor([0, 0, 1]))
    #expect(ConfusionMatrixPlot("", matrix).svg == ConfusionMatrixPlot("", counts: [[1, 1], [1, 0]]).svg)
  }

  @Test func fiftyClassesHaveNoNumbersAndNoneSaysSo() {
    let fifty = (0..<50).map { row in (0..<50).map { $0 == row ? 1234 : 0 } }
    let plot = ConfusionMatrixPlot("", counts: fifty)
    #expect(!plot.svg.contains(">1234</text>"))
    #expect(plot.width < 600)
    #expect(ConfusionMatrixPlot(counts: []).svg.contains(">no data</text>"))
    #expect(XMLCheck(ConfusionMatrixPlot(counts: []).svg).isWellFormed)
  }

  @Test func refusesWhatIsNoSquareOfCounts() async {
    let ragged = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = ConfusionMatrixPlot(counts: [[1, 2], [3]])
    }
    expectMessage(ragged, "ConfusionMatrixPlot", "rows of [2, 1] counts; expected 2 rows of as many")
    let labels = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = ConfusionMatrixPlot(counts: [[1]], labels: ["a", "b"])
    }
    expectMessage(labels, "ConfusionMatrixPlot", "2 labels for 1 classes")
  }
}
