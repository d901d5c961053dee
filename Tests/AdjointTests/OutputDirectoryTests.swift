import Adjoint
import ExampleSupport
import Foundation
import TestSupport
import Testing

@Suite struct OutputDirectoryTests {
  @Test func makesTheDirectory() throws {
    let scratch = try Scratch()
    let directory = try OutputDirectory(scratch.file("a/b"))
    #expect(FileManager.default.fileExists(atPath: scratch.file("a/b")))
    #expect(directory.file("x.svg") == scratch.file("a/b/x.svg"))
  }

  @Test func namesThePathThatCannotBe() throws {
    let scratch = try Scratch()
    try scratch.write([1], to: "file")
    let error = dataError { try OutputDirectory(scratch.file("file/below")) }
    #expect(error?.file == scratch.file("file/below"))
    #expect(error?.reason == "can't be made: File exists")
  }
}
