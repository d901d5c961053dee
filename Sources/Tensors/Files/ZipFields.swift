/// The little-endian numbers of a zip file's records, one after the other.
struct ZipFields {
  let file: String
  let field: String
  private let content: [UInt8]
  private var position = 0

  init(_ content: [UInt8], file: String, field: String) {
    (self.content, self.file, self.field) = (content, file, field)
  }

  var remaining: Int { content.count - position }
  var isAtEnd: Bool { remaining == 0 }

  mutating func bytes(_ count: Int) throws -> [UInt8] {
    try skip(count)
    return Array(content[position - count..<position])
  }

  mutating func skip(_ count: Int) throws {
    guard count <= remaining else { throw error("ends after \(content.count) bytes, expected \(position + count)") }
    position += count
  }

  /// A number of 2, 4 or 8 bytes.
  mutating func number(_ size: Int) throws -> Int {
    try skip(size)
    let value = content[position - size..<position].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard let number = Int(exactly: value) else { throw error("a number of more than 63 bits") }
    return number
  }

  /// Steps over the four bytes that mark the start of a record.
  mutating func expect(signature: Int) throws {
    let found = try number(4)
    guard found == signature else {
      throw error("starts with \(String(found, radix: 16)), expected \(String(signature, radix: 16))")
    }
  }

  func error(_ reason: String) -> DataError { DataError(file: file, field: field, reason: reason) }
}
