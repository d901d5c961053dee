import Foundation
import Testing

import Training

@Suite struct PNGTests {
  @Test func holdsThePixelsRowByRow() {
    let png = PNGReader(PNG.file([1, 2, 3, 4, 5, 6], width: 3, height: 2))
    #expect(png.chunks.map(\.type) == ["IHDR", "IDAT", "IEND"])
    #expect(png["IHDR"] == [0, 0, 0, 3, 0, 0, 0, 2, 8, 0, 0, 0, 0])
    #expect(png.rows() == [[1, 2, 3], [4, 5, 6]])
  }

  @Test func enlargesEachPixelToASquare() {
    let png = PNGReader(PNG.file([7, 9], width: 2, height: 1, scale: 2))
    #expect((png.width, png.height) == (4, 2))
    #expect(png.rows() == [[7, 7, 9, 9], [7, 7, 9, 9]])
  }

  @Test func holdsThreeBytesOfColor() {
    let pixels = (1...12).map { UInt8($0) }
    let png = PNGReader(PNG.file(pixels, width: 2, height: 2, format: .rgb))
    #expect(png["IHDR"][8...] == [8, 2, 0, 0, 0])
    #expect(png.rows(bytesPerPixel: 3) == [[1, 2, 3, 4, 5, 6], [7, 8, 9, 10, 11, 12]])
    let large = PNGReader(PNG.file(pixels, width: 2, height: 2, format: .rgb, scale: 2))
    #expect(large.rows(bytesPerPixel: 3)[1] == [1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6])
  }

  @Test func holdsAPaletteWithOpacities() {
    let png = PNGReader(
      PNG.file([1, 0, 1], width: 3, height: 1, format: .indexed([0x1122_33ff, 0xaabb_cc40])))
    #expect(png.chunks.map(\.type) == ["IHDR", "PLTE", "tRNS", "IDAT", "IEND"])
    #expect(png["IHDR"][8...] == [8, 3, 0, 0, 0])
    #expect(png.colors == [[0xaabb_cc40, 0x1122_33ff, 0xaabb_cc40]])
  }

  @Test func isSmall() {
    let digit = (0..<64).map { UInt8($0 % 17 * 15) }
    #expect(PNG.address(digit, width: 8, height: 8, scale: 7).utf8.count < 500)
  }
}
