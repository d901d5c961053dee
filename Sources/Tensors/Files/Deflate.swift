import CZlib
import Foundation

/// `data` as a deflate stream (RFC 1951) without header or trailer, at zlib's usual level.
func deflated(_ data: Data) -> Data {
  let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  stream.initialize(to: z_stream())
  let size = Int32(MemoryLayout<z_stream>.size)
  let memoryLevel: Int32 = 8
  let status = deflateInit2_(
    stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, memoryLevel, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size)
  require(status == Z_OK, "deflate", "zlib can't start, status \(status)")
  defer {
    deflateEnd(stream)
    stream.deallocate()
  }
  return data.withUnsafeBytes { run(stream, $0) }
}

/// Feeds the input in parts that fit zlib's 32-bit counter, and collects the output by windows.
private func run(_ stream: UnsafeMutablePointer<z_stream>, _ input: UnsafeRawBufferPointer) -> Data {
  let window = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 1 << 16)
  defer { window.deallocate() }
  var (output, consumed, status) = (Data(), 0, Z_OK)
  while status != Z_STREAM_END {
    let given = min(input.count - consumed, 1 << 30)
    let next = input.baseAddress.map { $0.assumingMemoryBound(to: UInt8.self) + consumed }
    stream.pointee.next_in = UnsafeMutablePointer(mutating: next)
    stream.pointee.avail_in = UInt32(given)
    stream.pointee.next_out = window.baseAddress
    stream.pointee.avail_out = UInt32(window.count)
    status = deflate(stream, consumed + given == input.count ? Z_FINISH : Z_NO_FLUSH)
    require(status == Z_OK || status == Z_STREAM_END, "deflate", "zlib stopped with status \(status)")
    consumed += given - Int(stream.pointee.avail_in)
    output.append(UnsafeBufferPointer(rebasing: window[..<(window.count - Int(stream.pointee.avail_out))]))
  }
  return output
}

/// The checksum of zip files (CRC-32).
func checksum(_ data: Data) -> UInt32 {
  data.withUnsafeBytes { bytes in
    UInt32(truncatingIfNeeded: crc32_z(0, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count))
  }
}
