import CZlib
import Foundation
import Tensors
import TestSupport
import Testing

import Training

@Suite struct SummaryWriterImageTests {
  /// What stands in the file for a picture: height, width, channels, and the PNG file's type of colour and rows.
  private struct Picture: Equatable {
    var sizes: [Int]
    var colorType: UInt8
    var rows: [UInt8]
  }

  private func picture(_ image: Tensor) throws -> Picture {
    let scratch = try Scratch()
    try SummaryWriter(scratch.path).addImage("image", image, step: 2)
    let (step, tag, value) = try #require(try EventReader(in: scratch.path).values.first)
    #expect(step == 2 && tag == "image")
    let image = value.message(4)
    let sizes = [1, 2, 3].map { image.integer($0) }
    let png = image.bytes(4)
    #expect(Array(png[12..<24]) == [0x49, 0x48, 0x44, 0x52, 0, 0, 0, UInt8(sizes[1]), 0, 0, 0, UInt8(sizes[0])])
    return Picture(
      sizes: sizes, colorType: png[25], rows: try inflated(png, count: sizes[0] * (1 + sizes[1] * sizes[2])))
  }

  /// The content of the one chunk IDAT, which follows the header's 33 bytes.
  private func inflated(_ png: [UInt8], count: Int) throws -> [UInt8] {
    try #require(Array(png[37..<41]) == Array("IDAT".utf8))
    let length = png[33..<37].reduce(0) { $0 << 8 | Int($1) }
    var (result, resultLength) = ([UInt8](repeating: 0, count: count), uLong(count))
    #expect(uncompress(&result, &resultLength, Array(png[41..<41 + length]), uLong(length)) == Z_OK)
    #expect(Int(resultLength) == count)
    return result
  }

  @Test func greyImagesHaveOneChannel() throws {
    let image = Tensor([[0.0, 1, 0.5], [-3, 7, .nan]])
    let expected = Picture(sizes: [2, 3, 1], colorType: 0, rows: [0, 0, 255, 128, 0, 0, 255, 0])
    #expect(try picture(image) == expected)
    #expect(try picture(image.unsqueezed(axis: 0)) == expected)
    #expect(try picture(image.to(.float64)) == expected)
  }

  /// n/255 in single precision is a little less than that for some n; it stays n.
  @Test func levelsComeBack() throws {
    let levels = Tensor.arange(256).reshaped([1, 256])
    let half = (levels.to(.float32) / 255)[0..<1, 0..<128]
    #expect(try picture(half).rows == [0] + (0..<128))
    #expect(try picture(levels.to(.uint8)[0..<1, 128..<256].transposed(0, 1)).rows == (128...255).flatMap { [0, $0] })
  }

  @Test func colourImagesHaveThreeChannels() throws {
    let planes: [[[Double]]] = [[[1, 0], [0.2, 0]], [[0, 1], [0.4, 0]], [[0, 0], [0.6, 1]]]
    let rows: [UInt8] = [0, 255, 0, 0, 0, 255, 0, 0, 51, 102, 153, 0, 0, 255]
    #expect(try picture(Tensor(planes)) == Picture(sizes: [2, 2, 3], colorType: 2, rows: rows))
  }

  @Test func refusesOtherShapesAndTypes() async {
    let batch = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      try SummaryWriter(Scratch().path).addImage("x", Tensor.zeros([1, 3, 2, 2]))
    }
    expectMessage(batch, "addImage", "the image [1, 3, 2, 2]; expected [H, W], [1, H, W] or [3, H, W]")
    let integers = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      try SummaryWriter(Scratch().path).addImage("x", Tensor.zeros([2, 2], dtype: .int64))
    }
    expectMessage(integers, "addImage", "the image int64; expected uint8 or floating point")
  }
}
