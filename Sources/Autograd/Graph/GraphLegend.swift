/// What the colours and marks of a drawn graph mean, for those that occur in it, in rows.
struct GraphLegend {
  private struct Entry {
    let text: String
    let sample: String
    var width: Double { 28 + SVG.width(of: text, size: 11) }
  }

  private static let rowHeight = 20.0
  private static let gap = 14.0
  private var rows: [[Entry]] = []

  /// The legend in rows of at most `room` pixels.
  init(_ diagram: GraphDiagram, room: Double) {
    var used = 0.0
    for entry in GraphLegend.entries(diagram) {
      if rows.isEmpty || used + entry.width > room {
        rows.append([])
        used = 0
      }
      rows[rows.count - 1].append(entry)
      used += entry.width + GraphLegend.gap
    }
  }

  private static func entries(_ diagram: GraphDiagram) -> [Entry] {
    let styles = Set(diagram.boxes.flatMap { $0.style.split(separator: " ").map(String.init) })
    func box(_ style: String, _ text: String) -> Entry? {
      guard styles.contains(style) else { return nil }
      return Entry(text: text, sample: sample("<rect class=\"box \(base(style))\"", rounding: 3))
    }
    let boxes = [
      box("parameter", "parameter"), box("leaf", "leaf without a name"), box("operation", "operation"),
      box("output", "output"), box("released", "freed by a sweep"),
    ]
    let badge = Entry(text: "this many times", sample: sample("<rect class=\"badge\"", rounding: 6))
    let line = Entry(
      text: "from the repetition before", sample: "<path class=\"edge carried\" d=\"M1 10 H21\"/>\n")
    return boxes.compactMap { $0 } + (diagram.boxes.contains { !$0.badge.isEmpty } ? [badge] : [])
      + (diagram.carried.allSatisfy(\.isEmpty) ? [] : [line])
  }

  /// Outputs and freed nodes are operations with a mark.
  private static func base(_ style: String) -> String {
    style == "output" || style == "released" ? "operation \(style)" : style
  }

  private static func sample(_ start: String, rounding: Int) -> String {
    "\(start) x=\"2\" y=\"4\" width=\"18\" height=\"12\" rx=\"\(rounding)\"/>\n"
  }

  /// The height of all rows.
  var height: Double { Double(rows.count) * GraphLegend.rowHeight }

  /// The width of the widest row.
  var width: Double {
    rows.map { $0.map(\.width).reduce(0, +) + GraphLegend.gap * Double($0.count - 1) }.max() ?? 0
  }

  /// The elements, with the top left corner at (0, 0).
  var elements: String {
    rows.enumerated().map { number, row in
      var x = 0.0
      return row.map { entry in
        defer { x += entry.width + GraphLegend.gap }
        return SVG.moved(
          entry.sample + SVG.text(entry.text, x: 26, y: 14, style: "type"), x: x,
          y: Double(number) * GraphLegend.rowHeight)
      }.joined()
    }.joined()
  }
}
