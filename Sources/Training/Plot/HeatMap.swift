import Foundation
import Tensors

/// A matrix as shaded cells: attention, weights, correlations.
///
/// ```swift
/// try HeatMap("Attention", attention[0], rowNames: words, columnNames: words, range: 0...1).write(to: "attention.svg")
/// ```
///
/// Small numbers are pale and large ones blue. Where there are negative ones, the scale reaches as far below zero as above,
/// with orange for what is below. NaN is grey. A bar on the right has the numbers of the colours.
public struct HeatMap: Plot, Sendable {
  private var grid: CellGrid

  /// A map of `values` [rows, columns], the first row at the top.
  ///
  /// - Parameters:
  ///   - rowNames: a name for each row, or none for their numbers from 0 on; names that have no room are left out.
  ///   - range: the numbers that the colours span; nil for those of the values. Infinities and others outside have the
  ///     colour of the nearer end.
  ///   - showsValues: whether the numbers stand in the cells; nil for where they have room.
  ///   - size: the length of the field's longer side in pixels. It grows with the texts and is shorter for a few large
  ///     cells.
  public init(
    _ title: String = "", _ values: Tensor, rowNames: [String] = [], columnNames: [String] = [], xLabel: String = "",
    yLabel: String = "", range: ClosedRange<Double>? = nil, showsValues: Bool? = nil, size: Double = 400
  ) {
    require(values.rank == 2, "HeatMap", "values \(values.shape); expected [rows, columns]")
    let (rows, columns) = (values.shape[0], values.shape[1])
    require(
      (rowNames.isEmpty || rowNames.count == rows) && (columnNames.isEmpty || columnNames.count == columns), "HeatMap",
      "\(rowNames.count) row names and \(columnNames.count) column names for values \(values.shape)")
    let numbers = values.scalars(as: Double.self)
    let extent = range ?? Series.extent(numbers) ?? 0...1
    let scale = ColorScale(extent, isDiverging: extent.lowerBound < 0)
    let mayFit = Double(20 * max(rows, columns)) <= size
    let texts = showsValues ?? mayFit ? Self.texts(numbers) : []
    let fits = CellGrid.textWidth(texts) * Double(columns) <= size
    let field = CellField(columns: columns, cells: numbers.map(scale.shade), shades: scale.shades)
    grid = CellGrid(field, texts: showsValues ?? fits ? texts : [], size: size)
    (grid.title, grid.rowNames, grid.columnNames) = (title, rowNames, columnNames)
    (grid.xLabel, grid.yLabel, grid.scale) = (xLabel, yLabel, scale)
  }

  /// All with as many decimals as the largest needs, two or three digits of it.
  private static func texts(_ numbers: [Double]) -> [String] {
    let largest = numbers.lazy.filter(\.isFinite).map(abs).max() ?? 0
    let decimals = largest < 9.995 ? 2 : largest < 99.95 ? 1 : 0
    let hasExponent = largest >= 1e5 || (largest < 0.05 && largest > 0)
    return numbers.map { number in
      if !number.isFinite { return NumberText.metric(number) }
      if number == 0 { return "0" }
      return hasExponent
        ? Axis.shortExponent(String(format: "%.1e", number)) : String(format: "%.\(decimals)f", number)
    }
  }

  /// The title above the map.
  public var title: String { grid.title }
  /// The width in pixels.
  public var width: Double { grid.width }
  /// The height in pixels.
  public var height: Double { grid.height }
  /// The SVG elements of the map.
  public var elements: String { grid.elements }
}
