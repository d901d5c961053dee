import TestSupport
import Tensors
import Testing

import Autograd
import Training

@Suite struct ImageSheetTests {
  @Test func drawsEachImageWithItsCaption() {
    var sheet = ImageSheet("Digits", columns: 2)
    for label in 0..<3 { sheet.add([UInt8](repeating: 9, count: 64), width: 8, height: 8, caption: "<\(label)>") }
    let check = XMLCheck(sheet.svg)
    #expect(check.isWellFormed)
    #expect(check.elements["image"] == 3)
    for label in 0..<3 { #expect(sheet.svg.contains(">&lt;\(label)&gt;</text>")) }
  }

  @Test func growsWithColumnsAndRows() {
    func size(_ count: Int) -> (Double, Double) {
      var sheet = ImageSheet(columns: 3)
      for _ in 0..<count { sheet.add([UInt8](repeating: 0, count: 4), width: 2, height: 2) }
      return (sheet.width, sheet.height)
    }
    #expect(size(3).0 == 32 + 3 * 56 + 2 * 10)
    #expect(size(4).0 == size(3).0)
    #expect(size(4).1 == size(3).1 + 66)
  }

  @Test func scalesNumbersToTheRange() {
    func sheet(_ pixels: [UInt8]) -> String {
      var sheet = ImageSheet()
      sheet.add(pixels, width: 2, height: 2)
      return sheet.svg
    }
    func sheet(_ pixels: [Float], _ range: ClosedRange<Float>?) -> String {
      var sheet = ImageSheet()
      sheet.add(pixels, width: 2, height: 2, range: range)
      return sheet.svg
    }
    #expect(sheet([-1, 0, 1, .nan], nil) == sheet([0, 128, 255, 0]))
    #expect(sheet([0, 8, 16, 99], 0...16) == sheet([0, 128, 255, 255]))
    #expect(sheet([3, 3, 3, 3], nil) == sheet([0, 0, 0, 0]))
    #expect(sheet([.infinity, -.infinity, 0, 1], nil) == sheet([255, 0, 0, 255]))
  }

  @Test func takesTheImagesOfATensor() {
    func images(_ tensor: Tensor, range: ClosedRange<Double>? = 0...1) -> [PNGReader] {
      PNGReader.images(in: ImageSheet("", tensor, range: range, size: 2).svg)
    }
    let grey = Tensor([[[0, 1], [0.5, 2]], [[1, 1], [0, -1]]])
    for tensor in [grey, grey.reshaped([2, 1, 2, 2])] {
      #expect(images(tensor).map { $0.rows() } == [[[0, 255], [128, 255]], [[255, 255], [0, 0]]])
    }
    #expect(images(grey, range: nil)[1].rows() == [[255, 255], [128, 0]])
    #expect(images(Tensor([[[0, 9], [128, 255]]], dtype: .uint8))[0].rows() == [[0, 9], [128, 255]])
    // Red, green and blue planes become three bytes a pixel.
    let color = Tensor([[[[1.0, 0]], [[0, 1]], [[0, 0.2]]]])
    #expect(images(color)[0].rows(bytesPerPixel: 3) == [[255, 0, 0, 0, 255, 51]])
    #expect(images(.zeros([0, 3, 4, 4])).isEmpty)
  }

  @Test func takesBytesOfColor() {
    var sheet = ImageSheet(size: 2)
    sheet.add(rgb: [1, 2, 3, 4, 5, 6], width: 2, height: 1, caption: "two")
    #expect(PNGReader.images(in: sheet.svg)[0].rows(bytesPerPixel: 3) == [[1, 2, 3, 4, 5, 6]])
    #expect(sheet.svg.contains(">two</text>"))
  }

  @Test func refusesTensorsThatAreNoImages() async {
    let shape = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = ImageSheet("", .zeros([2, 4, 8, 8]))
    }
    expectMessage(shape, "ImageSheet.add", "images [2, 4, 8, 8]; expected [N, H, W], [N, 1, H, W] or [N, 3, H, W]")
    let captions = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = ImageSheet("", .zeros([2, 8, 8]), captions: ["one"])
    }
    expectMessage(captions, "ImageSheet.add", "1 captions for images [2, 8, 8]; expected 2")
    let bytes = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var sheet = ImageSheet()
      sheet.add(rgb: [1, 2], width: 1, height: 1)
    }
    expectMessage(bytes, "ImageSheet.add", "2 numbers for an image of 1 x 1 x 3")
  }

  @Test func makesRoomForLongCaptions() {
    var sheet = ImageSheet(columns: 2)
    for _ in 0..<2 { sheet.add([UInt8](repeating: 0, count: 4), width: 2, height: 2, caption: "a long caption indeed") }
    #expect(sheet.width > 2 * SVG.width(of: "a long caption indeed"))
  }

  @Test func isWellFormedWithoutImages() {
    #expect(XMLCheck(ImageSheet("none").svg).isWellFormed)
    #expect(ImageSheet("none").svg.contains(">no images</text>"))
  }

  @Test func refusesTooFewPixels() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var sheet = ImageSheet()
      sheet.add([UInt8](repeating: 0, count: 5), width: 2, height: 3)
    }
    expectMessage(result, "ImageSheet.add", "5 pixels for an image of 2 x 3")
  }
}
