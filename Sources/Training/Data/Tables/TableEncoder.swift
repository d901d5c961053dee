import Tensors

/// How the columns of a table become the rows of a data set: numbers as they are, text as one feature a category.
///
/// It is fitted on the training part and then used for every other table with these columns:
///
/// ```swift
/// let parts = try CSVTable(contentsOf: "iris.csv").split([0.8, 0.2])
/// let encoder = try TableEncoder(fitting: parts[0], target: "species")
/// let (train, test) = (try encoder.dataset(parts[0]), try encoder.dataset(parts[1]))
/// print(encoder.features, encoder.classes)
/// ```
///
/// A column is text if none of its cells is a number. Where some are, a cell that isn't is an error, so that a typing error
/// doesn't make categories of numbers. Numbers that stand for categories (a postal code) are named in `categorical`.
public struct TableEncoder: Sendable, Equatable, Codable {
  /// The columns that the inputs are made of.
  public let columns: [ColumnEncoder]
  /// The column that the targets are made of, if there is one.
  public let target: ColumnEncoder?

  /// Learns the kinds of the columns, their categories and their means from a table.
  ///
  /// - Parameters:
  ///   - columns: The columns for the inputs, in order; all but the target unless some are named.
  ///   - target: The column to predict. Empty cells in it are errors.
  ///   - categorical: Columns that are categories even where their cells are numbers; the target may be one.
  ///   - missing: What empty cells and NaN count as. Where they aren't refused, an empty cell of text is none of the
  ///     categories.
  /// - Throws: ``DataError`` if there are no rows or no such column, or naming the row and the column of a cell that is
  ///   missing or no number.
  public init(
    fitting table: CSVTable, columns: [String]? = nil, target: String? = nil, categorical: [String] = [],
    missing: MissingValues = .refused
  ) throws {
    try table.requireRows()
    for name in categorical { _ = try table.strings(name) }
    self.columns = try (columns ?? table.columns.filter { $0 != target }).map {
      try ColumnEncoder($0, fitting: table, isCategory: categorical.contains($0), missing: missing)
    }
    self.target = try target.map {
      try ColumnEncoder($0, fitting: table, isCategory: categorical.contains($0), missing: .refused)
    }
  }

  /// The names of the inputs' features: "age", "species=setosa".
  public var features: [String] { columns.flatMap(\.features) }

  /// The names of the classes, whose places are the labels; none if the target is a number.
  public var classes: [String] {
    if case .category(let categories, _) = target?.kind { return categories }
    return []
  }

  /// The inputs of a table, [rows, features].
  ///
  /// - Throws: ``DataError`` if there are no rows or a column is missing, or naming the row and the column of a cell that
  ///   can't be read, is missing, or is a category that the fitted table didn't have.
  public func inputs(_ table: CSVTable, dtype: DType = .float32) throws -> Tensor {
    try table.requireRows()
    let width = features.count
    var (matrix, start) = (Array(repeating: 0.0, count: table.rows.count * width), 0)
    for column in columns {
      try column.write(table, to: &matrix, width: width, start: start)
      start += column.features.count
    }
    return Tensor(matrix, shape: [table.rows.count, width], dtype: dtype)
  }

  /// The targets of a table: [rows, 1] numbers, which is the shape of a model's output, or [rows] labels, `.int64`.
  ///
  /// - Throws: ``DataError`` as ``inputs(_:dtype:)`` does.
  public func targets(_ table: CSVTable, dtype: DType = .float32) throws -> Tensor {
    guard let target else { fail("TableEncoder", "fitted without a target; expected one to read targets") }
    try table.requireRows()
    return try target.target(table, dtype)
  }

  /// The inputs and targets of a table.
  ///
  /// - Throws: ``DataError`` as ``inputs(_:dtype:)`` does.
  public func dataset(_ table: CSVTable, dtype: DType = .float32) throws -> TensorDataset {
    TensorDataset(try inputs(table, dtype: dtype), try targets(table, dtype: dtype))
  }
}
