import Autograd
import Tensors

/// What heat maps and confusion matrices have in common: a field of shaded cells with names at its rows and columns, and
/// texts in the cells where there is room for them.
struct CellGrid: Sendable {
  var title = ""
  var rowNames: [String] = []
  var columnNames: [String] = []
  var xLabel = ""
  var yLabel = ""
  /// Cells whose text steps back, so that the others stand out.
  var faint: Set<Int> = []
  /// The colours' meaning, drawn on the right.
  var scale: ColorScale?

  private let field: CellField
  /// What stands in the cells, row by row; empty for nothing.
  private let texts: [String]
  private let fieldWidth: Double
  private let fieldHeight: Double

  static let padding = 16.0
  private static let widestName = 130.0
  private static let largestCell = 72.0

  /// The cells, with texts or none. The field's longer side is `size` pixels long, more where the texts need it and less
  /// where the cells would be huge.
  init(_ field: CellField, texts: [String], size: Double) {
    let cell = min(size / Double(max(field.columns, field.rows, 1)), Self.largestCell)
    fieldWidth = max(Double(field.columns) * max(cell, texts.isEmpty ? 0 : Self.textWidth(texts)), 80)
    fieldHeight = max(Double(field.rows) * max(cell, texts.isEmpty ? 0 : 20), 40)
    (self.field, self.texts) = (field, texts)
  }

  /// The width that a cell with the longest of these texts needs.
  static func textWidth(_ texts: [String]) -> Double { 10 + (texts.map { SVG.width(of: $0) }.max() ?? 0) }

  private var top: Double { Self.padding + (title.isEmpty ? 0 : 30) }
  private var left: Double { Self.padding + (yLabel.isEmpty ? 0 : 20) + rowLabels.width + 8 }

  var width: Double {
    max(
      left + fieldWidth + (scale?.width(height: fieldHeight) ?? 0) + Self.padding,
      SVG.width(of: title, size: 16) + 2 * Self.padding)
  }
  var height: Double { top + fieldHeight + columnLabels.depth + (xLabel.isEmpty ? 0 : 20) + Self.padding }

  private var rowLabels: CellLabels {
    CellLabels(rowNames, count: field.rows, step: fieldHeight / Double(max(field.rows, 1)), room: Self.widestName)
  }
  private var columnLabels: CellLabels {
    CellLabels(
      columnNames, count: field.columns, step: fieldWidth / Double(max(field.columns, 1)), room: Self.widestName)
  }

  var elements: String {
    SVG.text(title, x: Self.padding, y: Self.padding + 13, style: "title")
      + SVG.moved(area, x: left, y: top)
      + SVG.text(
        SVG.fitted(yLabel, room: fieldHeight), x: Self.padding + 12, y: top + fieldHeight / 2, anchor: .middle,
        turned: true)
  }

  private var area: String {
    if field.cells.isEmpty { return SVG.text("no data", x: 0, y: 20) }
    let bottom = fieldHeight + columnLabels.depth
    return field.elements(width: fieldWidth, height: fieldHeight)
      + SVG.rectangle(x: 0, y: 0, width: fieldWidth, height: fieldHeight, style: "frame")
      + cellTexts + rowLabels.beside + columnLabels.below(fieldHeight)
      + SVG.text(SVG.fitted(xLabel, room: fieldWidth), x: fieldWidth / 2, y: bottom + 16, anchor: .middle)
      + (scale.map { SVG.moved($0.elements(height: fieldHeight), x: fieldWidth, y: 0) } ?? "")
  }

  private var cellTexts: String {
    texts.enumerated().map { index, text in
      let (row, column) = (Double(index / field.columns), Double(index % field.columns))
      return SVG.text(
        text, x: (column + 0.5) * fieldWidth / Double(field.columns),
        y: (row + 0.5) * fieldHeight / Double(field.rows) + 4, anchor: .middle,
        style: field.shades[Int(field.cells[index])].textStyle + (faint.contains(index) ? " faint" : ""))
    }.joined()
  }
}
