/// The record at the end of a zip file that says where its directory stands.
struct ZipEnd {
  /// The bytes of the directory.
  let directory: Range<Int>
  /// The number of members.
  let count: Int

  private static let size = 22
  private static let longestComment = 0xFFFF

  init(_ source: ByteSource) throws {
    let start = try Self.find(in: source)
    var fields = ZipFields(try source.bytes(start..<start + Self.size), file: source.name, field: "zip end")
    try fields.skip(4)
    let disks = (try fields.number(2), try fields.number(2))
    let counts = (try fields.number(2), try fields.number(2))
    let (size, offset) = (try fields.number(4), try fields.number(4))
    if counts.1 == 0xFFFF || size == 0xFFFF_FFFF || offset == 0xFFFF_FFFF, let large = try Self.zip64(source, start) {
      self = large
      return
    }
    guard disks == (0, 0), counts.0 == counts.1 else { throw fields.error("is split over several files") }
    try self.init(offset, size, counts.1, before: start, fields)
  }

  private init(_ offset: Int, _ size: Int, _ count: Int, before end: Int, _ fields: ZipFields) throws {
    guard offset <= end, size <= end - offset else {
      throw fields.error("a directory of \(size) bytes at byte \(offset) overlaps the record at byte \(end)")
    }
    (directory, self.count) = (offset..<offset + size, count)
  }

  /// Where the record stands: the last place with its signature whose comment reaches the end of the file.
  private static func find(in source: ByteSource) throws -> Int {
    let tail = try source.bytes(max(0, source.count - size - longestComment)..<source.count)
    for start in stride(from: tail.count - size, through: 0, by: -1)
    where tail[start...].starts(with: [0x50, 0x4B, 0x05, 0x06]) {
      if start + size + Int(tail[start + 20]) + Int(tail[start + 21]) << 8 == tail.count {
        return source.count - tail.count + start
      }
    }
    throw DataError(file: source.name, field: "zip end", reason: "is missing; expected a complete zip file")
  }

  /// The record for more members or bytes than the usual one can say; nil if nothing before the usual one points to it.
  private static func zip64(_ source: ByteSource, _ end: Int) throws -> ZipEnd? {
    let locatorSize = 20
    guard end >= locatorSize else { return nil }
    let locator = try source.bytes(end - locatorSize..<end)
    guard locator.starts(with: [0x50, 0x4B, 0x06, 0x07]) else { return nil }
    var pointer = ZipFields(locator, file: source.name, field: "zip64 locator")
    try pointer.skip(8)
    let (start, size) = (try pointer.number(8), 56)
    guard start <= end - locatorSize - size else { throw pointer.error("points to byte \(start), behind its record") }
    var fields = ZipFields(try source.bytes(start..<start + size), file: source.name, field: "zip64 end")
    try fields.expect(signature: 0x0606_4B50)
    try fields.skip(12)
    let disks = (try fields.number(4), try fields.number(4))
    let counts = (try fields.number(8), try fields.number(8))
    let (directorySize, offset) = (try fields.number(8), try fields.number(8))
    guard disks == (0, 0), counts.0 == counts.1 else { throw fields.error("is split over several files") }
    return try ZipEnd(offset, directorySize, counts.1, before: start, fields)
  }
}
