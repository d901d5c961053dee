import Foundation
import TestSupport
import Testing

import Tensors

@Suite struct AtomicWriteTests {
  @Test func writesANewFileAndNothingElse() throws {
    let scratch = try Scratch()
    let data = Data((0..<300_000).map { UInt8(truncatingIfNeeded: $0) })
    try writeAtomically(data, to: scratch.file("new"))
    #expect(try Data(contentsOf: URL(fileURLWithPath: scratch.file("new"))) == data)
    #expect(try scratch.names == ["new"])
  }

  @Test func replacesAFileAndKeepsItsPermissions() throws {
    let scratch = try Scratch()
    let path = try scratch.write([1, 2, 3, 4], to: "old")
    #expect(chmod(path, 0o640) == 0)
    try writeAtomically(Data([9]), to: path)
    #expect(try readFile(path) == Data([9]))
    let permissions = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber
    #expect(permissions?.intValue == 0o640)
    #expect(try scratch.names == ["old"])
  }

  @Test func writesAnEmptyFileAndALongName() throws {
    let scratch = try Scratch()
    let name = String(repeating: "n", count: 250)
    try writeAtomically(Data(), to: scratch.file(name))
    #expect(try scratch.names == [name])
  }

  @Test func namesAPathInAMissingDirectory() throws {
    let path = try Scratch().file("missing/model")
    let error = dataError { try writeAtomically(Data([1]), to: path) }
    #expect(error?.file == path)
    #expect(error?.reason.contains("No such file or directory") == true)
  }

  @Test func refusesAFileAsDirectory() throws {
    let scratch = try Scratch()
    let path = try scratch.write([1], to: "file") + "/model"
    #expect(dataError { try writeAtomically(Data([1]), to: path) }?.file == path)
    #expect(try scratch.names == ["file"])
  }

  @Test func removesTheTemporaryFileWhenThePathIsADirectory() throws {
    let scratch = try Scratch()
    let path = scratch.file("directory")
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    let error = dataError { try writeAtomically(Data([1]), to: path) }
    #expect(error?.file == path)
    #expect(error?.reason.hasPrefix("can't be replaced") == true)
    #expect(try scratch.names == ["directory"])
  }

  #if os(Linux)
    @Test func reportsAFullDisk() throws {
      let descriptor = open("/dev/full", O_WRONLY)
      try #require(descriptor >= 0)
      defer { close(descriptor) }
      let error = dataError { try writeAll(Data([1, 2, 3]), to: descriptor, path: "model") }
      #expect(error == DataError(file: "model", field: "file", reason: "can't write 3 bytes: No space left on device"))
    }
  #endif
}
