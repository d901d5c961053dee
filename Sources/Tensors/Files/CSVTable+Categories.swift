/// Columns of text as categories. Spaces around a cell don't count.
extension CSVTable {
  /// The different cells of a column but empty ones: by size if all of them are numbers, else in alphabetical order.
  ///
  /// Throws a `DataError` if there is no such column.
  public func categories(_ column: String) throws -> [String] {
    let names = Set(try trimmed(column)).subtracting([""]).sorted()
    let numbers = names.compactMap { Double(cell: $0.utf8) }.filter { !$0.isNaN }
    guard numbers.count == names.count else { return names }
    return zip(numbers, names).sorted { $0 < $1 }.map(\.1)
  }

  /// The cells of a column as class labels: the place of each in `names`, [rows], `.int64`.
  ///
  /// - Parameter names: The classes there are, such as those of the training part; without them, the column's own
  ///   ``categories(_:)``.
  /// - Throws: ``DataError`` naming the row and the column of the first cell that is empty or in none of the classes.
  public func labels(_ column: String, names: [String]? = nil) throws -> (codes: Tensor, names: [String]) {
    let names = try names ?? categories(column)
    return (Tensor(try codes(column, names), dtype: .int64), names)
  }

  /// The place of each cell of a column among some categories; that of an empty one is `missing`, without which it is an
  /// error.
  package func codes(_ column: String, _ names: [String], missing: Int? = nil) throws -> [Int] {
    let places = Dictionary(names.enumerated().map { ($1, $0) }) { first, _ in first }
    return try trimmed(column).enumerated().map { row, cell in
      guard let code = cell.isEmpty ? missing : places[cell] else {
        let found = cell.isEmpty ? "an empty cell" : "\"\(cell)\""
        throw error(row, column, "found \(found), expected \(Self.listed(names))")
      }
      return code
    }
  }

  /// Whether a column has cells, and none of them is a number.
  package func isText(_ column: String) throws -> Bool {
    let cells = try trimmed(column).filter { !$0.isEmpty }
    return !cells.isEmpty && cells.allSatisfy { Double(cell: $0.utf8) == nil }
  }

  private func trimmed(_ column: String) throws -> [String] {
    try strings(column).map { cell in
      let text = cell.utf8.drop(while: isBlank)
      return String(decoding: text.prefix(text.count - text.reversed().prefix(while: isBlank).count), as: UTF8.self)
    }
  }

  /// The first of some names, as an error gives them.
  private static func listed(_ names: [String]) -> String {
    if names.isEmpty { return "text" }
    let shown = names.prefix(10).map { "\"\($0)\"" }.joined(separator: ", ")
    return names.count > 10 ? "one of the \(names.count) categories \(shown), …" : "one of the categories \(shown)"
  }
}
