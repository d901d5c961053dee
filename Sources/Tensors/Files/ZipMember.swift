/// One line of a zip file's directory.
struct ZipMember: Sendable {
  /// How the data is compressed, as the format numbers it.
  enum Method: Equatable { case stored, deflated, other(Int) }

  let name: String
  let nameBytes: [UInt8]
  let method: Method
  let isEncrypted: Bool
  let checksum: UInt32
  let compressedSize: Int
  let size: Int
  /// Where the member starts in the file.
  let offset: Int

  /// What errors call the member.
  var field: String { "member \(name)" }

  /// Reads the line that starts at the position of `fields`.
  init(_ fields: inout ZipFields) throws {
    try fields.expect(signature: 0x0201_4B50)
    try fields.skip(4)
    let flags = try fields.number(2)
    isEncrypted = flags & 1 != 0
    method =
      switch try fields.number(2) {
      case 0: .stored
      case 8: .deflated
      case let number: .other(number)
      }
    try fields.skip(4)
    checksum = UInt32(try fields.number(4))
    let sizes = (compressed: try fields.number(4), plain: try fields.number(4))
    let lengths = (name: try fields.number(2), extra: try fields.number(2), comment: try fields.number(2))
    try fields.skip(8)
    let offset = try fields.number(4)
    nameBytes = try fields.bytes(lengths.name)
    name = try Self.text(nameBytes, fields)
    let extra = try fields.bytes(lengths.extra)
    try fields.skip(lengths.comment)

    // Numbers that need more than 32 bits are all ones here, and stand in an extra field, in this order.
    var large = ZipFields(try Self.zip64(in: extra, fields), file: fields.file, field: "member \(name) zip64 field")
    size = try large.number(for: sizes.plain)
    compressedSize = try large.number(for: sizes.compressed)
    self.offset = try large.number(for: offset)
  }

  /// Names are UTF-8, or the old code page whose first half is ASCII.
  private static func text(_ bytes: [UInt8], _ fields: ZipFields) throws -> String {
    guard let name = String(validating: bytes, as: UTF8.self) else {
      throw fields.error("the name \(String(decoding: bytes, as: UTF8.self)) isn't UTF-8")
    }
    return name
  }

  /// The content of the extra field with the number 1; empty if there is none.
  private static func zip64(in extra: [UInt8], _ fields: ZipFields) throws -> [UInt8] {
    var parts = ZipFields(extra, file: fields.file, field: fields.field)
    while parts.remaining >= 4 {
      let (kind, length) = (try parts.number(2), try parts.number(2))
      let content = try parts.bytes(length)
      if kind == 1 { return content }
    }
    return []
  }
}

extension ZipFields {
  /// `value`, or the 64-bit number that follows if it is all ones.
  fileprivate mutating func number(for value: Int) throws -> Int { value == 0xFFFF_FFFF ? try number(8) : value }
}
