import Foundation

/// Matrices of numbers as text: a line for each row, commas or another separator between the columns.
///
/// Files are UTF-8, with the line ends of any system and quotes after RFC 4180; empty lines are skipped. For columns of
/// text beside numbers there is ``CSVTable``.
public enum CSV {
  /// The numbers of a file, and the names of its columns.
  public struct Contents: Sendable {
    /// The names in the header; empty if the file was read without one.
    public var columns: [String]
    /// The numbers, [rows, columns].
    public var values: Tensor
  }

  /// Reads a matrix [rows, columns].
  ///
  /// Each cell is a decimal number, rounded to the nearest of `dtype`: "-1.5", "2", ".5", "6e-3". "nan", "inf" and
  /// "infinity", in any case and with any sign, are numbers of the floating-point types; hexadecimal digits are none.
  /// Spaces around it don't count.
  ///
  /// - Parameters:
  ///   - header: Whether the first line names the columns.
  ///   - separator: What stands between two cells: an ASCII character but a quote, a line end, and what numbers are made of.
  ///   - dtype: The type of the numbers, any but `.bool`.
  ///   - missing: What an empty cell counts as; without it, an empty cell is an error.
  /// - Throws: ``DataError`` naming the row (1 is the first below the header), the column, and what stands there.
  public static func read(
    _ path: String, header: Bool = false, separator: Character = ",", dtype: DType = .float32, missing: Double? = nil
  ) throws -> Contents {
    try decode(readFile(path), name: path, header: header, separator: separator, dtype: dtype, missing: missing)
  }

  /// Writes a matrix [rows, columns], or a vector [rows] as one column, through a temporary file that then takes the name.
  ///
  /// Each number has the fewest digits that tell it from every other of its dtype, so that the same bits are read back.
  /// Truth values are written as 0 and 1, every NaN as "nan".
  ///
  /// - Parameters:
  ///   - columns: The names of the columns, each different, for a header; none without them.
  ///   - separator: What stands between two cells, as in ``read(_:header:separator:dtype:missing:)``.
  /// - Throws: ``DataError`` naming the path if it can't be written, or the separator or the column name that could not
  ///   be read back.
  public static func write(
    _ values: Tensor, columns: [String] = [], separator: Character = ",", to path: String
  ) throws {
    try writeAtomically(encode(values, name: path, columns: columns, separator: separator), to: path)
  }

  package static func decode(
    _ data: Data, name: String, header: Bool = false, separator: Character = ",", dtype: DType = .float32,
    missing: Double? = nil
  ) throws -> Contents {
    var parser = try CSVParser(data, name: name, separator: separator)
    if header { try parser.header() }
    let fill = missing.map { Tensor($0, dtype: .float64).to(dtype) }
    require(
      dtype.isFloatingPoint || fill == nil || fill?.item() == missing, "CSV.read",
      "missing value \(missing ?? 0) for dtype \(dtype); expected a number that it can hold")
    let values =
      switch dtype {
      case .float32: try parser.matrix(of: Float.self, fill)
      case .float64: try parser.matrix(of: Double.self, fill)
      case .int32: try parser.matrix(of: Int32.self, fill)
      case .int64: try parser.matrix(of: Int64.self, fill)
      case .uint8: try parser.matrix(of: UInt8.self, fill)
      case .bool: fail("CSV.read", "dtype bool; expected a type of numbers")
      }
    return Contents(columns: parser.columns ?? [], values: values)
  }

  /// What stands in the file of this name, which the errors call it.
  package static func encode(
    _ values: Tensor, name: String, columns: [String] = [], separator: Character = ","
  ) throws -> Data {
    require(
      values.rank == 1 || values.rank == 2, "CSV.write",
      "shape \(values.shape) has \(values.rank) axes; expected 1 or 2, rows and columns")
    let matrix = values.rank == 2 ? values : values.unsqueezed(axis: 1)
    require(
      columns.isEmpty || columns.count == matrix.shape[1], "CSV.write",
      "\(columns.count) column names for shape \(values.shape); expected \(matrix.shape[1])")
    let separator = try CSVParser.byte(separator, name)
    try CSVParser.requireDifferent(columns, name)
    let text = Data(header(columns, separator))
    return switch values.dtype {
    case .float32: text + lines(matrix, as: Float.self, separator)
    case .float64: text + lines(matrix, as: Double.self, separator)
    case .int32: text + lines(matrix, as: Int32.self, separator)
    case .int64: text + lines(matrix, as: Int64.self, separator)
    case .uint8, .bool: text + lines(matrix, as: UInt8.self, separator)
    }
  }

  private static func header(_ columns: [String], _ separator: UInt8) -> [UInt8] {
    columns.isEmpty ? [] : columns.map { cell($0, separator) }.joined(separator: [separator]) + Array("\n".utf8)
  }

  /// A name as a cell: in quotes, if it would be cut or changed without.
  private static func cell(_ name: String, _ separator: UInt8) -> [UInt8] {
    let (quote, text) = (UInt8(ascii: "\""), Array(name.utf8))
    let isPlain = !text.isEmpty && !text.contains { $0 == separator || "\"\r\n".utf8.contains($0) }
    return isPlain ? text : [quote] + text.flatMap { $0 == quote ? [quote, quote] : [$0] } + [quote]
  }

  private static func lines<Value: CSVNumber>(_ matrix: Tensor, as type: Value.Type, _ separator: UInt8) -> [UInt8] {
    var text: [UInt8] = []
    for (i, value) in matrix.scalars(as: Value.self).enumerated() {
      text.append(contentsOf: value.description.utf8)
      text.append((i + 1) % matrix.shape[1] == 0 ? UInt8(ascii: "\n") : separator)
    }
    return text
  }
}

extension CSVParser {
  /// The rest of the file as a matrix.
  fileprivate mutating func matrix<Value: CSVNumber>(of type: Value.Type, _ missing: Tensor?) throws -> Tensor {
    let missing = missing.map { $0.item(as: Value.self) }
    var (values, cells) = ([Value](), [ArraySlice<UInt8>]())
    while try next(&cells) {
      for (column, cell) in cells.enumerated() {
        guard let value = Value(cell: cell) ?? (cell.allSatisfy(isBlank) ? missing : nil) else {
          throw error(column: column, Value.reason(notIn: cell))
        }
        values.append(value)
      }
    }
    guard let width else { throw DataError(file: name, field: "file", reason: "is empty, expected numbers") }
    return Tensor(values, shape: [row, width], dtype: Value.storedDType)
  }
}

/// A number that a cell may hold.
protocol CSVNumber: TensorScalar, LosslessStringConvertible {}

extension Float: CSVNumber {}
extension Double: CSVNumber {}
extension Int32: CSVNumber {}
extension Int64: CSVNumber {}
extension UInt8: CSVNumber {}

extension CSVNumber {
  /// The number that is all of a cell but the spaces around it.
  init?(cell: some BidirectionalCollection<UInt8>) {
    var number = cell[...]
    while number.first.map(isBlank) == true { number.removeFirst() }
    while number.last.map(isBlank) == true { number.removeLast() }
    let text = String(decoding: number, as: UTF8.self)
    // Swift's numbers may have hexadecimal digits and payloads too.
    guard number.allSatisfy(isDecimal) || isWord(text) else { return nil }
    self.init(text)
  }

  /// What to say of a cell that isn't such a number.
  static func reason(notIn cell: some Collection<UInt8>) -> String {
    let found = cell.allSatisfy(isBlank) ? "an empty cell" : "\"\(String(decoding: cell, as: UTF8.self))\""
    return "found \(found), expected \(storedDType.isFloatingPoint ? "a number" : "a whole number of \(storedDType)")"
  }
}

/// Whether this is a space or a tab.
func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

/// Whether a decimal number may have this character.
private func isDecimal(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
    UInt8(ascii: "e"), UInt8(ascii: "E"):
    true
  default: false
  }
}

/// Whether this is a number without digits.
private func isWord(_ text: String) -> Bool {
  let isSigned = text.hasPrefix("-") || text.hasPrefix("+")
  return ["nan", "inf", "infinity"].contains(text.dropFirst(isSigned ? 1 : 0).lowercased())
}
