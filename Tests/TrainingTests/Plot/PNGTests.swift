import CZlib
import Foundation
import Testing

import Training

@Suite struct PNGTests {
  /// The chunks of a PNG file: type and content. Checks the signature and every checksum on the way.
  private func chunks(_ png: Data) throws -> [(type: String, content: [UInt8])] {
    let bytes = [UInt8](png)
    #expect(Array(bytes[..<8]) == [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
    var result: [(String, [UInt8])] = []
    var position = 8
    while position < bytes.count {
      let length = number(bytes[position..<position + 4])
      let body = Array(bytes[position + 4..<position + 8 + length])
      #expect(Int(crc32(0, body, uInt(body.count))) == number(bytes[position + 8 + length..<position + 12 + length]))
      result.append((String(decoding: body[..<4], as: UTF8.self), Array(body[4...])))
      position += 12 + length
    }
    return result
  }

  private func number(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }

  private func inflated(_ bytes: [UInt8], count: Int) -> [UInt8] {
    var result = [UInt8](repeating: 0, count: count)
    var length = uLong(count)
    #expect(uncompress(&result, &length, bytes, uLong(bytes.count)) == Z_OK)
    #expect(Int(length) == count)
    return result
  }

  @Test func holdsThePixelsRowByRow() throws {
    let chunks = try chunks(PNG.file([1, 2, 3, 4, 5, 6], width: 3, height: 2))
    #expect(chunks.map(\.type) == ["IHDR", "IDAT", "IEND"])
    #expect(chunks[0].content == [0, 0, 0, 3, 0, 0, 0, 2, 8, 0, 0, 0, 0])
    #expect(inflated(chunks[1].content, count: 8) == [0, 1, 2, 3, 0, 4, 5, 6])
  }

  @Test func enlargesEachPixelToASquare() throws {
    let chunks = try chunks(PNG.file([7, 9], width: 2, height: 1, scale: 2))
    #expect(chunks[0].content[..<8] == [0, 0, 0, 4, 0, 0, 0, 2])
    #expect(inflated(chunks[1].content, count: 10) == [0, 7, 7, 9, 9, 0, 7, 7, 9, 9])
  }

  @Test func isSmall() {
    let digit = (0..<64).map { UInt8($0 % 17 * 15) }
    #expect(PNG.address(digit, width: 8, height: 8, scale: 7).utf8.count < 500)
  }
}
