import Autograd

/// The pieces of a page that is HTML and well-formed XML at once.
enum HTML {
  /// Text for use in elements, with its line breaks and tabs.
  static func escaped(_ text: String) -> String {
    text.split(omittingEmptySubsequences: false) { $0.isNewline }.map(escaped(line:)).joined(separator: "\n")
  }

  private static func escaped(line: Substring) -> String {
    line.split(separator: "\t", omittingEmptySubsequences: false).map { SVG.escaped(String($0)) }.joined(
      separator: "\t")
  }

  /// An element around markup.
  static func element(_ name: String, class style: String = "", _ content: String) -> String {
    "<\(name)\(style.isEmpty ? "" : " class=\"\(style)\"")>\(content)</\(name)>\n"
  }

  /// A table; columns of numbers stand to the right.
  static func table(columns: [String], rows: [[String]], caption: String) -> String {
    let styles = columns.indices.map { column in isNumeric(rows.map { $0[column] }) ? "number" : "" }
    func line(_ cell: String, _ texts: [String]) -> String {
      element("tr", zip(texts, styles).map { element(cell, class: $1, escaped($0)) }.joined())
    }
    let head = columns.allSatisfy(\.isEmpty) ? "" : element("thead", line("th", columns))
    let title = caption.isEmpty ? "" : element("caption", escaped(caption))
    let body = element("tbody", rows.map { line("td", $0) }.joined())
    return element("div", class: "scroll", element("table", title + head + body))
  }

  /// Whether all cells that aren't empty begin with a number, such as "3", "-1.5e-3", "98.1%" or "2m05s".
  private static func isNumeric(_ cells: [String]) -> Bool {
    let filled = cells.filter { !$0.isEmpty && $0 != "–" }
    return !filled.isEmpty
      && filled.allSatisfy { cell in
        ["nan", "inf", "-inf"].contains(cell)
          || (cell.first == "-" ? cell.dropFirst() : cell[...]).first?.isNumber == true
      }
  }
}
