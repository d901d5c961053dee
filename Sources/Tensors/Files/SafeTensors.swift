import Foundation
import Kernels

/// The safetensors format: named tensors in one file, as PyTorch's ecosystem exchanges weights.
///
/// Eight bytes of header length (little-endian), a JSON header that maps each name to its dtype, shape and byte range,
/// then the data. F16 and BF16 are read as `.float32`.
public enum SafeTensors {
  private static let headerLimit = 100 << 20

  /// Tensors and metadata of a file.
  public struct Contents: Sendable {
    /// The tensors by name.
    public var tensors: [String: Tensor]
    /// Free text by key.
    public var metadata: [String: String]
  }

  /// Writes tensors to a file, through a temporary one that then takes its name.
  ///
  /// - Throws: ``DataError`` naming the path if it can't be written.
  public static func write(_ tensors: [String: Tensor], metadata: [String: String] = [:], to path: String) throws {
    guard tensors["__metadata__"] == nil else {
      throw DataError(
        file: path, field: "__metadata__", reason: "is the format's own key; expected another tensor name")
    }
    try writeAtomically(encode(tensors, metadata: metadata), to: path)
  }

  /// Reads every tensor of a file.
  ///
  /// - Throws: ``DataError`` naming the file, the tensor and what was expected.
  public static func read(_ path: String) throws -> Contents { try decode(readFile(path), name: path) }

  package static func encode(_ tensors: [String: Tensor], metadata: [String: String]) throws -> Data {
    var header: [String: Any] = metadata.isEmpty ? [:] : ["__metadata__": metadata]
    var body = Data()
    // Larger elements first, so that each tensor starts aligned; then by name, so that equal contents give equal files.
    for (name, tensor) in tensors.sorted(by: { ($1.value.dtype.size, $0.key) < ($0.value.dtype.size, $1.key) }) {
      let source = tensor.contiguous
      let start = body.count
      withExtendedLifetime(source) {
        body.append(source.data.of(UInt8.self), count: source.elementCount * source.dtype.size)
      }
      header[name] = ["dtype": code(tensor.dtype), "shape": Array(tensor.shape), "data_offsets": [start, body.count]]
    }
    var json = try JSONSerialization.data(withJSONObject: header, options: [.sortedKeys, .withoutEscapingSlashes])
    json.append(Data(repeating: 0x20, count: (8 - json.count % 8) % 8))
    return withUnsafeBytes(of: UInt64(json.count).littleEndian) { Data($0) } + json + body
  }

  package static func decode(_ data: Data, name: String) throws -> Contents {
    func bad(_ field: String, _ reason: String) -> DataError { DataError(file: name, field: field, reason: reason) }
    guard data.count >= 8 else { throw bad("header length", "the file has \(data.count) bytes; expected at least 8") }
    let length = data.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= UInt64(min(headerLimit, data.count - 8)) else {
      throw bad("header length", "\(length) bytes in a file of \(data.count)")
    }
    let start = data.startIndex + 8
    let json = data[start..<start + Int(length)]
    guard let header = try? JSONSerialization.jsonObject(with: json) as? [String: Any] else {
      throw bad("header", "not a JSON object")
    }
    let body = data[(start + Int(length))...]
    var contents = Contents(tensors: [:], metadata: header["__metadata__"] as? [String: String] ?? [:])
    var ranges: [Range<Int>] = []
    for (key, value) in header where key != "__metadata__" {
      guard let entry = Entry(value) else {
        throw bad(key, "expected dtype, shape and data_offsets, two increasing numbers")
      }
      contents.tensors[key] = try tensor(entry, body) { bad(key, $0) }
      ranges.append(entry.start..<entry.end)
    }
    guard tile(ranges, body.count) else {
      throw bad("data_offsets", "gaps or overlaps: the tensors do not fill the data part of \(body.count) bytes")
    }
    return contents
  }

  /// Whether the ranges, put in order, cover 0..<count with neither gap nor overlap.
  private static func tile(_ ranges: [Range<Int>], _ count: Int) -> Bool {
    var end = 0
    for range in ranges.sorted(by: { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }) {
      guard range.lowerBound == end else { return false }
      end = range.upperBound
    }
    return end == count
  }

  /// One tensor's line of the header.
  private struct Entry {
    let code: String
    let shape: [Int]
    let start: Int
    let end: Int

    init?(_ value: Any) {
      guard let entry = value as? [String: Any], let code = entry["dtype"] as? String,
        let shape = entry["shape"] as? [Int], let offsets = entry["data_offsets"] as? [Int], offsets.count == 2,
        offsets[0] >= 0, offsets[0] <= offsets[1], shape.allSatisfy({ $0 >= 0 })
      else { return nil }
      (self.code, self.shape, start, end) = (code, shape, offsets[0], offsets[1])
    }
  }

  private static func tensor(_ entry: Entry, _ body: Data, _ bad: (String) -> DataError) throws -> Tensor {
    guard let (dtype, size) = layout(entry.code) else { throw bad("dtype \(entry.code) is not supported") }
    guard entry.end <= body.count else {
      throw bad("bytes \(entry.start)..<\(entry.end) of a data part of \(body.count) bytes")
    }
    var bytes = size
    for extent in entry.shape {
      let (product, overflow) = bytes.multipliedReportingOverflow(by: extent)
      guard !overflow else { throw bad("shape \(entry.shape) is too large") }
      bytes = product
    }
    guard bytes == entry.end - entry.start else {
      throw bad(
        "shape \(entry.shape) of \(entry.code) takes \(bytes) bytes, the offsets span \(entry.end - entry.start)")
    }
    let result = Tensor(uninitialized: Shape(entry.shape), dtype)
    let range = body.startIndex + entry.start..<body.startIndex + entry.end
    body[range].withUnsafeBytes { source in
      if entry.code == "F16" || entry.code == "BF16" {
        widen(source, isBrain: entry.code == "BF16", result.freshData.of(Float.self))
      } else if let base = source.baseAddress {
        result.freshData.copyMemory(from: base, byteCount: bytes)
      }
    }
    if dtype == .bool { return result.view(as: .uint8) .!= 0 }
    return result
  }

  /// Half-precision numbers as float32, exactly.
  private static func widen(_ source: UnsafeRawBufferPointer, isBrain: Bool, _ target: UnsafeMutablePointer<Float>) {
    for i in 0..<source.count / 2 {
      let bits = UInt16(littleEndian: source.loadUnaligned(fromByteOffset: 2 * i, as: UInt16.self))
      target[i] = isBrain ? Float(bitPattern: UInt32(bits) << 16) : float(half: bits)
    }
  }

  private static func float(half bits: UInt16) -> Float {
    let (exponent, fraction) = (Int(bits >> 10 & 0x1F), Float(bits & 0x3FF))
    let sign: Float = bits >> 15 == 0 ? 1 : -1
    switch exponent {
    case 0: return sign * fraction * 0x1p-24
    case 31: return fraction == 0 ? sign * .infinity : .nan
    default: return sign * (1024 + fraction) * Float(sign: .plus, exponent: exponent - 25, significand: 1)
    }
  }

  private static func code(_ dtype: DType) -> String {
    switch dtype {
    case .float32: "F32"
    case .float64: "F64"
    case .int32: "I32"
    case .int64: "I64"
    case .uint8: "U8"
    case .bool: "BOOL"
    }
  }

  private static func layout(_ code: String) -> (dtype: DType, size: Int)? {
    if code == "F16" || code == "BF16" { return (.float32, 2) }
    return DType.allCases.first { self.code($0) == code }.map { ($0, $0.size) }
  }
}

extension Tensor {
  /// The same memory read as another dtype of the same size.
  fileprivate func view(as dtype: DType) -> Tensor {
    Tensor(storage: storage, shape: shape, strides: strides, offset: offset, dtype: dtype)
  }
}
