import Autograd
import Foundation
import Tensors

/// A page of texts, figures, tables and plots in one HTML file that needs no other: to keep with a run, to send to someone.
///
/// ```swift
/// var report = Report("Digits")
/// report.addFigures([("test accuracy", "98.7%"), ("parameters", "25 450")])
/// report.addHeading("Curves")
/// report.add(history.curves())
/// report.addHeading("Model")
/// report.addCode("\(model)")
/// try report.write(to: "digits.html")
/// ```
///
/// It suits light and dark screens, large and small. All texts are shown as they are, never read as markup. The file is
/// HTML and well-formed XML at once.
public struct Report: Sendable {
  private enum Part: Sendable {
    case markup(String)
    /// Pictures side by side.
    case figures([String])
  }

  /// The title of the page.
  public let title: String
  private var parts: [Part] = []

  /// A page with a title and nothing else yet.
  public init(_ title: String) { self.title = title }

  /// Adds a heading over what follows.
  public mutating func addHeading(_ text: String) { addMarkup(HTML.element("h2", HTML.escaped(text))) }

  /// Adds a text; blank lines separate its paragraphs.
  public mutating func addText(_ text: String) {
    var paragraphs: [[Substring]] = [[]]
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      if line.allSatisfy(\.isWhitespace) {
        paragraphs.append([])
      } else {
        paragraphs[paragraphs.count - 1].append(line)
      }
    }
    for lines in paragraphs where !lines.isEmpty {
      addMarkup(HTML.element("p", HTML.escaped(lines.joined(separator: "\n"))))
    }
  }

  /// Adds a few numbers that are worth a look from afar, each under its name.
  public mutating func addFigures(_ figures: [(name: String, value: String)]) {
    let boxes = figures.map { figure in
      HTML.element(
        "div", HTML.element("dt", HTML.escaped(figure.name)) + HTML.element("dd", HTML.escaped(figure.value)))
    }
    if !boxes.isEmpty { addMarkup(HTML.element("dl", boxes.joined())) }
  }

  /// Adds a table. Each row has as many cells as there are columns; columns of numbers stand to the right.
  public mutating func addTable(columns: [String], rows: [[String]], caption: String = "") {
    for row in rows {
      require(
        row.count == columns.count, "Report.addTable",
        "a row of \(row.count) cells; expected \(columns.count), as there are columns")
    }
    addMarkup(HTML.table(columns: columns, rows: rows, caption: caption))
  }

  /// Adds text in a typewriter's face with its spaces and line breaks: a printed model, a log, samples of a text.
  public mutating func addCode(_ text: String) { addMarkup(HTML.element("pre", HTML.escaped(text))) }

  /// Adds a plot. Plots that follow each other stand side by side where the page is wide enough; so do the panels of a
  /// ``PlotGrid``.
  public mutating func add(_ plot: any Plot, caption: String = "") {
    if let grid = plot as? PlotGrid, caption.isEmpty, grid.title.isEmpty { return grid.panels.forEach { add($0) } }
    // Wide plots shrink on narrow screens as long as they can be read; then they are scrolled.
    let narrowest = SVG.number(min(plot.width, max(340, 0.6 * plot.width)))
    addFigure(plot.document(attributes: " style=\"min-width:\(narrowest)px\"", style: ""), caption: caption)
  }

  /// Adds the picture of a graph.
  public mutating func add(_ graph: Graph, title: String = "", caption: String = "") {
    addFigure(graph.svg(title: title), caption: caption)
  }

  private mutating func addFigure(_ svg: String, caption: String) {
    let text = caption.isEmpty ? "" : HTML.element("figcaption", HTML.escaped(caption))
    let figure = HTML.element("figure", svg + text)
    if case .figures(let figures) = parts.last {
      parts[parts.count - 1] = .figures(figures + [figure])
    } else {
      parts.append(.figures([figure]))
    }
  }

  private mutating func addMarkup(_ markup: String) { parts.append(.markup(markup)) }

  /// The page.
  public var html: String {
    let body = parts.map { part in
      switch part {
      case .markup(let markup): markup
      case .figures(let figures): HTML.element("div", class: "plots", figures.joined())
      }
    }
    return """
      <!DOCTYPE html>
      <html xmlns="http://www.w3.org/1999/xhtml" lang="en">
      <head>
      <meta charset="utf-8"/>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>
      <title>\(HTML.escaped(title))</title>
      <style>
      \(ReportStyle.css)
      \(Palette.css)
      </style>
      </head>
      <body>
      \(HTML.element("h1", HTML.escaped(title)))\(body.joined())</body>
      </html>

      """
  }

  /// Writes the page to the file at `path`, whole or not at all.
  public func write(to path: String) throws { try writeAtomically(Data(html.utf8), to: path) }
}
