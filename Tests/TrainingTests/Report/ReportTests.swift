import Autograd
import Foundation
import Tensors
import TestSupport
import Testing

import Training

@Suite struct ReportTests {
  private func plot(_ title: String) -> LinePlot {
    var plot = LinePlot(title)
    plot.add("a", y: [1.0, 2])
    return plot
  }

  @Test func holdsWhatWasAddedInOrder() {
    var report = Report("Digits & more")
    report.addHeading("First")
    report.addText("one\ntwo\n\n   \n\nthree")
    report.addFigures([("loss", "0.25"), ("accuracy", "98%")])
    report.addTable(columns: ["name", "value"], rows: [["a", "1"], ["b", "-2.5"]], caption: "numbers")
    report.addCode("x {\n  y\n}")
    report.add(plot("curve"), caption: "a caption")
    let page = PageReader(report.html)
    #expect(page.texts("title") == ["Digits & more"] && page.texts("h1") == ["Digits & more"])
    #expect(page.texts("h2") == ["First"])
    #expect(page.texts("p") == ["one\ntwo", "three"])
    #expect(page.texts("dt") == ["loss", "accuracy"] && page.texts("dd") == ["0.25", "98%"])
    #expect(page.texts("caption") == ["numbers"])
    #expect(page.rows() == [["name", "value"], ["a", "1"], ["b", "-2.5"]])
    #expect(page.texts("pre") == ["x {\n  y\n}"])
    #expect(page.texts("figcaption") == ["a caption"])
    let order = ["h1", "h2", "p", "dl", "table", "pre", "figure"]
    #expect(
      page.elements.map(\.name).filter { order.contains($0) } == [
        "h1", "h2", "p", "p", "dl", "table", "pre", "figure",
      ])
  }

  @Test func everyTextIsEscaped() {
    let text = "<script>alert(\"1\")</script> & \u{1} ]]>"
    var report = Report(text)
    report.addHeading(text)
    report.addText(text)
    report.addFigures([(text, text)])
    report.addTable(columns: [text], rows: [[text]], caption: text)
    report.addCode(text)
    report.add(plot(text), caption: text)
    let page = PageReader(report.html)
    #expect(!page.elements.contains { $0.name == "script" })
    for name in ["title", "h1", "h2", "p", "dt", "dd", "th", "td", "caption", "pre", "figcaption"] {
      #expect(page.texts(name) == ["<script>alert(\"1\")</script> & \u{fffd} ]]>"], "\(name)")
    }
  }

  @Test func codeKeepsItsTabsAndLines() {
    var report = Report("t")
    report.addCode("a\tb\r\n\tc\u{2028}d")
    #expect(PageReader(report.html).texts("pre") == ["a\tb\n\tc\nd"])
  }

  @Test func needsNoOtherFileAndNoScript() {
    var report = Report("t")
    report.add(ImageSheet("", .ones([1, 2, 2])))
    report.add(
      DecisionRegions(xRange: 0...1, yRange: 0...1, resolution: 2) { Tensor.zeros([$0.shape[0]], dtype: .int64) })
    let page = PageReader(report.html)
    #expect(report.html.hasPrefix("<!DOCTYPE html>\n"))
    for element in page.elements {
      #expect(!["script", "link", "iframe", "img", "object"].contains(element.name))
      for (name, value) in element.attributes where name.hasSuffix("href") || name == "src" {
        #expect(value.hasPrefix("data:image/png;base64,"))
      }
      // No identifiers: those of several pictures in one page would meet.
      #expect(element.attributes["id"] == nil)
    }
    #expect(!report.html.contains("url(") && !report.html.contains("@import"))
  }

  @Test func picturesShareOneStyleSheetThatSuitsDarkPages() {
    var report = Report("t")
    for index in 0..<3 { report.add(plot("\(index)")) }
    let styles = PageReader(report.html).elements.filter { $0.name == "style" }
    #expect(styles.count == 1 && styles[0].parents.last == "head")
    #expect(styles[0].text.contains(".adjoint-plot .line{"))
    #expect(styles[0].text.components(separatedBy: "@media (prefers-color-scheme: dark)").count == 3)
    // Each rule for plots stays inside of them.
    let rules = styles[0].text.split(separator: "\n").filter { $0.contains("adjoint") }
    #expect(rules.allSatisfy { $0.hasPrefix(".adjoint-plot .") })
  }

  @Test func picturesInARowStandSideBySideAndGridsComeApart() {
    var report = Report("t")
    report.add(plot("a"))
    report.add(PlotGrid([plot("b"), plot("c")]))
    report.addText("between")
    report.add(PlotGrid([plot("d"), plot("e")], title: "together"))
    let page = PageReader(report.html)
    #expect(page.elements.filter { $0.attributes["class"] == "plots" }.count == 2)
    // The panels' viewports are svg elements too; those right in a figure count.
    let pictures = page.elements.filter { $0.name == "svg" && $0.parents.last == "figure" }
    #expect(pictures.map { $0.attributes["aria-label"] } == ["a", "b", "c", "together"])
  }

  @Test func fitsAPhone() throws {
    var report = Report("t")
    report.add(LinePlot(width: 300))
    report.add(LinePlot(width: 500))
    report.add(LinePlot(width: 1000))
    let page = PageReader(report.html)
    #expect(
      page.elements.contains { $0.name == "meta" && $0.attributes["content"] == "width=device-width, initial-scale=1" })
    let styles = page.elements.compactMap { $0.name == "svg" ? $0.attributes["style"] : nil }
    #expect(styles == ["min-width:300px", "min-width:340px", "min-width:600px"])
  }

  @Test func columnsOfNumbersStandToTheRight() {
    var report = Report("t")
    report.addTable(
      columns: ["a", "b", "c", "d", "e"],
      rows: [["1", "x", "98.1%", "–", "-1e-3"], ["-2", "1", "", "nan", "2m05s"], ["3", "2", "7", "1", "-inf"]])
    let cells = PageReader(report.html).elements.filter { $0.name == "td" }
    #expect(
      cells.map { $0.attributes["class"] == "number" } == [
        true, false, true, true, true, true, false, true, true, true, true, false, true, true, true,
      ])
  }

  @Test func showsGraphs() {
    var report = Report("t")
    report.add((Variable(Tensor.ones([2]), requiresGrad: true) * 2).sum().graph(), title: "graph", caption: "below")
    let page = PageReader(report.html)
    #expect(
      page.elements.contains { $0.attributes["class"] == "adjoint-graph" && $0.attributes["aria-label"] == "graph" })
  }

  @Test func isWellFormedWhenEmptyAndWrittenWhole() throws {
    var report = Report("")
    report.addText("")
    report.addFigures([])
    report.addTable(columns: [], rows: [])
    let page = PageReader(report.html)
    #expect(page.texts("p").isEmpty && page.texts("dl").isEmpty)
    let scratch = try Scratch()
    try report.write(to: scratch.file("a.html"))
    #expect(try readFile(scratch.file("a.html")) == Data(report.html.utf8))
    #expect(try scratch.names == ["a.html"])
  }

  @Test func refusesRowsOfAnotherLength() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var report = Report("t")
      report.addTable(columns: ["a", "b"], rows: [["1", "2"], ["3"]])
    }
    expectMessage(result, "Report.addTable", "a row of 1 cells; expected 2")
  }
}
