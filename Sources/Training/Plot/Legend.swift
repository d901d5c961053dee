import Autograd

/// The names of a chart's series with samples of their lines and marks, in rows above the plot area.
struct Legend {
  private struct Entry {
    let series: Series
    let index: Int
    let name: String
    var width: Double { 34 + SVG.width(of: name) }
  }

  private static let rowHeight = 20.0
  private static let gap = 16.0
  private let rows: [[Entry]]

  /// Lays out the series that have a name in rows of at most `room` pixels.
  init(_ series: [Series], room: Double) {
    var rows: [[Entry]] = []
    var used = 0.0
    for (index, series) in series.enumerated() where !series.name.isEmpty {
      let entry = Entry(series: series, index: index, name: SVG.fitted(series.name, room: room - 34))
      if rows.isEmpty || used + entry.width > room {
        rows.append([])
        used = 0
      }
      rows[rows.count - 1].append(entry)
      used += entry.width + Self.gap
    }
    self.rows = rows
  }

  /// The height of all rows; 0 without names.
  var height: Double { Double(rows.count) * Self.rowHeight }

  /// The elements, with the top left corner at (0, 0).
  var elements: String {
    rows.enumerated().map { number, row in
      var x = 0.0
      return row.map { entry in
        defer { x += entry.width + Self.gap }
        return Self.drawn(entry, x: x, y: (Double(number) + 0.5) * Self.rowHeight)
      }.joined()
    }.joined()
  }

  private static func drawn(_ entry: Entry, x: Double, y: Double) -> String {
    let sample =
      switch entry.series.kind {
      case .line(let dashed): SVG.line(x1: x, y1: y, x2: x + 24, y2: y, style: dashed ? "line dashed" : "line")
      case .marks: Marker.element(entry.index, at: Place(x: x + 12, y: y))
      }
    let colored = "<g class=\"\(Palette.seriesClass(entry.index))\">\(sample)</g>\n"
    return colored + SVG.text(entry.name, x: x + 30, y: y + 4)
  }
}
