import Tensors

/// How a column of a table becomes features.
public struct ColumnEncoder: Sendable, Equatable, Codable {
  /// The column's name in the header.
  public let name: String
  /// What its cells are.
  public let kind: Kind

  /// What the cells of a column are.
  public enum Kind: Sendable, Equatable, Codable {
    /// Numbers, one feature as they are. What is missing counts as `missing`; nil makes it an error.
    case number(missing: Double?)
    /// Text, one feature for each category: 1 where the cell is it, else 0. An empty cell is none of them where
    /// `allowsMissing`, else an error.
    case category(_ categories: [String], allowsMissing: Bool)
  }

  /// The names of the features: the column's own, or "column=category" for each category.
  public var features: [String] {
    switch kind {
    case .number: [name]
    case .category(let categories, _): categories.map { "\(name)=\($0)" }
    }
  }

  /// Finds out what a column of a table is: text if it `isCategory` or none of its cells is a number, else numbers.
  init(_ name: String, fitting table: CSVTable, isCategory: Bool, missing: MissingValues) throws {
    self.name = name
    if try isCategory || table.isText(name) {
      let allowsMissing = missing != .refused
      kind = .category(try table.categories(name), allowsMissing: allowsMissing)
      _ = try codes(table)
    } else {
      kind = .number(missing: try Self.replacement(name, table, missing))
      _ = try numbers(table)
    }
  }

  /// The number that missing ones count as.
  private static func replacement(_ name: String, _ table: CSVTable, _ missing: MissingValues) throws -> Double? {
    switch missing {
    case .refused: return nil
    case .value(let number): return number
    case .mean:
      let known = try table.numbers(name, missing: .nan).filter { !$0.isNaN }
      guard !known.isEmpty else { throw table.error(0, name, "found no number in the whole column, expected some") }
      return known.reduce(0, +) / Double(known.count)
    }
  }

  /// Writes the column's features into a matrix of rows of `width` numbers, from column `start` on.
  func write(_ table: CSVTable, to matrix: inout [Double], width: Int, start: Int) throws {
    switch kind {
    case .number:
      for (row, number) in try numbers(table).enumerated() { matrix[row * width + start] = number }
    case .category:
      for (row, code) in try codes(table).enumerated() where code >= 0 { matrix[row * width + start + code] = 1 }
    }
  }

  /// The cells as a target: [rows, 1] numbers, or [rows] labels.
  func target(_ table: CSVTable, _ dtype: DType) throws -> Tensor {
    if case .category = kind { return Tensor(try codes(table), dtype: .int64) }
    return Tensor(try numbers(table), dtype: dtype).unsqueezed(axis: 1)
  }

  /// The cells of a column of numbers.
  private func numbers(_ table: CSVTable) throws -> [Double] {
    guard case .number(let missing) = kind else { return [] }
    return try table.numbers(name, missing: missing).enumerated().map { row, number in
      if !number.isNaN { return number }
      guard let missing else { throw table.error(row, name, "found nan, expected a number") }
      return missing
    }
  }

  /// The categories of the cells of a column of text, −1 where one is missing.
  private func codes(_ table: CSVTable) throws -> [Int] {
    guard case .category(let categories, let allowsMissing) = kind else { return [] }
    return try table.codes(name, categories, missing: allowsMissing ? -1 : nil)
  }
}
