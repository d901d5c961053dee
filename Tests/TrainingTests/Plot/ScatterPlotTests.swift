import TestSupport
import Testing

import Training

@Suite struct ScatterPlotTests {
  @Test func groupsDifferInColorAndShape() {
    var plot = ScatterPlot("Iris", xLabel: "length", yLabel: "width")
    for name in ["setosa", "versicolor", "virginica"] { plot.add(name, x: [1.0, 2], y: [3.0, 4]) }
    let check = XMLCheck(plot.svg)
    #expect(check.isWellFormed)
    // Two points and the legend's sample: circles, squares, triangles.
    #expect(check.elements["circle"] == 3)
    #expect(check.elements["path"] == 6)
    for style in ["s0", "s1", "s2"] { #expect(plot.svg.contains("<g class=\"\(style)\">")) }
  }

  @Test func leavesOutPointsThatAreNotFinite() {
    var plot = ScatterPlot()
    plot.add("", x: [1, .nan, 3, 4], y: [1, 2, .infinity, 4.0])
    #expect(XMLCheck(plot.svg).elements["circle"] == 2)
  }

  @Test func keepsPointsOffTheFrame() {
    var plot = ScatterPlot(width: 400, height: 300)
    plot.addLine("fit", x: [0.0, 1], y: [0.2, 0.8], dashed: true)
    let line = polylines(plot.svg)[0]
    #expect(line[0].x > 5)
    #expect(plot.svg.contains("line dashed"))
  }

  @Test func showsOnePointAndNone() {
    var plot = ScatterPlot()
    #expect(plot.svg.contains(">no data</text>"))
    plot.add("", x: [3.0], y: [-4.0])
    #expect(XMLCheck(plot.svg).elements["circle"] == 1)
    #expect(XMLCheck(plot.svg).isWellFormed)
  }

  @Test func refusesXAndYOfDifferentCounts() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var plot = ScatterPlot()
      plot.add("setosa", x: [1.0, 2], y: [3.0])
    }
    expectMessage(result, "ScatterPlot.add", "setosa: 2 x and 1 y")
  }
}
