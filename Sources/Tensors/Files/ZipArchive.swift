import Foundation

/// The members of a zip file (PKWARE's APPNOTE 6.3), stored or deflated, of any size.
///
/// The central directory at the end of the file has authority: sizes, checksums and offsets come from there. So it does
/// not matter whether the writer knew them when it wrote a member, or added them behind it.
struct ZipArchive: Sendable {
  /// The members in the order of the directory.
  let members: [ZipMember]
  private let source: ByteSource
  /// Where the member ends at the latest, by its offset: at the next one, or at the directory.
  private let limits: [Int: Int]

  init(_ source: ByteSource) throws {
    let end = try ZipEnd(source)
    let directory = try source.bytes(end.directory)
    var fields = ZipFields(directory, file: source.name, field: "zip directory")
    var (members, names) = ([ZipMember](), Set<String>())
    while !fields.isAtEnd {
      let member = try ZipMember(&fields)
      guard names.insert(member.name).inserted else { throw fields.error("the member \(member.name) is listed twice") }
      members.append(member)
    }
    guard members.count == end.count else {
      throw fields.error("lists \(members.count) members, expected \(end.count)")
    }
    let offsets = Set(members.map(\.offset)).sorted()
    limits = Dictionary(uniqueKeysWithValues: zip(offsets, offsets.dropFirst() + [end.directory.lowerBound]))
    guard limits.count == members.count else { throw fields.error("two members have the same place") }
    (self.members, self.source) = (members, source)
  }

  /// The content of a member, inflated if need be, with the size and the checksum that the directory names.
  func content(of member: ZipMember) throws -> Data {
    let range = try dataRange(of: member)
    let content =
      switch member.method {
      case .stored: try source.data(range)
      case .deflated: try inflated(member, range)
      case .other(let number): throw error(member, "compression", "method \(number); expected 0 or 8 (deflate)")
      }
    guard content.count == member.size else {
      throw error(member, "size", "has \(content.count) bytes, the directory says \(member.size)")
    }
    let sum = checksum(content)
    guard sum == member.checksum else {
      throw error(member, "checksum", "is \(hexadecimal(sum)), the directory says \(hexadecimal(member.checksum))")
    }
    return content
  }

  /// Where the member's data stands, behind a header of its own that must name the same member.
  private func dataRange(of member: ZipMember) throws -> Range<Int> {
    guard !member.isEncrypted else { throw error(member, "encryption", "is encrypted; expected plain data") }
    guard let limit = limits[member.offset], member.offset <= limit - 30 else {
      throw error(member, "offset", "byte \(member.offset) is not before the directory")
    }
    var fields = ZipFields(try source.bytes(member.offset..<member.offset + 30), file: source.name, field: member.field)
    try fields.expect(signature: 0x0403_4B50)
    try fields.skip(22)
    let (nameLength, extraLength) = (try fields.number(2), try fields.number(2))
    let start = member.offset + 30 + nameLength + extraLength
    guard start <= limit, member.compressedSize <= limit - start else {
      throw error(member, "size", "\(member.compressedSize) bytes reach into what follows the member")
    }
    let name = try source.bytes(member.offset + 30..<member.offset + 30 + nameLength)
    guard name == member.nameBytes else { throw error(member, "name", "differs before the data and in the directory") }
    return start..<start + member.compressedSize
  }

  /// Deflate makes at most 1032 bytes of one, so a size beyond that is a lie, and is refused before any work.
  private func inflated(_ member: ZipMember, _ range: Range<Int>) throws -> Data {
    guard member.size / 1032 <= range.count else {
      throw error(member, "size", "\(range.count) deflated bytes can't hold the \(member.size) of the directory")
    }
    return try source.data(range).withUnsafeBytes { bytes in
      let inflater = try Inflater(
        bytes, format: .raw, name: source.name, field: member.field, limit: member.size)
      try inflater.inflateStream()
      guard inflater.rest.isEmpty else {
        throw error(member, "stream", "ends \(inflater.rest.count) bytes before the member does")
      }
      return inflater.output
    }
  }

  private func error(_ member: ZipMember, _ part: String, _ reason: String) -> DataError {
    DataError(file: source.name, field: "\(member.field) \(part)", reason: reason)
  }

  private func hexadecimal(_ value: UInt32) -> String { String(value, radix: 16) }
}
