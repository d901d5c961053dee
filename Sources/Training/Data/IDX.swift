import Foundation
import Tensors

/// An array of bytes in the IDX format of MNIST: a magic number, big-endian dimensions, the elements in row-major order.
public struct IDXArray: Sendable {
  /// The sizes of the axes, slowest first: [images, rows, columns], or [labels].
  public let dimensions: [Int]
  /// The elements, as many as the product of `dimensions`.
  public let bytes: [UInt8]

  /// The largest content that a compressed file may expand to: a small damaged file can't fill the memory.
  package static let largestContent = 1 << 31

  /// Reads the file at `path`, plain or compressed by gzip. Throws a `DataError` if it isn't an IDX file of bytes.
  public init(contentsOf path: String) throws {
    try self.init(data: readFile(path), name: path)
  }

  /// Reads the content of an IDX file, plain or compressed by gzip; `name` stands in the errors.
  package init(data: Data, name: String) throws {
    let plain = data.isGzip ? try gunzip(data, name: name, limit: Self.largestContent) : data
    let header = try IDXHeader([UInt8](plain.prefix(IDXHeader.longest)), name: name)
    try header.check(elements: plain.count - header.length)
    dimensions = header.dimensions
    bytes = [UInt8](plain.dropFirst(header.length))
  }
}

/// The first bytes of an IDX file: 0, 0, element type, rank, and a 32-bit size for each axis.
private struct IDXHeader {
  static let longest = 4 + 4 * 4

  let name: String
  let dimensions: [Int]
  var length: Int { 4 + 4 * dimensions.count }

  init(_ bytes: [UInt8], name: String) throws {
    self.name = name
    guard bytes.count >= 4 else {
      throw DataError(file: name, field: "magic", reason: "the file has \(bytes.count) bytes, expected at least 4")
    }
    let rank = try Self.rank(Array(bytes[..<4]), name: name)
    guard bytes.count >= 4 + 4 * rank else {
      let reason = "the file ends after \(bytes.count) bytes, expected \(4 + 4 * rank) for \(rank) axes"
      throw DataError(file: name, field: "header", reason: reason)
    }
    dimensions = (1...rank).map { axis in bytes[4 * axis..<4 * axis + 4].reduce(0) { $0 << 8 | Int($1) } }
  }

  /// Checks the four bytes of the magic number and returns the rank, which is the last of them.
  private static func rank(_ magic: [UInt8], name: String) throws -> Int {
    guard magic[0] == 0, magic[1] == 0 else {
      let found = magic.map { String(format: "%02x", $0) }.joined(separator: " ")
      throw DataError(file: name, field: "magic", reason: "starts with \(found), expected 00 00 08 and the rank")
    }
    guard magic[2] == 0x08 else {
      let reason = "found \(elementType(magic[2])), expected 0x08 (unsigned byte)"
      throw DataError(file: name, field: "element type", reason: reason)
    }
    guard (1...4).contains(magic[3]) else {
      throw DataError(file: name, field: "rank", reason: "found \(magic[3]), expected 1 to 4")
    }
    return Int(magic[3])
  }

  private static func elementType(_ code: UInt8) -> String {
    let names: [UInt8: String] = [
      0x09: "signed byte", 0x0b: "16-bit integer", 0x0c: "32-bit integer", 0x0d: "32-bit float", 0x0e: "64-bit float",
    ]
    return String(format: "0x%02x", code) + " (\(names[code] ?? "unknown type"))"
  }

  /// Compares the dimensions with the number of elements that follow the header.
  func check(elements: Int) throws {
    var expected = 1
    for dimension in dimensions {
      let product = expected.multipliedReportingOverflow(by: dimension)
      guard !product.overflow else {
        let reason = "\(dimensions) are more elements than a 64-bit integer counts, found \(elements)"
        throw DataError(file: name, field: "dimensions", reason: reason)
      }
      expected = product.partialValue
    }
    guard elements == expected else {
      let state = elements < expected ? "truncated" : "too long"
      let reason = "\(state): found \(elements) bytes, expected \(expected) for the dimensions \(dimensions)"
      throw DataError(file: name, field: "elements", reason: reason)
    }
  }
}
