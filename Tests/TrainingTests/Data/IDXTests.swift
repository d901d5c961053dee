import Foundation
import TestSupport
import Testing

import Training

@Suite struct IDXTests {
  /// A 2 x 3 array of the bytes 1 ... 6.
  static let matrix: [UInt8] = [0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6]
  /// The two labels 7 and 9, as `gzip -n` compresses their IDX file.
  static let compressedLabels: [UInt8] = [
    0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0x63, 0x60, 0xe0, 0x60, 0x64, 0x60, 0x60, 0x60, 0x62,
    0xe7, 0x04, 0x00, 0x7a, 0x82, 0x01, 0xa3, 0x0a, 0x00, 0x00, 0x00,
  ]

  private func array(_ bytes: [UInt8]) throws -> IDXArray {
    try IDXArray(data: Data(bytes), name: "a.idx")
  }

  private func reasonAndField(_ bytes: [UInt8]) -> (field: String?, reason: String) {
    let error = dataError { try array(bytes) }
    #expect(error?.file == "a.idx")
    return (error?.field, error?.reason ?? "")
  }

  @Test func readsDimensionsAndElements() throws {
    let array = try array(Self.matrix)
    #expect(array.dimensions == [2, 3])
    #expect(array.bytes == [1, 2, 3, 4, 5, 6])
  }

  @Test func readsTheMostSignificantByteFirst() throws {
    let array = try array([0, 0, 8, 1, 0, 0, 1, 2] + [UInt8](repeating: 5, count: 258))
    #expect(array.dimensions == [258])
  }

  @Test func readsFourAxesAndNoElements() throws {
    let four = try array([0, 0, 8, 4, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 1, 8, 9])
    #expect(four.dimensions == [1, 1, 2, 1])
    #expect(four.bytes == [8, 9])
    let none = try array([0, 0, 8, 1, 0, 0, 0, 0])
    #expect(none.dimensions == [0])
    #expect(none.bytes.isEmpty)
  }

  @Test func readsASliceOfData() throws {
    let array = try IDXArray(data: Data([9, 9] + Self.matrix).dropFirst(2), name: "a.idx")
    #expect(array.bytes == [1, 2, 3, 4, 5, 6])
  }

  @Test func readsPlainAndCompressedFiles() throws {
    let scratch = try Scratch()
    #expect(try IDXArray(contentsOf: scratch.write(Self.matrix, to: "plain")).dimensions == [2, 3])
    let labels = try IDXArray(contentsOf: scratch.write(Self.compressedLabels, to: "compressed"))
    #expect(labels.dimensions == [2])
    #expect(labels.bytes == [7, 9])
  }

  @Test func passesGzipErrorsOn() {
    #expect(reasonAndField(Array(Self.compressedLabels.dropLast())).field == "gzip stream")
  }

  @Test(arguments: [[], [0], [0, 0, 8]] as [[UInt8]]) func refusesFilesShorterThanTheMagic(bytes: [UInt8]) {
    let (field, reason) = reasonAndField(bytes)
    #expect(field == "magic")
    #expect(reason == "the file has \(bytes.count) bytes, expected at least 4")
  }

  @Test(arguments: [[1, 0, 8, 1], [0, 1, 8, 1], [0x89, 0x50, 0x4e, 0x47]] as [[UInt8]])
  func refusesAWrongMagic(bytes: [UInt8]) {
    let (field, reason) = reasonAndField(bytes + [0, 0, 0, 0])
    #expect(field == "magic")
    #expect(reason.contains("expected 00 00 08"))
  }

  @Test(arguments: [(0x09, "signed byte"), (0x0d, "32-bit float"), (0x07, "unknown type")] as [(UInt8, String)])
  func refusesOtherElementTypes(code: UInt8, name: String) {
    let (field, reason) = reasonAndField([0, 0, code, 1, 0, 0, 0, 1, 0, 0, 0, 1])
    #expect(field == "element type")
    #expect(reason == "found 0x0\(code == 0x0d ? "d" : String(code)) (\(name)), expected 0x08 (unsigned byte)")
  }

  @Test(arguments: [0, 5, 255] as [UInt8]) func refusesOtherRanks(rank: UInt8) {
    let (field, reason) = reasonAndField([0, 0, 8, rank] + [UInt8](repeating: 0, count: 1100))
    #expect(field == "rank")
    #expect(reason == "found \(rank), expected 1 to 4")
  }

  @Test func refusesATruncatedHeader() {
    let (field, reason) = reasonAndField(Array(Self.matrix[..<11]))
    #expect(field == "header")
    #expect(reason == "the file ends after 11 bytes, expected 12 for 2 axes")
  }

  @Test func refusesMissingAndExtraElements() {
    let short = reasonAndField(Self.matrix.dropLast())
    #expect(short.field == "elements")
    #expect(short.reason == "truncated: found 5 bytes, expected 6 for the dimensions [2, 3]")
    let long = reasonAndField(Self.matrix + [0])
    #expect(long.field == "elements")
    #expect(long.reason == "too long: found 7 bytes, expected 6 for the dimensions [2, 3]")
  }

  @Test func refusesDimensionsThatOverflow() {
    let (field, reason) = reasonAndField([0, 0, 8, 3] + [UInt8](repeating: 0xff, count: 12))
    #expect(field == "dimensions")
    #expect(reason.contains("4294967295"))
    // A product of 2^64, which would wrap around to the 0 elements that are there.
    let wrapping = reasonAndField([0, 0, 8, 4] + [0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0])
    #expect(wrapping.field == "dimensions")
  }
}
