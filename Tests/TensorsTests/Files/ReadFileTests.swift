import Foundation
import TestSupport
import Testing

import Tensors

@Suite struct ReadFileTests {
  @Test func readsTheWholeFile() throws {
    let scratch = try Scratch()
    let bytes = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    #expect(try readFile(scratch.write(bytes, to: "a")) == Data(bytes))
    #expect(try readFile(scratch.write([], to: "empty")).isEmpty)
  }

  @Test func namesAMissingFile() throws {
    let path = try Scratch().file("missing")
    let error = dataError { try readFile(path) }
    #expect(error?.file == path)
    #expect(error?.reason.contains("No such file") == true)
  }

  @Test func refusesADirectory() throws {
    let scratch = try Scratch()
    let error = dataError { try readFile(scratch.path) }
    #expect(error?.reason == "is a directory, expected a regular file")
  }
}
