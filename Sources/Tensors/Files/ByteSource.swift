import Foundation

/// Bytes that can be read at any position: of an open file, of a file mapped into memory, or of memory.
///
/// An open file that another process shortens gives an error here. A mapped one can't: the system stops the program when
/// it touches a page that is gone.
package final class ByteSource: @unchecked Sendable {
  // Unchecked: nothing here changes, positioned reads may come from any thread, and nobody writes to the mapping.
  private enum Backing {
    case file(Int32)
    case mapping(Storage)
    case memory(Data)
  }

  /// What errors call the file.
  package let name: String
  /// How many bytes there are.
  package let count: Int
  private let backing: Backing

  private init(_ backing: Backing, count: Int, name: String) {
    (self.backing, self.count, self.name) = (backing, count, name)
  }

  /// Bytes in memory.
  package convenience init(_ data: Data, name: String) { self.init(.memory(data), count: data.count, name: name) }

  /// The file at `path`, mapped if that is asked for and the system can.
  package static func open(_ path: String, mapped: Bool) throws -> ByteSource {
    let (descriptor, kind) = try openForReading(path)
    // A pipe or a device has no positions and is read to its end.
    guard case .regular(let count) = kind else {
      return ByteSource(try readToEnd(of: descriptor, path), name: path)
    }
    guard mapped, let storage = Storage.map(descriptor, count) else {
      return ByteSource(.file(descriptor), count: count, name: path)
    }
    close(descriptor)
    return ByteSource(.mapping(storage), count: count, name: path)
  }

  deinit {
    if case .file(let descriptor) = backing { close(descriptor) }
  }

  /// The mapped file, whose first byte stands on a page of its own; nil if it isn't mapped.
  package var mapping: Storage? {
    if case .mapping(let storage) = backing { storage } else { nil }
  }

  /// Copies a range of the bytes to `target`.
  package func read(_ range: Range<Int>, into target: UnsafeMutableRawPointer) throws {
    guard range.lowerBound >= 0, range.upperBound <= count else {
      throw DataError(file: name, field: "file", reason: "has \(count) bytes; expected at least \(range.upperBound)")
    }
    if range.isEmpty { return }
    switch backing {
    case .file(let descriptor): try read(range, of: descriptor, into: target)
    case .mapping(let storage): target.copyMemory(from: storage.base + range.lowerBound, byteCount: range.count)
    case .memory(let data):
      let start = data.startIndex + range.lowerBound
      data.copyBytes(to: target.of(UInt8.self), from: start..<start + range.count)
    }
  }

  /// A range of the bytes.
  package func bytes(_ range: Range<Int>) throws -> [UInt8] {
    try [UInt8](unsafeUninitializedCapacity: range.count) { buffer, initialized in
      if let base = buffer.baseAddress { try read(range, into: base) }
      initialized = range.count
    }
  }

  /// A range of the bytes.
  package func data(_ range: Range<Int>) throws -> Data {
    var data = Data(count: range.count)
    try data.withUnsafeMutableBytes { buffer in
      if let base = buffer.baseAddress { try read(range, into: base) }
    }
    return data
  }

  private func read(_ range: Range<Int>, of descriptor: Int32, into target: UnsafeMutableRawPointer) throws {
    var done = 0
    while done < range.count {
      let got = pread(descriptor, target + done, range.count - done, off_t(range.lowerBound + done))
      if got < 0 && errno == EINTR { continue }
      guard got >= 0 else { throw systemError(name, "can't be read") }
      guard got > 0 else {
        throw DataError(file: name, field: "file", reason: "became shorter than its \(count) bytes while it was read")
      }
      done += got
    }
  }
}
