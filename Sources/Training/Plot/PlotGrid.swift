import Autograd

/// Several plots as panels of one picture, side by side or in rows: loss beside accuracy.
public struct PlotGrid: Plot {
  /// The title above all panels.
  public let title: String
  private let rows: [[any Plot]]

  /// Lays the panels out from left to right, `columns` in a row (all in one row if nil).
  public init(_ panels: [any Plot], columns: Int? = nil, title: String = "") {
    let count = max(columns ?? panels.count, 1)
    rows = stride(from: 0, to: panels.count, by: count).map { Array(panels[$0..<min($0 + count, panels.count)]) }
    self.title = title
  }

  /// The plots in it, row by row.
  var panels: [any Plot] { rows.flatMap(\.self) }

  /// The width of the widest row.
  public var width: Double { rows.map { $0.map(\.width).reduce(0, +) }.max() ?? 120 }
  /// The height of all rows and the title.
  public var height: Double { headerHeight + (rows.isEmpty ? 40 : rows.map(Self.height).reduce(0, +)) }

  /// The SVG elements of all panels.
  public var elements: String {
    var y = headerHeight
    let heading = SVG.text(SVG.fitted(title, room: width - 32, size: 16), x: 16, y: 29, style: "title")
    return heading
      + rows.map { row in
        defer { y += Self.height(row) }
        return Self.elements(row, y: y)
      }.joined()
  }

  private var headerHeight: Double { title.isEmpty ? 0 : 28 }

  private static func height(_ row: [any Plot]) -> Double { row.map(\.height).max() ?? 0 }

  private static func elements(_ row: [any Plot], y: Double) -> String {
    var x = 0.0
    return row.map { panel in
      defer { x += panel.width }
      return SVG.moved(panel.elements, x: x, y: y)
    }.joined()
  }
}
