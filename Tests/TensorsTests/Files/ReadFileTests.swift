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

  @Test func anOpenFileIsWhatItWasWhenOpened() throws {
    let scratch = try Scratch()
    let descriptor = open(try scratch.write([1, 2, 3], to: "a"), O_RDONLY)
    unlink(scratch.file("a"))
    try FileManager.default.createDirectory(atPath: scratch.file("a"), withIntermediateDirectories: false)
    #expect(try FileKind(of: descriptor, scratch.file("a")) == .regular(byteCount: 3))
    close(descriptor)
  }

  @Test func namesAFileThatCannotBeExamined() {
    let error = dataError { try FileKind(of: -1, "a") }
    #expect(error?.file == "a" && error?.reason.hasPrefix("can't be examined: ") == true)
  }

  @Test func readsAPipeToItsEnd() throws {
    let scratch = try Scratch()
    let path = scratch.file("pipe")
    #expect(mkfifo(path, 0o600) == 0)
    let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0) }
    for mapped in [false, true] {
      let writer = Thread { try? FileHandle(forWritingTo: URL(fileURLWithPath: path)).write(contentsOf: Data(bytes)) }
      writer.start()
      let source = try ByteSource.open(path, mapped: mapped)
      #expect(try source.mapping == nil && source.bytes(0..<source.count) == bytes)
    }
  }
}
