import Foundation

/// A table of text cells under named columns, read from a CSV file with a header.
///
/// For a file of nothing but numbers ``CSV/read(_:header:separator:dtype:missing:)`` is the shorter way.
public struct CSVTable: Sendable {
  /// The column names, from the header.
  public let columns: [String]
  /// The cells, row by row; every row has a cell for every column.
  public let rows: [[String]]

  private let name: String
  /// What errors call the rows: their places in the file, 1 the first after the header.
  private let places: [Int]

  /// Reads the file at `path`: UTF-8, quotes after RFC 4180, any line ends; empty lines are skipped.
  ///
  /// Throws a `DataError` that names the row (1 is the first after the header) and the column when a row is ragged.
  public init(contentsOf path: String, separator: Character = ",") throws {
    try self.init(data: readFile(path), name: path, separator: separator)
  }

  /// Reads the content of a CSV file; `name` stands in the errors.
  package init(data: Data, name: String, separator: Character = ",") throws {
    var parser = try CSVParser(data, name: name, separator: separator)
    columns = try parser.header()
    var (rows, cells) = ([[String]](), [ArraySlice<UInt8>]())
    while try parser.next(&cells) { rows.append(cells.map { String(decoding: $0, as: UTF8.self) }) }
    (self.rows, self.name, places) = (rows, name, rows.indices.map { $0 + 1 })
  }

  private init(_ table: CSVTable, rows indices: [Int]) {
    (columns, name) = (table.columns, table.name)
    (rows, places) = (indices.map { table.rows[$0] }, indices.map { table.places[$0] })
  }

  /// The rows of these numbers, counted from 0, in this order. Errors still give their places in the file.
  public subscript(rows indices: [Int]) -> CSVTable {
    if let outside = indices.first(where: { !rows.indices.contains($0) }) {
      fail("CSVTable", "row \(outside) of a table of \(rows.count) rows; expected one of \(rows.indices)")
    }
    return CSVTable(self, rows: indices)
  }

  /// The cells of a column, top to bottom. Throws a `DataError` if there is no such column.
  public func strings(_ column: String) throws -> [String] {
    let index = try index(of: column)
    return rows.map { $0[index] }
  }

  /// The cells of a column as numbers, in the forms that ``CSV/read(_:header:separator:dtype:missing:)`` takes: "nan" and
  /// "inf" count as numbers.
  ///
  /// - Parameter missing: What an empty cell counts as; without it, an empty cell is an error.
  /// - Throws: ``DataError`` that names the row and the column of the first cell that can't be read.
  public func numbers(_ column: String, missing: Double? = nil) throws -> [Double] {
    try values(column, missing: missing)
  }

  /// Columns of numbers side by side as `.float32`, [rows, columns]; all columns unless some are named.
  ///
  /// Throws a `DataError` as ``numbers(_:missing:)`` does.
  public func tensor(columns: [String]? = nil) throws -> Tensor {
    let values = try (columns ?? self.columns).map { try self.values($0) as [Float] }
    let cells = rows.indices.flatMap { row in values.map { $0[row] } }
    return Tensor(cells, shape: [rows.count, values.count])
  }

  private func values<Value: CSVNumber>(_ column: String, missing: Value? = nil) throws -> [Value] {
    try strings(column).enumerated().map { row, cell in
      if let missing, cell.utf8.allSatisfy(isBlank) { return missing }
      guard let value = Value(cell: cell.utf8) else {
        throw error(row, column, Value.reason(notIn: cell.utf8))
      }
      return value
    }
  }

  /// An error about the cell of a row, counted from 0, and a column.
  package func error(_ row: Int, _ column: String, _ reason: String) -> DataError {
    DataError(file: name, field: "row \(places[row]), column \(column)", reason: reason)
  }

  /// Throws if there are no rows.
  package func requireRows() throws {
    if rows.isEmpty {
      throw DataError(file: name, field: "rows", reason: "the table has none, expected at least one")
    }
  }

  private func index(of column: String) throws -> Int {
    guard let index = columns.firstIndex(of: column) else {
      let reason = "no column \"\(column)\", found \(columns.joined(separator: ", "))"
      throw DataError(file: name, field: "header", reason: reason)
    }
    return index
  }
}
