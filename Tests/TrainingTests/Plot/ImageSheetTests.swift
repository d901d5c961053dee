import TestSupport
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
