import Tensors

/// Cuts the text of a CSV file into records of cells, after RFC 4180.
struct CSVParser {
  private static let quote = UInt8(ascii: "\"")
  private static let newline = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")

  private let bytes: [UInt8]
  private let separator: UInt8
  private let name: String
  private var position = 0
  private var records: [[String]] = []
  private var cells: [String] = []

  init(_ text: String, separator: UInt8, name: String) {
    let byteOrderMark: [UInt8] = [0xef, 0xbb, 0xbf]
    let utf8 = Array(text.utf8)
    bytes = utf8.starts(with: byteOrderMark) ? Array(utf8.dropFirst(3)) : utf8
    self.separator = separator
    self.name = name
  }

  /// All records, the header among them, without empty lines.
  mutating func parse() throws -> [[String]] {
    while position < bytes.count {
      if !takeLineEnd() { try parseRecord() }
    }
    return records
  }

  private mutating func parseRecord() throws {
    cells = []
    repeat { cells.append(try cell()) } while take(separator)
    guard position == bytes.count || takeLineEnd() else {
      throw error("found text after a closing quote, expected a separator or the end of the line")
    }
    records.append(cells)
  }

  private mutating func cell() throws -> String {
    take(Self.quote) ? try quotedCell() : try plainCell()
  }

  private mutating func plainCell() throws -> String {
    let start = position
    while position < bytes.count, !isLineEnd, bytes[position] != separator {
      guard bytes[position] != Self.quote else { throw error("found a quote inside a cell that has none around it") }
      position += 1
    }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  /// The rest of a cell after its opening quote: a doubled quote is one, separators and line ends are text.
  private mutating func quotedCell() throws -> String {
    var text: [UInt8] = []
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte == Self.quote && !take(Self.quote) { return String(decoding: text, as: UTF8.self) }
      text.append(byte)
    }
    throw error("the quote isn't closed before the end of the file")
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

  private func error(_ reason: String) -> DataError {
    guard let header = records.first else { return DataError(file: name, field: "header", reason: reason) }
    let column = cells.count < header.count ? header[cells.count] : "\(cells.count + 1)"
    return DataError(file: name, field: "row \(records.count), column \(column)", reason: reason)
  }
}
