import CZlib
import Foundation
import Tensors

/// Small images as PNG files, for embedding in an SVG.
package enum PNG {
  /// How many bytes a pixel has, and what they are.
  package enum Format: Sendable {
    /// One byte: 0 is black, 255 is white.
    case grey
    /// Three bytes: red, green, blue.
    case rgb
    /// One byte: the number of a colour in the palette, each 0xRRGGBBAA, 256 at most.
    case indexed([UInt32])

    var bytesPerPixel: Int { if case .rgb = self { 3 } else { 1 } }

    fileprivate var colorType: UInt8 {
      switch self {
      case .grey: 0
      case .rgb: 2
      case .indexed: 3
      }
    }
  }

  /// The PNG file of an image of 8 bits a channel, rows from top to bottom, each pixel a square of `scale` x `scale`.
  ///
  /// Enlarged here it stays crisp in viewers that would smooth it; the repeated rows cost hardly any bytes.
  package static func file(
    _ pixels: [UInt8], width: Int, height: Int, format: Format = .grey, scale: Int = 1
  ) -> Data {
    let signature: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
    let layout: [UInt8] = [8, format.colorType, 0, 0, 0]  // 8 bits, deflate, adaptive filters, not interlaced
    let header = bigEndian(UInt32(width * scale)) + bigEndian(UInt32(height * scale)) + layout
    let stride = width * format.bytesPerPixel
    let rows = (0..<height).flatMap { row in
      enlarged(pixels[row * stride..<(row + 1) * stride], by: scale, bytesPerPixel: format.bytesPerPixel)
    }
    return Data(
      signature + chunk("IHDR", header) + palette(format) + chunk("IDAT", deflated(rows)) + chunk("IEND", []))
  }

  /// The image as the address of an `image` element, the file itself in base64.
  package static func address(
    _ pixels: [UInt8], width: Int, height: Int, format: Format = .grey, scale: Int = 1
  ) -> String {
    let file = file(pixels, width: width, height: height, format: format, scale: scale)
    return "data:image/png;base64," + file.base64EncodedString()
  }

  /// A row `scale` times over, each led by its filter: none.
  private static func enlarged(_ row: ArraySlice<UInt8>, by scale: Int, bytesPerPixel: Int) -> [UInt8] {
    if scale == 1 { return [0] + row }
    let pixels = stride(from: row.startIndex, to: row.endIndex, by: bytesPerPixel)
    let wide: [UInt8] = [0] + pixels.flatMap { repeatElement(row[$0..<$0 + bytesPerPixel], count: scale).joined() }
    return Array(repeatElement(wide, count: scale).joined())
  }

  /// The colours and their opacities, in chunks of their own.
  private static func palette(_ format: Format) -> [UInt8] {
    guard case .indexed(let colors) = format else { return [] }
    return chunk("PLTE", colors.flatMap { bigEndian($0)[..<3] }) + chunk("tRNS", colors.map { UInt8($0 & 255) })
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
