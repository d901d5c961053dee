import CZlib
import Foundation

/// One pass of zlib over compressed bytes. A class, because zlib checks that its stream stays at one address.
///
/// The output grows as data really arrives: a damaged or malicious file takes no more memory than it inflates to, and no
/// more than `limit`.
final class Inflater {
  /// What stands around the deflated data, as zlib's number for it.
  enum Format: Int32 {
    /// A member of a gzip file: header, checksum and length.
    case gzip = 31
    /// Nothing: a member of a zip file, which keeps its checksum elsewhere.
    case raw = -15
  }

  /// What has been inflated so far.
  private(set) var output = Data()
  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  private let window = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 1 << 16)
  private let input: UnsafeRawBufferPointer
  private let name: String
  private let field: String
  private let limit: Int
  private var consumed = 0

  /// Errors are about the file `name`, and their fields begin with `field`.
  init(_ input: UnsafeRawBufferPointer, format: Format, name: String, field: String, limit: Int) throws {
    (self.input, self.name, self.field, self.limit) = (input, name, field, limit)
    stream.initialize(to: z_stream())
    let status = inflateInit2_(stream, format.rawValue, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard status == Z_OK else { throw error("stream", "zlib can't start, status \(status)") }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
    window.deallocate()
  }

  /// The input behind the streams inflated so far.
  var rest: Slice<UnsafeRawBufferPointer> { input[consumed...] }

  /// Inflates one stream to its end.
  func inflateStream() throws {
    inflateReset(stream)
    while true {
      let status = step()
      guard output.count <= limit else { throw error("size", "expands to more than the \(limit) bytes allowed") }
      switch status {
      case Z_OK: continue
      case Z_STREAM_END: return
      case Z_BUF_ERROR: throw error("stream", "truncated: ends after \(input.count) bytes, inside a member")
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

  private func damaged(_ status: Int32) -> DataError {
    let message = stream.pointee.msg.map { String(cString: $0) } ?? "zlib status \(status)"
    let isChecksum = message == "incorrect data check" || message == "incorrect length check"
    return error(isChecksum ? "checksum" : "stream", "damaged near byte \(consumed): \(message)")
  }

  private func error(_ part: String, _ reason: String) -> DataError {
    DataError(file: name, field: "\(field) \(part)", reason: reason)
  }
}
