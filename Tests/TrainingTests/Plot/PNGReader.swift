import CZlib
import Foundation
import Testing

/// Takes a PNG file apart, with checks of its signature and of every checksum on the way.
struct PNGReader {
  private(set) var chunks: [(type: String, content: [UInt8])] = []

  init(_ png: Data) {
    let bytes = [UInt8](png)
    #expect(Array(bytes[..<8]) == [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
    var position = 8
    while position < bytes.count {
      let length = Self.number(bytes[position..<position + 4])
      let body = Array(bytes[position + 4..<position + 8 + length])
      let checksum = Self.number(bytes[position + 8 + length..<position + 12 + length])
      #expect(Int(crc32(0, body, uInt(body.count))) == checksum)
      chunks.append((String(decoding: body[..<4], as: UTF8.self), Array(body[4...])))
      position += 12 + length
    }
  }

  /// The images of an SVG, in order.
  static func images(in svg: String) -> [PNGReader] {
    svg.components(separatedBy: "data:image/png;base64,").dropFirst().compactMap { part in
      Data(base64Encoded: String(part.prefix { $0 != "\"" })).map { PNGReader($0) }
    }
  }

  var width: Int { Self.number(self["IHDR"][..<4]) }
  var height: Int { Self.number(self["IHDR"][4..<8]) }

  subscript(type: String) -> [UInt8] { chunks.first { $0.type == type }?.content ?? [] }

  /// The bytes of each row, without that of the filter, which must be none.
  func rows(bytesPerPixel: Int = 1) -> [[UInt8]] {
    let stride = width * bytesPerPixel + 1
    var result = [UInt8](repeating: 0, count: stride * height)
    var length = uLong(result.count)
    let compressed = self["IDAT"]
    #expect(uncompress(&result, &length, compressed, uLong(compressed.count)) == Z_OK)
    #expect(Int(length) == result.count)
    return (0..<height).map { row in
      #expect(result[row * stride] == 0)
      return Array(result[row * stride + 1..<(row + 1) * stride])
    }
  }

  /// Each pixel of an image with a palette as 0xRRGGBBAA.
  var colors: [[UInt32]] {
    let (palette, opacities) = (self["PLTE"], self["tRNS"])
    return rows().map { row in
      row.map { index in
        let start = 3 * Int(index)
        return palette[start..<start + 3].reduce(0) { $0 << 8 | UInt32($1) } << 8 | UInt32(opacities[Int(index)])
      }
    }
  }

  /// Those of a field of cells, each a square of pixels of one colour.
  func cells(columns: Int) -> [[UInt32]] {
    let (colors, side) = (colors, width / columns)
    #expect(side > 0 && width % columns == 0 && height % side == 0)
    return stride(from: 0, to: height, by: side).map { top in
      stride(from: 0, to: width, by: side).map { left in
        let square = colors[top..<top + side].flatMap { $0[left..<left + side] }
        #expect(Set(square).count == 1)
        return square[0]
      }
    }
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }
}
