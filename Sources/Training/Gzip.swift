import CZlib
import Foundation
import Tensors

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
    let inflater = try Inflater(bytes, name: name, limit: limit)
    return try inflater.content()
  }
}

/// One pass of zlib over a gzip file. A class, because zlib checks that its stream stays at one address.
private final class Inflater {
  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  private let window = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 1 << 16)
  private let input: UnsafeRawBufferPointer
  private let name: String
  private let limit: Int
  private var consumed = 0
  private var output = Data()

  init(_ input: UnsafeRawBufferPointer, name: String, limit: Int) throws {
    self.input = input
    self.name = name
    self.limit = limit
    stream.initialize(to: z_stream())
    let gzipOnly = MAX_WBITS + 16
    let status = inflateInit2_(stream, gzipOnly, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard status == Z_OK else { throw error("gzip", "zlib can't start, status \(status)") }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
    window.deallocate()
  }

  func content() throws -> Data {
    repeat {
      inflateReset(stream)
      try inflateMember()
    } while try hasNextMember()
    return output
  }

  private func inflateMember() throws {
    while true {
      let status = step()
      guard output.count <= limit else { throw error("gzip size", "expands to more than the \(limit) bytes allowed") }
      switch status {
      case Z_OK: continue
      case Z_STREAM_END: return
      case Z_BUF_ERROR: throw error("gzip stream", "truncated: ends after \(input.count) bytes, inside a member")
      default: throw damaged(status)
      }
    }
  }

  /// Inflates as much as the window holds. Input is handed over in parts that fit zlib's 32-bit counter.
  private func step() -> Int32 {
    let given = min(input.count - consumed, 1 << 30)
    let next = input.baseAddress.map { $0.assumingMemoryBound(to: UInt8.self) + consumed }
    stream.pointee.next_in = UnsafeMutablePointer(mutating: next)
    stream.pointee.avail_in = UInt32(given)
    stream.pointee.next_out = window.baseAddress
    stream.pointee.avail_out = UInt32(window.count)
    let status = inflate(stream, Z_NO_FLUSH)
    consumed += given - Int(stream.pointee.avail_in)
    output.append(UnsafeBufferPointer(rebasing: window[..<(window.count - Int(stream.pointee.avail_out))]))
    return status
  }

  /// Zeros after the last member are padding, as tapes and `gzip` itself have it; anything else is damage.
  private func hasNextMember() throws -> Bool {
    let rest = input[consumed...]
    if rest.starts(with: [0x1f, 0x8b]) { return true }
    guard rest.allSatisfy({ $0 == 0 }) else {
      throw error("gzip trailer", "\(rest.count) bytes after the last member, expected none")
    }
    return false
  }

  private func damaged(_ status: Int32) -> DataError {
    let message = stream.pointee.msg.map { String(cString: $0) } ?? "zlib status \(status)"
    let isChecksum = message == "incorrect data check" || message == "incorrect length check"
    return error(isChecksum ? "gzip checksum" : "gzip stream", "damaged near byte \(consumed): \(message)")
  }

  private func error(_ field: String, _ reason: String) -> DataError {
    DataError(file: name, field: field, reason: reason)
  }
}
