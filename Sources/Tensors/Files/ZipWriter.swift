import Foundation

/// A zip file in the making: members one after the other, then the directory.
///
/// Equal members give equal files: every one is dated 1980, the first year there is. Numbers that 32 bits can't hold are
/// written as zip64 has it, the others as every reader knows them.
package struct ZipWriter {
  /// What is the first number to be written with 64 bits.
  private let limit: Int
  private var file = Data()
  private var directory = Data()
  private var count = 0

  package init(limit: Int = 0xFFFF_FFFF) { self.limit = limit }

  /// Adds a member. Its name has at most 65,535 bytes.
  package mutating func add(_ name: String, _ content: Data, compressed: Bool) {
    let stored = compressed ? deflated(content) : content
    let member = Member(
      name: Data(name.utf8), isDeflated: compressed, checksum: Int(checksum(content)), offset: file.count,
      compressedSize: stored.count, size: content.count, isLarge: max(stored.count, content.count) >= limit)
    file += member.header
    file += stored
    directory += member.line(isFar: member.offset >= limit)
    count += 1
  }

  /// Adds the directory; the file is complete then.
  package mutating func finish() -> Data {
    let start = file.count
    let isLarge = count >= min(limit, 0xFFFF) || start >= limit || directory.count >= limit
    file += directory
    if isLarge { file += largeEnd(start) }
    let few = isLarge ? 0xFFFF : count
    let (size, offset) = isLarge ? (0xFFFF_FFFF, 0xFFFF_FFFF) : (directory.count, start)
    file += record((0x0605_4B50, 4), (0, 4), (few, 2), (few, 2), (size, 4), (offset, 4), (0, 2))
    return file
  }

  /// The record with 64-bit numbers, and the one that points to it.
  private func largeEnd(_ start: Int) -> Data {
    record(
      (0x0606_4B50, 4), (44, 8), (45, 2), (45, 2), (0, 8), (count, 8), (count, 8), (directory.count, 8), (start, 8))
      + record((0x0706_4B50, 4), (0, 4), (start + directory.count, 8), (1, 4))
  }
}

/// What the header before a member's data and its line of the directory say.
private struct Member {
  let name: Data
  let isDeflated: Bool
  let checksum: Int
  let offset: Int
  let compressedSize: Int
  let size: Int
  let isLarge: Bool

  var header: Data {
    let extra = isLarge ? record((1, 2), (16, 2), (size, 8), (compressedSize, 8)) : Data()
    return record((0x0403_4B50, 4)) + common + record((extra.count, 2)) + name + extra
  }

  func line(isFar: Bool) -> Data {
    var numbers = isLarge ? record((size, 8), (compressedSize, 8)) : Data()
    if isFar { numbers += record((offset, 8)) }
    let extra = numbers.isEmpty ? Data() : record((1, 2), (numbers.count, 2)) + numbers
    let rest = record((extra.count, 2), (0, 8), (0, 2), (isFar ? 0xFFFF_FFFF : offset, 4))
    return record((0x0201_4B50, 4), (45, 2)) + common + rest + name + extra
  }

  /// From the version that a reader needs to the length of the name.
  private var common: Data {
    let (utf8Flag, firstDay) = (1 << 11, 1 << 5 | 1)
    let (stored, plain) = isLarge ? (0xFFFF_FFFF, 0xFFFF_FFFF) : (compressedSize, size)
    return record(
      (isLarge ? 45 : 20, 2), (name.allSatisfy { $0 < 0x80 } ? 0 : utf8Flag, 2), (isDeflated ? 8 : 0, 2), (0, 2),
      (firstDay, 2), (checksum, 4), (stored, 4), (plain, 4), (name.count, 2))
  }
}

/// Numbers one after the other, each in so many bytes, the lowest first.
private func record(_ fields: (value: Int, size: Int)...) -> Data {
  var data = Data()
  for field in fields {
    withUnsafeBytes(of: field.value.littleEndian) { data.append(contentsOf: $0.prefix(field.size)) }
  }
  return data
}
