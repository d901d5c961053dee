import Foundation
import TestSupport
import Testing

import Tensors

@Suite struct GzipTests {
  /// "hello, adjoint\n", as `gzip -n` writes it.
  static let hello: [UInt8] = [
    0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0xcb, 0x48, 0xcd, 0xc9, 0xc9, 0xd7, 0x51, 0x48, 0x4c,
    0xc9, 0xca, 0xcf, 0xcc, 0x2b, 0xe1, 0x02, 0x00, 0xd4, 0x25, 0xe3, 0x81, 0x0f, 0x00, 0x00, 0x00,
  ]
  /// "second member\n", as `gzip -n` writes it.
  static let second: [UInt8] = [
    0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0x2b, 0x4e, 0x4d, 0xce, 0xcf, 0x4b, 0x51, 0xc8, 0x4d,
    0xcd, 0x4d, 0x4a, 0x2d, 0xe2, 0x02, 0x00, 0x36, 0x18, 0x4b, 0x0e, 0x0e, 0x00, 0x00, 0x00,
  ]
  /// 200,000 zero bytes, as `gzip -9n` writes them.
  static let zeros: [UInt8] =
    [
      0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xed, 0xc1, 0x31, 0x01, 0x00, 0x00, 0x00, 0xc2, 0xa0,
      0xf5, 0x4f, 0x6d, 0x06, 0x7f, 0xa0,
    ]
    + [UInt8](repeating: 0x00, count: 193)
    + [0x80, 0xd7, 0x00, 0x7b, 0x58, 0xe0, 0x5c, 0x40, 0x0d, 0x03, 0x00]

  private func text(_ bytes: [UInt8], limit: Int = 1000) throws -> String {
    String(decoding: try gunzip(Data(bytes), name: "a.gz", limit: limit), as: UTF8.self)
  }

  @Test func knowsGzipByItsMagic() {
    #expect(Data(Self.hello).isGzip)
    #expect(Data([0x1f, 0x8b]).isGzip)
    #expect(!Data([0x1f]).isGzip)
    #expect(!Data([0x1f, 0x8c, 8]).isGzip)
    #expect(!Data().isGzip)
  }

  @Test func inflatesOneMember() throws {
    #expect(try text(Self.hello) == "hello, adjoint\n")
  }

  @Test func inflatesASliceOfData() throws {
    let data = Data([1, 2, 3] + Self.hello + [9]).dropFirst(3).dropLast()
    #expect(try gunzip(data, name: "a.gz", limit: 100) == Data("hello, adjoint\n".utf8))
  }

  @Test func joinsAllMembers() throws {
    #expect(try text(Self.hello + Self.second + Self.hello) == "hello, adjoint\nsecond member\nhello, adjoint\n")
  }

  @Test func acceptsZerosAsPadding() throws {
    #expect(try text(Self.hello + [0, 0, 0, 0]) == "hello, adjoint\n")
  }

  @Test func inflatesMoreThanOneWindow() throws {
    #expect(try gunzip(Data(Self.zeros), name: "a.gz", limit: 200_000) == Data(count: 200_000))
  }

  @Test(arguments: 0..<hello.count) func detectsTruncation(length: Int) {
    let error = dataError { try text(Array(Self.hello[..<length])) }
    #expect(error?.file == "a.gz")
    #expect(error?.field == "gzip stream")
    #expect(error?.reason.hasPrefix("truncated") == true)
  }

  @Test func detectsATruncatedSecondMember() {
    let error = dataError { try text(Self.hello + Self.second.dropLast(9)) }
    #expect(error?.reason.hasPrefix("truncated") == true)
  }

  @Test(arguments: [27, 31]) func detectsAWrongChecksumAndLength(position: Int) {
    var bytes = Self.hello
    bytes[position] ^= 1
    #expect(dataError { try text(bytes) }?.field == "gzip checksum")
  }

  @Test func detectsADamagedStream() {
    var bytes = Self.hello
    bytes[10] = 0xff
    #expect(dataError { try text(bytes) }?.field == "gzip stream")
  }

  @Test func detectsBytesBehindTheLastMember() {
    let error = dataError { try text(Self.hello + [0, 7]) }
    #expect(error?.field == "gzip trailer")
    #expect(error?.reason.contains("2 bytes") == true)
  }

  @Test func stopsAtTheLimit() throws {
    #expect(try text(Self.hello, limit: 15) == "hello, adjoint\n")
    let error = dataError { try text(Self.hello, limit: 14) }
    #expect(error?.field == "gzip size")
    #expect(error?.reason.contains("14 bytes") == true)
    #expect(dataError { try text(Self.hello + Self.hello, limit: 29) }?.field == "gzip size")
    #expect(dataError { try text(Self.zeros, limit: 199_999) }?.field == "gzip size")
  }
}
