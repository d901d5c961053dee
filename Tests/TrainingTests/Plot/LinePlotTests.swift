import Foundation
import Tensors
import TestSupport
import Testing

import Autograd
import Training

@Suite struct LinePlotTests {
  @Test func drawsALineForEachSeries() {
    var plot = LinePlot("Loss", xLabel: "epoch", yLabel: "cross entropy")
    plot.add("training", y: [3.0, 2, 1])
    plot.add("test", y: [3.0, 2.5, 2], dashed: true)
    let svg = plot.svg
    #expect(XMLCheck(svg).isWellFormed)
    for text in ["Loss", "epoch", "cross entropy", "training", "test"] { #expect(svg.contains(">\(text)</text>")) }
    let lines = polylines(svg)
    #expect(lines.count == 2)
    #expect(svg.components(separatedBy: "<polyline class=\"line dashed\"").count == 2)
    // Falling values go down the page, in equal steps, from the left edge on.
    #expect(lines[0].map(\.x)[0] == 0)
    #expect(lines[0][0].y < lines[0][1].y && lines[0][1].y < lines[0][2].y)
    #expect(abs(lines[0][1].x * 2 - lines[0][2].x) < 0.02)
  }

  @Test func placesPointsBetweenTheAxes() {
    var plot = LinePlot(width: 500, height: 300)
    plot.add("", x: [0.0, 10], y: [0.0, 10])
    let line = polylines(plot.svg)[0]
    #expect(line[0].x == 0)
    #expect(line[1].y == 0)
    #expect((200...300).contains(line[0].y))
    #expect((380...500).contains(line[1].x))
  }

  @Test func leavesGapsForWhatIsNotFinite() {
    var plot = LinePlot()
    plot.add("", y: [1, 2, .nan, 4, 5, .infinity, 7, -.infinity, 9, 10.0])
    let svg = plot.svg
    #expect(polylines(svg).map(\.count) == [2, 2, 2])
    #expect(XMLCheck(svg).elements["circle"] == 1)
    #expect(!svg.contains("nan") && !svg.contains("inf"))
  }

  @Test func logarithmicAxisLeavesOutWhatIsNotPositive() {
    var plot = LinePlot(logY: true)
    plot.add("", y: [100.0, 10, 1, 0, -1, 1, 10])
    let lines = polylines(plot.svg)
    #expect(lines.map(\.count) == [3, 2])
    let heights = lines[0].map(\.y)
    #expect(abs((heights[1] - heights[0]) - (heights[2] - heights[1])) < 0.02)
  }

  @Test(arguments: [[], [.nan, .nan], [.infinity]] as [[Double]]) func saysSoWhenThereIsNothingToShow(y: [Double]) {
    for logY in [false, true] {
      var plot = LinePlot("Empty", logY: logY)
      plot.add("loss", y: y)
      #expect(plot.svg.contains(">no data</text>"))
      #expect(XMLCheck(plot.svg).isWellFormed)
    }
    #expect(LinePlot().svg.contains(">no data</text>"))
  }

  @Test func escapesAllTexts() {
    let text = "<a> & \"b\""
    var plot = LinePlot(text, xLabel: text, yLabel: text)
    plot.add(text, y: [1.0, 2])
    #expect(XMLCheck(plot.svg).isWellFormed)
    #expect(plot.svg.components(separatedBy: "&lt;a&gt; &amp; &quot;b&quot;").count == 6)
  }

  @Test func cutsOffOutsideOfAGivenRange() {
    var plot = LinePlot(yRange: 0...1)
    plot.add("", y: [-1.0, 0.5, 2])
    let svg = plot.svg
    #expect(svg.contains("overflow=\"hidden\""))
    #expect(svg.contains(">0.6</text>"))
    #expect(!svg.contains(">1.5<") && !svg.contains(">-"))
    #expect(polylines(svg)[0][2].y < 0)
  }

  @Test func whatIsFarOutsideOfAGivenRangeIsOnItsSide() {
    var plot = LinePlot(yRange: 0...1)
    plot.add("", y: [0.0, -1e20, 1e20, 1])
    let heights = polylines(plot.svg)[0].map(\.y)
    #expect(heights[1] > 10 * heights[0] && heights[2] < -10 * heights[0] && heights[3] == 0)
  }

  @Test func numbersTooSmallForALogarithmicAxisLeaveAGap() {
    var plot = LinePlot(logY: true)
    plot.add("", y: [1, 1e-5, .leastNonzeroMagnitude, 1, 1e-5])
    #expect(polylines(plot.svg).map(\.count) == [2, 2])
  }

  @Test func boundsTheFileOfALongRun() {
    var plot = LinePlot()
    plot.add("", y: (0..<200_000).map { Float($0 % 7) })
    #expect(plot.svg.utf8.count < 60_000)
    // The highest values, 6, are still there: on the topmost tick.
    #expect(polylines(plot.svg)[0].map(\.y).min() == 0)
  }

  @Test func wrapsALongLegend() {
    var plot = LinePlot(width: 300, height: 300)
    for index in 0..<12 { plot.add("series \(index)", y: [1.0, 2]) }
    let svg = plot.svg
    let places = svg.split(separator: "\n").filter { $0.contains(">series ") }.map { line in
      line.split(separator: "\"").compactMap { Double($0) }
    }
    #expect(places.count == 12)
    #expect(places.allSatisfy { $0[0] + SVG.width(of: "series 1") <= 300 })
    #expect(Set(places.map { $0[1] }).count >= 4)
    #expect(XMLCheck(svg).elements["polyline"] == 12)
  }

  @Test func leavesOutWhatALegendHasNoRoomFor() {
    var plot = LinePlot(width: 300, height: 300)
    for index in 0..<100 { plot.add("series \(index)", y: [1.0, 2]) }
    let names = plot.svg.split(separator: "\n").filter { $0.contains(">series ") }.count
    #expect((8..<25).contains(names))
    #expect(plot.svg.contains(">and \(100 - names) more</text>"))
    #expect(XMLCheck(plot.svg).elements["polyline"] == 100)
  }

  @Test func bandReachesUpAndDownByTheDeviation() throws {
    var plot = LinePlot()
    plot.add("mean", x: [0.0, 1, 2, 3], y: [10, 20, .nan, 10], deviation: [0, 10, 1, 1])
    plot.add("", x: [0.0, 3], y: [0.0, 30])
    let outline = try #require(plot.svg.split(separator: "\n").first { $0.hasPrefix("<polygon class=\"band\"") })
    let points = outline.split(separator: "\"")[3].split(separator: " ").map {
      $0.split(separator: ",").compactMap { Double($0) }
    }
    let diagonal = polylines(plot.svg)[1]
    func height(_ y: Double) -> Double { diagonal[0].y + (diagonal[1].y - diagonal[0].y) * y / 30 }
    #expect(points.count == 4)
    for (point, y) in zip(points, [10.0, 30, 10, 10]) { #expect(abs(point[1] - height(y)) < 0.02) }
    #expect(points[0][0] == points[3][0] && points[1][0] == points[2][0])
  }

  @Test func bandOnALogarithmicAxisEndsAtItsFoot() {
    var plot = LinePlot(logY: true)
    plot.add("mean", y: [10.0, 10], deviation: [20.0, 9])
    let svg = plot.svg
    #expect(XMLCheck(svg).elements["polygon"] == 1)
    #expect(!svg.contains("nan") && !svg.contains("inf"))
  }

  @Test func notesAreVerticalLinesWithAWordAbove() throws {
    var plot = LinePlot()
    plot.add("", y: [1.0, 2, 3, 4, 5])
    for (index, label) in ["first", "<last>", "outside"].enumerated() { plot.addNote(label, at: [2.0, 4, 9][index]) }
    let line = polylines(plot.svg)[0]
    let notes = plot.svg.split(separator: "\n").filter { $0.contains("\"axis note\"") }.map { note in
      note.split(separator: "\"").compactMap { Double($0) }
    }
    #expect(notes.map { $0[0] } == [line[1].x, line[3].x])
    #expect(notes.map { $0[2] } == [line[1].x, line[3].x])
    let words = SVGText.all(plot.svg).filter { $0.text == "first" || $0.text == "&lt;last&gt;" }
    #expect(words.map(\.x) == [line[1].x, line[3].x])
    // Above the area, each in a line of its own.
    #expect(words[0].y < 0 && words[1].y <= words[0].y - 14)
    #expect(!plot.svg.contains("outside"))
  }

  @Test func manyNotesLeaveRoomForTheLines() {
    var plot = LinePlot(height: 300)
    plot.add("", y: [1.0, 2, 3])
    for index in 0..<40 { plot.addNote("note \(index)", at: 1 + Double(index) / 20) }
    #expect(polylines(plot.svg)[0].map(\.y).max() ?? 0 > 100)
    #expect(SVGText.all(plot.svg) { $0.hasPrefix("note") }.map(\.text) == (0..<6).map { "note \($0)" })
    #expect(plot.svg.components(separatedBy: "\"axis note\"").count == 41)
  }

  @Test func logarithmicXAxis() {
    var plot = LinePlot(logX: true)
    plot.add("", x: [0.01, 0, 0.1, 1], y: [1.0, 1, 2, 3])
    let lines = polylines(plot.svg)
    #expect(lines.map(\.count) == [2])
    #expect(XMLCheck(plot.svg).elements["circle"] == 1)
    var whole = LinePlot(logX: true)
    whole.add("", x: [0.01, 0.1, 1], y: [1.0, 2, 3])
    let x = polylines(whole.svg)[0].map(\.x)
    #expect(x[0] == 0 && abs(x[1] * 2 - x[2]) < 0.02)
    #expect(whole.svg.contains(">0.01</text>"))
  }

  @Test func writesAFile() throws {
    let scratch = try Scratch()
    try LinePlot("a").write(to: scratch.file("a.svg"))
    #expect(try readFile(scratch.file("a.svg")) == Data(LinePlot("a").svg.utf8))
    #expect(dataError { try LinePlot("a").write(to: scratch.file("missing/a.svg")) }?.file.hasSuffix("a.svg") == true)
  }

  @Test func refusesXAndYOfDifferentCounts() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var plot = LinePlot()
      plot.add("loss", x: [1.0, 2], y: [3.0])
    }
    expectMessage(result, "LinePlot.add", "loss: 2 x and 1 y")
    let deviations = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var plot = LinePlot()
      plot.add("loss", y: [1.0, 2], deviation: [3.0])
    }
    expectMessage(deviations, "LinePlot.add", "loss: 1 deviations and 2 y")
  }
}
