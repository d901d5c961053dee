import Testing

import Training

@Suite struct PlotGridTests {
  private func panel(_ title: String, width: Double = 300, height: Double = 200) -> LinePlot {
    var plot = LinePlot(title, width: width, height: height)
    plot.add("", y: [1.0, 2])
    return plot
  }

  @Test func laysPanelsSideBySide() {
    let grid = PlotGrid([panel("loss"), panel("accuracy", height: 250)])
    #expect(grid.width == 600)
    #expect(grid.height == 250)
    #expect(grid.svg.contains("translate(300 0)"))
    #expect(XMLCheck(grid.svg).isWellFormed)
    #expect(XMLCheck(grid.svg).elements["style"] == 1)
    #expect(polylines(grid.svg).count == 2)
  }

  @Test func startsANewRowAfterTheLastColumn() {
    let grid = PlotGrid([panel("a"), panel("b"), panel("c")], columns: 2, title: "all & more")
    #expect(grid.width == 600)
    #expect(grid.height == 428)
    #expect(grid.svg.contains("translate(0 228)"))
    #expect(grid.svg.contains(">all &amp; more</text>"))
  }

  @Test func isWellFormedWithoutPanels() {
    #expect(XMLCheck(PlotGrid([]).svg).isWellFormed)
  }
}
