import Foundation

/// Cuts a CSV file into lines of cells, after RFC 4180: text around which there are quotes may hold separators and line
/// ends. Line ends are those of any system, empty lines are skipped, and all lines have as many cells as the first.
struct CSVParser {
  /// What errors call the file.
  let name: String
  /// The names of the columns, once ``header()`` has read them.
  private(set) var columns: [String]?
  /// The number of cells of the first line, header or not.
  private(set) var width: Int?
  /// The number of lines read, without the header: 1 is the first.
  private(set) var row = 0

  private static let quote = UInt8(ascii: "\"")
  private static let newline = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")

  private let bytes: [UInt8]
  private let separator: UInt8
  private var position = 0

  /// Starts at the first line; `name` stands in the errors.
  init(_ data: Data, name: String, separator: Character) throws {
    bytes = [UInt8](data)
    try requireUTF8(bytes, name: name)
    self.separator = try Self.byte(separator, name)
    position = data.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0  // a byte order mark
    self.name = name
  }

  /// Reads the first line as the names of the columns.
  @discardableResult
  mutating func header() throws -> [String] {
    var cells: [ArraySlice<UInt8>] = []
    guard try take(&cells) else {
      throw DataError(file: name, field: "header", reason: "the file is empty, expected column names")
    }
    let names = cells.map { String(decoding: $0, as: UTF8.self) }
    try Self.requireDifferent(names, name)
    (columns, width) = (names, names.count)
    return names
  }

  /// Reads the next line into `cells`; false at the end of the file.
  mutating func next(_ cells: inout [ArraySlice<UInt8>]) throws -> Bool {
    row += 1
    guard try take(&cells) else {
      row -= 1
      return false
    }
    let width = width ?? cells.count
    guard cells.count == width else {
      let place = cells.count < width ? cells.count : nil
      throw error(column: place, "the row has \(cells.count) cells, expected \(width)")
    }
    self.width = width
    return true
  }

  /// An error that names the row and the column; nil is beyond the last.
  func error(column: Int?, _ reason: String) -> DataError {
    guard row > 0 else { return DataError(file: name, field: "header", reason: reason) }
    let place =
      if let column {
        columns.flatMap { column < $0.count ? $0[column] : nil } ?? "\(column + 1)"
      } else {
        "after " + (columns?.last ?? "\(width ?? 0)")
      }
    return DataError(file: name, field: "row \(row), column \(place)", reason: reason)
  }

  // MARK: What a file may have

  /// The byte between two cells, if it can't be part of a number or end a cell otherwise.
  static func byte(_ separator: Character, _ name: String) throws -> UInt8 {
    let isTaken = separator.isLetter || separator.isNumber || separator.isNewline || "\"+-.".contains(separator)
    guard let byte = separator.asciiValue, !isTaken else {
      let expectation = "expected an ASCII character but a quote, a line end, and what numbers are made of"
      throw DataError(file: name, field: "separator", reason: "found \(separator.debugDescription), \(expectation)")
    }
    return byte
  }

  /// Throws unless all names of columns are different.
  static func requireDifferent(_ columns: [String], _ name: String) throws {
    var seen = Set<String>()
    for column in columns where !seen.insert(column).inserted {
      throw DataError(file: name, field: "header", reason: "the column \"\(column)\" appears twice")
    }
  }

  // MARK: Cells

  private mutating func take(_ cells: inout [ArraySlice<UInt8>]) throws -> Bool {
    cells.removeAll(keepingCapacity: true)
    while takeLineEnd() {}
    guard position < bytes.count else { return false }
    repeat { cells.append(try cell(number: cells.count)) } while take(separator)
    guard position == bytes.count || takeLineEnd() else {
      throw error(
        column: cells.count, "found text after a closing quote, expected a separator or the end of the line")
    }
    return true
  }

  private mutating func cell(number: Int) throws -> ArraySlice<UInt8> {
    take(Self.quote) ? try quotedCell(number) : try plainCell(number)
  }

  private mutating func plainCell(_ number: Int) throws -> ArraySlice<UInt8> {
    let start = position
    while position < bytes.count, !isLineEnd, bytes[position] != separator {
      guard bytes[position] != Self.quote else {
        throw error(column: number, "found a quote inside a cell that has none around it")
      }
      position += 1
    }
    return bytes[start..<position]
  }

  /// The rest of a cell after its opening quote: a doubled quote is one, separators and line ends are text.
  private mutating func quotedCell(_ number: Int) throws -> ArraySlice<UInt8> {
    var text: [UInt8] = []
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte == Self.quote && !take(Self.quote) { return text[...] }
      text.append(byte)
    }
    throw error(column: number, "the quote isn't closed before the end of the file")
  }

  private var isLineEnd: Bool { bytes[position] == Self.newline || bytes[position] == Self.carriageReturn }

  /// Steps over "\n" or "\r", if one of them is next. The "\n" of "\r\n" then passes for an empty line.
  private mutating func takeLineEnd() -> Bool {
    take(Self.newline) || take(Self.carriageReturn)
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }
}
