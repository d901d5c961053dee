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
    (self.rows, self.name) = (rows, name)
  }

  /// The cells of a column, top to bottom. Throws a `DataError` if there is no such column.
  public func strings(_ column: String) throws -> [String] {
    let index = try index(of: column)
    return rows.map { $0[index] }
  }

  /// The cells of a column as numbers, in the forms that ``CSV/read(_:header:separator:dtype:missing:)`` takes: "nan" and
  /// "inf" count as numbers, an empty cell doesn't.
  ///
  /// Throws a `DataError` that names the row and the column of the first cell that can't be read.
  public func numbers(_ column: String) throws -> [Double] { try values(column) }

  /// Columns of numbers side by side as `.float32`, [rows, columns]; all columns unless some are named.
  ///
  /// Throws a `DataError` as ``numbers(_:)`` does.
  public func tensor(columns: [String]? = nil) throws -> Tensor {
    let values: [[Float]] = try (columns ?? self.columns).map(values)
    let cells = rows.indices.flatMap { row in values.map { $0[row] } }
    return Tensor(cells, shape: [rows.count, values.count])
  }

  private func values<Value: CSVNumber>(_ column: String) throws -> [Value] {
    try strings(column).enumerated().map { row, cell in
      guard let value = Value(cell: cell.utf8) else {
        throw DataError(
          file: name, field: "row \(row + 1), column \(column)", reason: Value.reason(notIn: cell.utf8))
      }
      return value
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
