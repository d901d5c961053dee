import Foundation
import Tensors
import TestSupport
import Testing

import Training

@Suite struct HistogramPlotTests {
  private func plot(_ values: [Double], _ bins: HistogramPlot.Bins, density: Bool = false) -> HistogramPlot {
    var plot = HistogramPlot(bins: bins, density: density)
    plot.add("a", values)
    return plot
  }

  /// The places of an area's outline, in pixels.
  private func outlines(_ svg: String) -> [[(x: Double, y: Double)]] { polylines(svg).filter { $0.count > 2 } }

  @Test func edgesAreEquallyWide() {
    #expect(plot([0, 1, 10], .count(5)).edges == [0, 2, 4, 6, 8, 10])
    #expect(plot([-1, 1, .nan, .infinity], .count(2)).edges == [-1, 0, 1])
    #expect(plot([5, 5], .count(1)).edges == [4.5, 5.5])
    #expect(plot([5, 5, 5], .automatic).edges == [4.5, 5.5])
    #expect(plot([], .automatic).edges == [0, 1])
    #expect(plot([.nan], .count(7)).edges == [0, 1])
  }

  @Test func rulesGiveTheNumberOfBins() {
    let evenly = (0..<1000).map { Double($0) }
    func count(_ values: [Double], _ bins: HistogramPlot.Bins) -> Int { plot(values, bins).edges.count - 1 }
    // log₂ 1000 is 9.97. IQR 499.5, so the bins are 99.9 wide: exactly 10 in 999.
    #expect(count(evenly, .sturges) == 11)
    #expect((10...11).contains(count(evenly, .freedmanDiaconis)))
    #expect(count(evenly, .automatic) == 11)
    // Values 0 ... 7 and one at 800: quartiles 2 and 6, width 8 / ∛9 = 3.846.
    let skewed = (0..<8).map { Double($0) } + [800]
    #expect(count(skewed, .freedmanDiaconis) == 200)
    #expect(count(skewed.map { $0 == 800 ? 16 : $0 }, .freedmanDiaconis) == 5)
    // Half of them equal: no quartile range to go by.
    #expect(count([1, 1, 1, 1, 1, 1, 9, -3], .freedmanDiaconis) == 4)
    #expect(count([1, 1, 1, 1, 1, 1, 9, -3], .sturges) == 4)
  }

  @Test func barsAreAsHighAsTheirCounts() throws {
    let outline = try #require(outlines(plot([0, 0.5, 1, 2.5, 4], .count(4)).svg).first)
    // Counts 2, 1, 1, 1 (the last bin is closed) between feet, over an axis that ends at 2.
    let foot = outline[0].y
    #expect(outline.count == 10)
    let heights = stride(from: 1, to: 9, by: 2).map { (foot - outline[$0].y) / foot }
    for (height, count) in zip(heights, [2.0, 1, 1, 1]) { #expect(abs(height - count / 2) < 1e-3) }
    #expect(outline[9].y == foot)
    let widths = stride(from: 0, to: 8, by: 2).map { outline[$0 + 2].x - outline[$0].x }
    #expect(widths.allSatisfy { abs($0 - outline[9].x / 4) < 0.02 })
  }

  @Test func densityMakesGroupsOfAnySizeComparable() {
    var plot = HistogramPlot(bins: .count(2), density: true)
    plot.add("few", [0.0, 1])
    plot.add("many", [Double](repeating: 0, count: 50) + [Double](repeating: 1, count: 50))
    let outlines = outlines(plot.svg)
    #expect(outlines.count == 2)
    #expect(zip(outlines[0], outlines[1]).allSatisfy { $0.x == $1.x && $0.y == $1.y })
    #expect(plot.svg.contains(">density</text>"))
  }

  @Test func groupsShareTheirBins() {
    var plot = HistogramPlot(bins: .count(10))
    plot.add("a", [0.0, 1])
    plot.add("b", Tensor([[5.0, 10], [2, 2]]))
    #expect(plot.edges.first == 0 && plot.edges.last == 10)
    #expect(outlines(plot.svg).map(\.count) == [22, 22])
    #expect(XMLCheck(plot.svg).elements["polygon"] == 2)
  }

  @Test func tellsHowManyAreNotFinite() {
    #expect(plot([1, 2, .nan, .infinity], .count(2)).svg.contains(">a (2 not finite)</text>"))
    let none = plot([.nan], .automatic)
    #expect(none.svg.contains(">no data</text>") && XMLCheck(none.svg).isWellFormed)
  }

  @Test func logarithmicAxisShowsSingleValues() throws {
    var plot = HistogramPlot(bins: .count(3), logY: true)
    plot.add("", [0.0, 3] + [Double](repeating: 1.5, count: 1000))
    let outline = try #require(outlines(plot.svg).first)
    #expect(outline[1].y < outline[0].y - 10)
    #expect(!plot.svg.contains("nan") && !plot.svg.contains("inf"))
  }

  @Test(arguments: [1e-9, 1e9, 1e-300, 1e299]) func anySizeOfNumbers(scale: Double) {
    let values = (0..<100).map { Double($0 % 10 - 5) * scale }
    let plot = plot(values, .automatic)
    #expect(plot.edges.count > 5 && zip(plot.edges, plot.edges.dropFirst()).allSatisfy { $0 < $1 })
    #expect(XMLCheck(plot.svg).isWellFormed && !plot.svg.contains("inf"))
  }

  @Test func refusesNoBins() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = HistogramPlot(bins: .count(0))
    }
    expectMessage(result, "HistogramPlot", "0 bins; expected 1 or more")
  }
}
