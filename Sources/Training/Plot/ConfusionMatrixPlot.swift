import Tensors

/// How often each class was taken for each: a row for the true class, a column for the predicted one.
///
/// ```swift
/// try ConfusionMatrixPlot("Digits", confusion).write(to: "confusion.svg")
/// ```
///
/// What is right is blue, mistakes are orange. A cell is the stronger the larger its share of the row is, by the root of
/// the share, so that rare mistakes still show. The counts stand in the cells where they have room.
public struct ConfusionMatrixPlot: Plot, Sendable {
  private static let levels = 64
  private var grid: CellGrid

  /// The picture of counts, row by row the true classes; as many columns as rows, nothing negative.
  ///
  /// - Parameters:
  ///   - labels: the names of the classes; without names their numbers.
  ///   - normalized: writes each row's shares in percent instead of the counts.
  ///   - size: the length of the field's sides in pixels; it grows with the texts of up to 20 classes.
  public init(
    _ title: String = "", counts: [[Int]], labels: [String] = [], normalized: Bool = false, size: Double = 400
  ) {
    let classes = counts.count
    require(
      counts.allSatisfy { $0.count == classes && $0.allSatisfy { $0 >= 0 } }, "ConfusionMatrixPlot",
      "rows of \(counts.map(\.count)) counts; expected \(classes) rows of as many, none negative")
    require(
      labels.isEmpty || labels.count == classes, "ConfusionMatrixPlot",
      "\(labels.count) labels for \(classes) classes")
    let shares = counts.flatMap(Self.shares)
    let texts = normalized ? shares.map(Self.percent) : counts.joined().map(Self.text)
    let cells = shares.enumerated().map { Self.shade($1, isRight: $0 / classes == $0 % classes) }
    let field = CellField(columns: classes, cells: cells, shades: Self.shades)
    grid = CellGrid(field, texts: classes <= 20 ? texts : [], size: size)
    (grid.title, grid.rowNames, grid.columnNames) = (title, labels, labels)
    (grid.xLabel, grid.yLabel) = ("predicted", "true")
    grid.faint = Set(shares.indices.filter { shares[$0] == 0 })
  }

  /// The picture of what a metric has counted.
  public init(
    _ title: String = "", _ matrix: ConfusionMatrix, labels: [String] = [], normalized: Bool = false,
    size: Double = 400
  ) {
    self.init(title, counts: matrix.counts, labels: labels, normalized: normalized, size: size)
  }

  /// First those of mistakes, then those of what is right.
  private static let shades: [CellField.Shade] = [Palette.low, Palette.high].flatMap { tint in
    (0..<levels).map { CellField.Shade(tint, opacity: Double($0) / Double(levels - 1)) }
  }

  private static func shade(_ share: Double, isRight: Bool) -> UInt8 {
    let level = share > 0 ? (share.squareRoot() * Double(levels - 1)).rounded() : 0
    return UInt8(level) + UInt8(isRight ? levels : 0)
  }

  /// The parts of a row; zeros of a class that never came.
  private static func shares(_ row: [Int]) -> [Double] {
    let sum = row.reduce(0) { $0 + Double($1) }
    return row.map { sum > 0 ? Double($0) / sum : 0 }
  }

  private static func text(_ count: Int) -> String {
    count < 100_000 ? String(count) : NumberText.compact(Double(count))
  }

  /// Whole percents; what is more than nothing isn't written as 0, and less than all not as 100.
  private static func percent(_ share: Double) -> String {
    let percent = Int((share * 100).rounded())
    if share > 0 && percent == 0 { return "<1%" }
    return share < 1 && percent == 100 ? ">99%" : "\(percent)%"
  }

  /// The title above the matrix.
  public var title: String { grid.title }
  /// The width in pixels.
  public var width: Double { grid.width }
  /// The height in pixels.
  public var height: Double { grid.height }
  /// The SVG elements of the matrix.
  public var elements: String { grid.elements }
}
