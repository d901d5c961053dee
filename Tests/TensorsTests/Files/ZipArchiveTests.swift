import Foundation
import TestSupport
import Testing

import Tensors

/// Zip files that lie, each made from a good one by changing the fields of its records.
@Suite struct ZipArchiveTests {
  /// Two members, the first deflated.
  private let good: Data = {
    var archive = ZipWriter()
    archive.add("a.npy", NPY.encode(counting([2, 3])), compressed: true)
    archive.add("b.npy", NPY.encode(counting([4])), compressed: false)
    return archive.finish()
  }()

  private enum Record: UInt8 { case header = 3, line = 1, end = 5 }

  /// Where the first record of a kind starts, or the second.
  private func position(_ record: Record, _ number: Int = 0) throws -> Int {
    let signature = Data([0x50, 0x4B, record.rawValue, record.rawValue + 1])
    let first = try #require(good.range(of: signature))
    return number == 0 ? first.lowerBound : try #require(good[first.upperBound...].range(of: signature)).lowerBound
  }

  /// The good file with some bytes of a record replaced.
  private func changed(_ record: Record, _ number: Int = 0, at offset: Int, to bytes: [UInt8]) throws -> Data {
    let start = try position(record, number) + offset
    return good.replacing(start..<start + bytes.count, with: bytes)
  }

  private func check(_ data: Data, _ field: String, _ reason: String, _ location: SourceLocation = #_sourceLocation) {
    let error = dataError(location) { try NPZ.decode(data, name: "a.npz") }
    #expect(error?.file == "a.npz" && error?.field == field, "\(error?.field ?? "")", sourceLocation: location)
    #expect(error?.reason.contains(reason) == true, "\(error?.reason ?? "")", sourceLocation: location)
  }

  @Test func theGoodFileIsGood() throws {
    #expect(try NPZ.decode(good, name: "a.npz") == ["a": counting([2, 3]), "b": counting([4])])
  }

  @Test func otherFilesAreNoZip() {
    check(Data(), "zip end", "is missing")
    check(Data("hello".utf8), "zip end", "is missing")
    check(Data(count: 100_000), "zip end", "is missing")
  }

  @Test func theEndMustDescribeTheDirectory() throws {
    check(try changed(.end, at: 8, to: [3, 0, 3, 0]), "zip directory", "lists 2 members, expected 3")
    check(try changed(.end, at: 8, to: [1, 0]), "zip end", "split")
    check(try changed(.end, at: 4, to: [1, 0]), "zip end", "split")
    check(try changed(.end, at: 12, to: [0xFF, 0xFF, 0xFF, 0x7F]), "zip end", "overlaps the record")
    check(try changed(.end, at: 16, to: [0xFF, 0xFF, 0xFF, 0xFF]), "zip end", "overlaps the record")
    check(try changed(.end, at: 12, to: [50, 0, 0, 0]), "zip directory", "ends after 50 bytes")
    check(try changed(.end, at: 16, to: [0, 0, 0, 0]), "zip directory", "starts with 4034b50, expected 2014b50")
  }

  @Test func linesMustStandInTheDirectory() throws {
    check(try changed(.line, at: 28, to: [0xFF, 0xFF]), "zip directory", "ends after")
    check(try changed(.line, 1, at: 46, to: Array("a".utf8)), "zip directory", "a.npy is listed twice")
    check(try changed(.line, at: 46, to: [0xFF]), "zip directory", "isn't UTF-8")
    check(try changed(.line, 1, at: 42, to: [0, 0, 0, 0]), "zip directory", "the same place")
    // A 64-bit size that isn't there.
    check(try changed(.line, at: 24, to: [0xFF, 0xFF, 0xFF, 0xFF]), "member a.npy zip64 field", "ends after 0 bytes")
  }

  @Test func membersMustStandBeforeTheNext() throws {
    let size = "member a.npy size"
    check(try changed(.line, at: 20, to: [0xFE, 0xFF, 0xFF, 0xFF]), size, "reach into what follows")
    check(try changed(.line, 1, at: 42, to: [40, 0, 0, 0]), size, "reach into what follows")
    check(try changed(.header, at: 28, to: [0xFF, 0xFF]), size, "reach into what follows")
    check(try changed(.line, 1, at: 42, to: [0, 0, 0, 0x7F]), "member b.npy offset", "not before the directory")
    let second = UInt8(try position(.header, 1))
    check(try changed(.line, 1, at: 42, to: [second + 1, 0, 0, 0]), "member b.npy", "starts with")
  }

  @Test func directoryAndHeaderMustNameTheSameMember() throws {
    check(try changed(.header, at: 30, to: [0x63]), "member a.npy name", "differs")
    check(try changed(.header, at: 0, to: [0]), "member a.npy", "starts with")
  }

  @Test func refusesOtherCompressionsAndEncryption() throws {
    check(try changed(.line, at: 10, to: [9, 0]), "member a.npy compression", "method 9; expected 0 or 8")
    check(try changed(.line, at: 8, to: [1, 0]), "member a.npy encryption", "is encrypted")
  }

  /// The sizes and checksums before the data don't count: the directory's do.
  @Test func theDirectoryHasAuthority() throws {
    let data = try changed(.header, at: 14, to: Array(repeating: 0, count: 12))
    #expect(try NPZ.decode(data, name: "a.npz").count == 2)
    check(try changed(.line, at: 16, to: [0, 0, 0, 0]), "member a.npy checksum", "the directory says 0")
  }

  /// A member of 152 bytes that claims others, and deflated data that is not what it should be.
  @Test func sizesMustBeTrue() throws {
    let (size, stream) = ("member a.npy size", "member a.npy stream")
    check(try changed(.line, at: 24, to: [151, 0, 0, 0]), size, "expands to more than the 151 bytes allowed")
    check(try changed(.line, at: 24, to: [153, 0, 0, 0]), size, "has 152 bytes, the directory says 153")
    check(try changed(.line, at: 24, to: [0xFE, 0xFF, 0xFF, 0xFF]), size, "can't hold the 4294967294")
    check(try changed(.line, 1, at: 24, to: [1, 0, 0, 0]), "member b.npy size", "the directory says 1")
    let compressed = Int(good[try position(.line) + 20])
    check(try changed(.line, at: 20, to: [UInt8(compressed - 1)]), stream, "truncated")
    check(try changed(.header, at: 35, to: [0xFF]), stream, "damaged")
  }

  /// Deflated bytes behind the end of the stream, which a reader could overlook.
  @Test func streamsMustEndWithTheirMember() throws {
    let (header, line) = (try position(.header), try position(.line))
    let end = try position(.header, 1)
    var data = good.prefix(end) + [0] + good[end...]
    for (field, value) in [(20, data[line + 1 + 20] + 1)] { data[line + 1 + field] = value }
    // All that lies behind has moved by one byte.
    let second = try position(.line, 1) + 1
    data[second + 42] += 1
    data[try position(.end) + 1 + 16] += 1
    #expect(header == 0)
    check(data, "member a.npy stream", "ends 1 bytes before the member")
  }

  /// 1,032 bytes of zeros from each deflated byte are the most there is; the sizes say so, and are believed no further.
  @Test func zerosInflateToWhatTheDirectorySays() throws {
    let zeros = Tensor.zeros([400_000], dtype: .uint8)
    let data = try NPZ.encode(["zeros": zeros], compressed: true, path: "")
    #expect(data.count < 800)
    #expect(try NPZ.decode(data, name: "zeros.npz")["zeros"] == zeros)
  }
}

extension Data {
  fileprivate func replacing(_ range: Range<Int>, with bytes: [UInt8]) -> Data {
    prefix(range.lowerBound) + bytes + dropFirst(range.upperBound)
  }
}
