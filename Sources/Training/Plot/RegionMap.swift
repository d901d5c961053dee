import Autograd
import Tensors

/// The answers of a classifier at the points of a grid, as a field of coloured cells.
package struct RegionMap: Sendable {
  /// More classes than anyone tells apart; a larger number is taken for a mistake, such as regression targets.
  static let mostClasses = 10_000

  /// How many steps of strength show a probability.
  private static let levels = 8
  private static let pointsAtATime = 8192

  /// The most that any answer spoke of.
  package private(set) var classCount = 0
  private let columns: Int
  /// The number of each cell's shade: 0 is empty, then the levels of the first colour, and so on.
  package private(set) var cells: [UInt8] = []

  /// Asks for all points of the grid. With `names` there are only these classes.
  package init(
    _ grid: RegionGrid, dtype: DType, names: [String], _ classify: (Tensor) throws -> Tensor
  ) rethrows {
    columns = grid.columns
    classCount = names.count
    for start in stride(from: 0, to: grid.count, by: Self.pointsAtATime) {
      let range = start..<min(start + Self.pointsAtATime, grid.count)
      let points = grid.points(range, dtype: dtype)
      read(try noGrad { try classify(points) }, count: range.count)
      require(
        names.isEmpty || classCount == names.count, "DecisionRegions",
        "the closure told of \(classCount) classes; \(names.count) have a name")
    }
  }

  package var field: CellField { CellField(columns: columns, cells: cells, shades: Self.shades) }

  private static let shades: [CellField.Shade] =
    [.init(Palette.card, opacity: 0)]
    + Palette.series.flatMap { tint in
      (1...levels).map { CellField.Shade(tint, opacity: 0.06 + 0.34 * Double($0) / Double(levels)) }
    }

  private mutating func read(_ answer: Tensor, count: Int) {
    let isColumn = answer.shape == [count] || answer.shape == [count, 1]
    let isTable = answer.rank == 2 && answer.shape[0] == count && answer.shape[1] > 1
    require(
      answer.dtype.isFloatingPoint ? isColumn || isTable : isColumn, "DecisionRegions",
      "the closure gave \(answer.dtype)\(answer.shape) for points [\(count), 2]; expected [\(count)] classes or "
        + "probabilities, or [\(count), C] probabilities")
    if !answer.dtype.isFloatingPoint { return readClasses(answer.scalars(as: Int.self)) }
    let values = answer.scalars(as: Double.self)
    let outside = values.first { $0 < -1e-4 || $0 > 1 + 1e-4 }
    require(
      outside == nil, "DecisionRegions",
      "the closure gave \(outside ?? 0); expected probabilities 0 ... 1, softmax or sigmoid makes them of logits")
    readProbabilities(isTable ? values : values.flatMap { [1 - $0, $0] }, classes: isTable ? answer.shape[1] : 2)
  }

  private mutating func readClasses(_ classes: [Int]) {
    for index in Set(classes) {
      require(
        (0..<Self.mostClasses).contains(index), "DecisionRegions",
        "the closure gave class \(index); expected 0 ..< \(Self.mostClasses)")
    }
    classCount = max(classCount, (classes.max() ?? -1) + 1)
    cells += classes.map { Self.shade($0, level: 5) }
  }

  private mutating func readProbabilities(_ values: [Double], classes: Int) {
    classCount = max(classCount, classes)
    let even = 1 / Double(classes)
    cells += stride(from: 0, to: values.count, by: classes).map { start in
      let row = values[start..<start + classes]
      guard !row.contains(where: \.isNaN), let best = row.indices.max(by: { row[$0] < row[$1] }) else { return 0 }
      let certainty = (row[best] - even) / (1 - even)
      return Self.shade(best - start, level: 1 + Int(min(max(certainty, 0), 0.999) * Double(Self.levels)))
    }
  }

  private static func shade(_ index: Int, level: Int) -> UInt8 {
    UInt8(1 + index % Palette.series.count * levels + level - 1)
  }
}
