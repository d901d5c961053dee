/// A position in the text of a file's header, and the tokens that the literals of JSON and Python have in common.
struct HeaderScanner {
  private let file: String
  private let text: [UInt8]
  private var position = 0

  init(_ text: [UInt8], file: String) { (self.text, self.file) = (text, file) }

  /// The byte at the position; nil at the end.
  var next: UInt8? { position < text.count ? text[position] : nil }

  mutating func advance() { position += 1 }

  /// Steps over white space.
  mutating func skipSpaces() {
    while let byte = next, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { position += 1 }
  }

  /// Steps over `character`, and white space before it, if that is what stands here.
  mutating func take(_ character: Unicode.Scalar) -> Bool {
    skipSpaces()
    guard next == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  /// Steps over `character`, and white space before it.
  mutating func expect(_ character: Unicode.Scalar) throws {
    guard take(character) else { throw error(expected: "'\(character)'") }
  }

  /// Steps over the items of a list up to its closing bracket. Python allows a comma after the last.
  ///
  /// Returns whether there was such a comma.
  @discardableResult
  mutating func list(
    until close: Unicode.Scalar, trailingComma: Bool = false, _ item: (inout HeaderScanner) throws -> Void
  ) throws -> Bool {
    if take(close) { return false }
    while true {
      try item(&self)
      if take(close) { return false }
      guard take(",") else { throw error(expected: "',' or '\(close)'") }
      if trailingComma, take(close) { return true }
    }
  }

  /// A number of digits alone, without leading zeros.
  mutating func integer() throws -> Int {
    skipSpaces()
    let start = position
    var value = 0
    while let byte = next, (0x30...0x39).contains(byte) {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.addingReportingOverflow(Int(byte) - 0x30)
      guard !overflow, !carry else { throw error("a number of more than 63 bits") }
      (value, position) = (sum, position + 1)
    }
    guard position > start else { throw error(expected: "a whole number, not negative") }
    guard position == start + 1 || text[start] != 0x30 else { throw error("a number that begins with 0") }
    return value
  }

  /// Steps over `word` if it stands here, without white space before it.
  mutating func take(word: StaticString) -> Bool {
    let bytes = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
    guard text[position...].starts(with: bytes) else { return false }
    position += bytes.count
    return true
  }

  /// An error that says what stands here and what should.
  func error(expected: String) -> DataError {
    guard let next else { return error("ends too early; expected \(expected)") }
    let isPrintable = (0x20..<0x7F).contains(next)
    let found = isPrintable ? "'\(Unicode.Scalar(next))'" : "the byte 0x" + String(next, radix: 16)
    return error("found \(found), expected \(expected)")
  }

  /// An error at the position.
  func error(_ reason: String) -> DataError {
    DataError(file: file, field: "header", reason: "byte \(position): \(reason)")
  }
}
