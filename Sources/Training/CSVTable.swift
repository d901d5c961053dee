import Foundation
import Tensors

/// A table of text cells under named columns, read from a CSV file with a header.
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
    guard let text = String(validating: data, as: UTF8.self) else {
      throw DataError(file: name, field: "encoding", reason: "found bytes that aren't UTF-8")
    }
    guard let byte = separator.asciiValue else {
      throw DataError(file: name, field: "separator", reason: "\"\(separator)\" isn't an ASCII character")
    }
    var parser = CSVParser(text, separator: byte, name: name)
    var records = try parser.parse()
    guard !records.isEmpty else {
      throw DataError(file: name, field: "header", reason: "the file is empty, expected column names")
    }
    columns = records.removeFirst()
    rows = records
    self.name = name
    try checkHeader()
    try checkRows()
  }

  /// The cells of a column, top to bottom. Throws a `DataError` if there is no such column.
  public func strings(_ column: String) throws -> [String] {
    let index = try index(of: column)
    return rows.map { $0[index] }
  }

  /// The cells of a column as numbers; "nan" and "inf" count as numbers, an empty cell doesn't.
  ///
  /// Throws a `DataError` that names the row and the column of the first cell that can't be read.
  public func numbers(_ column: String) throws -> [Double] {
    try strings(column).enumerated().map { row, cell in
      guard let number = Double(cell.trimmingCharacters(in: .whitespaces)) else {
        let reason = "found " + (cell.isEmpty ? "an empty cell" : "\"\(cell)\"") + ", expected a number"
        throw DataError(file: name, field: "row \(row + 1), column \(column)", reason: reason)
      }
      return number
    }
  }

  /// Columns of numbers side by side as `.float32`, [rows, columns]; all columns unless some are named.
  ///
  /// Throws a `DataError` as ``numbers(_:)`` does.
  public func tensor(columns: [String]? = nil) throws -> Tensor {
    let values = try (columns ?? self.columns).map(numbers)
    let cells = rows.indices.flatMap { row in values.map { Float($0[row]) } }
    return Tensor(cells, shape: [rows.count, values.count])
  }

  private func index(of column: String) throws -> Int {
    guard let index = columns.firstIndex(of: column) else {
      let reason = "no column \"\(column)\", found \(columns.joined(separator: ", "))"
      throw DataError(file: name, field: "header", reason: reason)
    }
    return index
  }

  private func checkHeader() throws {
    var seen: Set<String> = []
    for column in columns where !seen.insert(column).inserted {
      throw DataError(file: name, field: "header", reason: "the column \"\(column)\" appears twice")
    }
  }

  private func checkRows() throws {
    for (number, row) in rows.enumerated() where row.count != columns.count {
      let column = row.count < columns.count ? columns[row.count] : "after \(columns.last ?? "")"
      let reason = "the row has \(row.count) cells, expected \(columns.count)"
      throw DataError(file: name, field: "row \(number + 1), column \(column)", reason: reason)
    }
  }
}
