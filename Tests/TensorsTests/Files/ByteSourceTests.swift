import Foundation
import TestSupport
import Testing

import Tensors

@Suite struct ByteSourceTests {
  private static let content: [UInt8] = (0..<10_000).map { UInt8(truncatingIfNeeded: $0 &* 37) }

  /// The same bytes in memory (in a slice), in an open file, and in a mapped one.
  private func sources(_ scratch: Scratch) throws -> [ByteSource] {
    let path = try scratch.write(Self.content, to: "file")
    let slice = Data([1, 2, 3] + Self.content).dropFirst(3)
    return try [
      ByteSource(slice, name: path), ByteSource.open(path, mapped: false), ByteSource.open(path, mapped: true),
    ]
  }

  @Test func readsAnyRange() throws {
    let scratch = try Scratch()
    for source in try sources(scratch) {
      #expect(source.count == 10_000 && source.name == scratch.file("file"))
      for range in [0..<10_000, 0..<0, 10_000..<10_000, 4095..<4097, 9_999..<10_000] {
        #expect(try source.bytes(range) == Array(Self.content[range]))
        #expect(try source.data(range) == Data(Self.content[range]))
      }
    }
    #expect(try sources(scratch).map { $0.mapping != nil } == [false, false, true])
  }

  @Test func refusesRangesBeyondTheEnd() throws {
    let scratch = try Scratch()
    for source in try sources(scratch) {
      for range in [9_999..<10_001, 10_001..<10_001, -1..<2] {
        #expect(dataError { try source.bytes(range) }?.field == "file")
      }
    }
  }

  @Test func readsEmptyFilesAndDevices() throws {
    let scratch = try Scratch()
    for mapped in [false, true] {
      #expect(try ByteSource.open(scratch.write([], to: "empty"), mapped: mapped).count == 0)
      #expect(try ByteSource.open("/dev/null", mapped: mapped).count == 0)
      #expect(dataError { try ByteSource.open(scratch.path, mapped: mapped) }?.reason.contains("directory") == true)
      #expect(dataError { try ByteSource.open(scratch.file("no"), mapped: mapped) }?.file == scratch.file("no"))
    }
  }

  @Test func anOpenFileThatGetsShorterIsAnError() throws {
    let scratch = try Scratch()
    let source = try sources(scratch)[1]
    #expect(truncate(scratch.file("file"), 5_000) == 0)
    #expect(try source.bytes(0..<5_000) == Array(Self.content[..<5_000]))
    #expect(dataError { try source.bytes(4_999..<5_001) }?.reason.contains("shorter") == true)
  }

  private func word(at position: Int) -> Int32 {
    Self.content[position..<position + 4].reversed().reduce(0) { $0 << 8 | Int32($1) }
  }

  @Test func alignedElementsOfAMappedFileAreAView() throws {
    let scratch = try Scratch()
    for source in try sources(scratch) {
      let words = try source.tensor([3, 4], of: .int32, at: 8)
      let expected = (0..<12).map { word(at: 8 + 4 * $0) }
      #expect(words == Tensor(expected, shape: [3, 4]))
      #expect((source.mapping.map { words.storage === $0 } ?? false) == (source.mapping != nil))
      // At an odd place, swapped or wider they are copies.
      for copy in try [
        source.tensor([3], of: .int32, at: 9), source.tensor([3], of: .int32, bigEndian: true, at: 8),
        source.tensor([3], of: .int16, at: 8), source.tensor([3], of: .bool, at: 8),
        source.tensor([0, 3], of: .int32, at: 8),
      ] {
        #expect(copy.storage !== source.mapping)
      }
    }
  }

  /// More elements than are widened at once.
  @Test func widensPieceByPiece() throws {
    let values = (0..<40_000).map { Int16(truncatingIfNeeded: $0 &* 7919) }
    let data = Data(values.flatMap { [UInt8(truncatingIfNeeded: $0 >> 8), UInt8(truncatingIfNeeded: $0)] })
    let tensor = try ByteSource(data, name: "memory").tensor([200, 200], of: .int16, bigEndian: true, at: 0)
    #expect(tensor == Tensor(values.map { Int32($0) }, shape: [200, 200]))
  }

  /// Neither in a shared nor in a solely held mapping do changes reach the file or another tensor.
  @Test func changesOfAViewStayInMemory() throws {
    let scratch = try Scratch()
    let path = try scratch.write(Self.content, to: "file")
    var source: ByteSource? = try ByteSource.open(path, mapped: true)
    let other = try #require(try source?.tensor([10], of: .uint8, at: 0))
    var first = try #require(try source?.tensor([10], of: .uint8, at: 0))
    first[0] = Tensor(UInt8(99))
    #expect(first[0].item() == 99 && other[0].item() == 0)
    var second = other[..<5]
    withExtendedLifetime(other) { second[1] = Tensor(UInt8(98)) }
    #expect(other[1].item() == 37)

    source = nil
    var last = try ByteSource.open(path, mapped: true).tensor([10_000], of: .uint8, at: 0)
    last[2] = Tensor(UInt8(97))
    #expect(last[2].item() == 97)
    #expect(try readFile(path) == Data(Self.content))
  }

  #if os(Linux)
    /// The system's list of this process's mappings names the file as long as a tensor needs it.
    @Test func theMappingEndsWithItsLastTensor() throws {
      let scratch = try Scratch()
      let path = try scratch.write(Self.content, to: "file")
      func isMapped() throws -> Bool { try String(decoding: readFile("/proc/self/maps"), as: UTF8.self).contains(path) }
      var tensor: Tensor? = try ByteSource.open(path, mapped: true).tensor([100], of: .uint8, at: 0)
      var view: Tensor? = tensor?[50...]
      tensor = nil
      #expect(try isMapped())
      #expect(view?[0].item() == Double(Self.content[50]))
      view = nil
      #expect(try !isMapped())
    }
  #endif
}
