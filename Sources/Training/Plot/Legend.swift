import Autograd

/// The names of a chart's series with samples of their lines and marks, in rows above the plot area.
struct Legend {
  private struct Entry {
    /// What the sample shows; nil for a word about the entries that have no room.
    let series: Series?
    let index: Int
    let name: String
    var width: Double { (series == nil ? 0 : 34) + SVG.width(of: name) }
  }

  private static let rowHeight = 20.0
  private static let gap = 16.0
  private var rows: [[Entry]] = []

  /// Lays out the series that have a name in rows of at most `room` pixels, as many rows as `height` has room for. If
  /// not all fit, the last entry tells how many are left out.
  init(_ series: [Series], room: Double, height: Double) {
    let named = series.enumerated().filter { !$0.element.name.isEmpty }
    let entries = named.map { index, series in
      Entry(series: series, index: index, name: SVG.fitted(series.name, room: room - 34))
    }
    rows = Self.rows(entries, room: room)
    let limit = max(Int(height / Self.rowHeight), 1)
    var shown = entries.count
    while rows.count > limit && shown > 0 {
      shown -= 1
      let rest = Entry(series: nil, index: 0, name: "and \(entries.count - shown) more")
      rows = Self.rows(entries[..<shown] + [rest], room: room)
    }
  }

  private static func rows(_ entries: [Entry], room: Double) -> [[Entry]] {
    var rows: [[Entry]] = []
    var used = 0.0
    for entry in entries {
      if rows.isEmpty || used + entry.width > room {
        rows.append([])
        used = 0
      }
      rows[rows.count - 1].append(entry)
      used += entry.width + gap
    }
    return rows
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
    guard let series = entry.series else { return SVG.text(entry.name, x: x, y: y + 4) }
    let colored = "<g class=\"\(Palette.seriesClass(entry.index))\">\(sample(series, entry.index, x: x, y: y))</g>\n"
    return colored + SVG.text(entry.name, x: x + 30, y: y + 4)
  }

  /// 24 pixels of the series.
  private static func sample(_ series: Series, _ index: Int, x: Double, y: Double) -> String {
    switch series.kind {
    case .line(let dashed):
      let band = series.deviation == nil ? "" : SVG.rectangle(x: x, y: y - 6, width: 24, height: 12, style: "band")
      return band + SVG.line(x1: x, y1: y, x2: x + 24, y2: y, style: dashed ? "line dashed" : "line")
    case .marks(let outlined):
      let ground = outlined ? SVG.rectangle(x: x, y: y - 7, width: 24, height: 14, style: "swatch") : ""
      return ground + Marker.element(index, at: Place(x: x + 12, y: y), outlined: outlined)
    case .area:
      return SVG.rectangle(x: x, y: y - 6, width: 24, height: 12, style: "area")
        + SVG.line(x1: x, y1: y - 6, x2: x + 24, y2: y - 6, style: "outline")
    }
  }
}
