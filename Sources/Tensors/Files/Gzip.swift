import Foundation

extension Data {
  /// Whether the data starts like a gzip file, with the bytes 1f 8b.
  package var isGzip: Bool { starts(with: [0x1f, 0x8b]) }
}

/// The content of the gzip file `data`: all its members, one after the other, as RFC 1952 defines it.
///
/// A truncated or damaged stream, a wrong checksum and bytes that don't belong to a member throw a `DataError` about
/// `name`. So does content of more than `limit` bytes, before memory for it is taken.
package func gunzip(_ data: Data, name: String, limit: Int) throws -> Data {
  try data.withUnsafeBytes { bytes in
    let inflater = try Inflater(bytes, format: .gzip, name: name, field: "gzip", limit: limit)
    repeat { try inflater.inflateStream() } while try hasMember(inflater.rest, name: name)
    return inflater.output
  }
}

/// Zeros after the last member are padding, as tapes and `gzip` itself have it; anything else is damage.
private func hasMember(_ rest: Slice<UnsafeRawBufferPointer>, name: String) throws -> Bool {
  if rest.starts(with: [0x1f, 0x8b]) { return true }
  guard rest.allSatisfy({ $0 == 0 }) else {
    let reason = "\(rest.count) bytes after the last member, expected none"
    throw DataError(file: name, field: "gzip trailer", reason: reason)
  }
  return false
}
