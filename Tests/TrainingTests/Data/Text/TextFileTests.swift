import TestSupport
import Tensors
import Testing

import Training

@Suite struct TextFileTests {
  @Test func readsTheTextAsItStands() throws {
    let scratch = try Scratch()
    let text = "Grüße,\r\n\tWelt 🌍\n"
    #expect(try TextFile.read(scratch.write(text.utf8, to: "a")) == text)
    #expect(try TextFile.read(scratch.write([0xEF, 0xBB, 0xBF, 0x61], to: "b")) == "a")
  }

  @Test(
    arguments: [([0x61, 0xFF], 1), ([0x61, 0x62, 0xC3, 0x28], 2), ([0xEF, 0xBB, 0xBF, 0x61, 0x80], 4)]
      as [([UInt8], Int)])
  func namesTheFirstByteThatIsNoText(bytes: [UInt8], offset: Int) throws {
    let scratch = try Scratch()
    let error = dataError { try TextFile.read(scratch.write(bytes, to: "a")) }
    #expect(error?.file == scratch.file("a"))
    #expect(error?.field == "encoding")
    #expect(error?.reason == "found bytes that aren't UTF-8 from byte \(offset) on, expected text")
  }

  @Test func refusesEmptyAndMissingFilesAndDirectories() throws {
    let scratch = try Scratch()
    for bytes in [[], [0xEF, 0xBB, 0xBF]] as [[UInt8]] {
      let error = dataError { try TextFile.read(scratch.write(bytes, to: "empty")) }
      #expect(error?.reason == "is empty, expected text")
    }
    let missing = dataError { try TextFile.read(scratch.file("missing")) }
    #expect(missing?.description.hasPrefix("\(scratch.file("missing")): file: can't be opened") == true)
    #expect(dataError { try TextFile.read(scratch.path) }?.reason.contains("is a directory") == true)
  }
}
