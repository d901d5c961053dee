import Autograd
import CZlib
import Foundation
import Tensors

/// Small greyscale images as PNG files, for embedding in an SVG.
package enum PNG {
  /// The PNG file of an 8-bit greyscale image, rows from top to bottom, each pixel a square of `scale` x `scale`.
  ///
  /// Enlarged here it stays crisp in viewers that would smooth it; the repeated rows cost hardly any bytes.
  package static func file(_ pixels: [UInt8], width: Int, height: Int, scale: Int = 1) -> Data {
    let signature: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
    let format: [UInt8] = [8, 0, 0, 0, 0]  // 8 bits, greyscale, deflate, adaptive filters, not interlaced
    let header = bigEndian(UInt32(width * scale)) + bigEndian(UInt32(height * scale)) + format
    let rows = (0..<height).flatMap { enlarged(pixels[$0 * width..<($0 + 1) * width], scale: scale) }
    return Data(signature + chunk("IHDR", header) + chunk("IDAT", deflated(rows)) + chunk("IEND", []))
  }

  /// The image as the address of an `image` element, the file itself in base64.
  package static func address(_ pixels: [UInt8], width: Int, height: Int, scale: Int = 1) -> String {
    "data:image/png;base64," + file(pixels, width: width, height: height, scale: scale).base64EncodedString()
  }

  /// A row `scale` times over, each led by its filter: none.
  private static func enlarged(_ row: ArraySlice<UInt8>, scale: Int) -> [UInt8] {
    let wide: [UInt8] = [0] + row.flatMap { [UInt8](repeating: $0, count: scale) }
    return Array(repeatElement(wide, count: scale).joined())
  }

  private static func chunk(_ type: String, _ content: [UInt8]) -> [UInt8] {
    let body = Array(type.utf8) + content
    let checksum = UInt32(truncatingIfNeeded: crc32(0, body, uInt(body.count)))
    return bigEndian(UInt32(content.count)) + body + bigEndian(checksum)
  }

  private static func deflated(_ bytes: [UInt8]) -> [UInt8] {
    var count = compressBound(uLong(bytes.count))
    var result = [UInt8](repeating: 0, count: Int(count))
    let status = compress2(&result, &count, bytes, uLong(bytes.count), 9)
    require(status == Z_OK, "PNG", "zlib can't compress \(bytes.count) bytes, status \(status)")
    return Array(result[..<Int(count)])
  }

  private static func bigEndian(_ value: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }
}
