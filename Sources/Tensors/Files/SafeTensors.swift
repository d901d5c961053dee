import Foundation

/// The safetensors format: named tensors in one file, as PyTorch's ecosystem exchanges weights.
///
/// Eight bytes of header length (little-endian), a JSON header that maps each name to its dtype, shape and byte range,
/// then the data without gaps.
///
/// | in the file | tensor |
/// |---|---|
/// | F32, F64, I32, I64, U8, BOOL | of that type |
/// | F16, BF16 | `.float32` |
/// | I8, I16, U16 | `.int32` |
/// | U32 | `.int64` |
///
/// Every other type, U64 among them, would lose values and is an error.
public enum SafeTensors {
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
  /// A mapped file costs no memory and little time until its elements are used: the tensors are views of it. A tensor
  /// that is changed gets memory of its own; the file never changes. The mapping ends with its last tensor. As long as
  /// there is one, the file must keep its content: replace it as ``write(_:metadata:to:)`` does, by a new file that takes
  /// the name. If another program overwrites it in place, tensors may change; if it is shortened, the system stops this
  /// program at the first access. Pass `mapped: false` where you can't know.
  ///
  /// - Parameter mapped: Whether tensors may be views of the file; else each gets memory of its own at once.
  /// - Throws: ``DataError`` naming the file, the tensor and what was expected.
  public static func read(_ path: String, mapped: Bool = true) throws -> Contents {
    try Reader(path, mapped: mapped).contents()
  }

  package static func decode(_ data: Data, name: String) throws -> Contents {
    try Reader(ByteSource(data, name: name)).contents()
  }

  package static func encode(_ tensors: [String: Tensor], metadata: [String: String]) throws -> Data {
    // Larger elements first, so that each tensor starts aligned; then by name, so that equal contents give equal files.
    let tensors = tensors.sorted { ($1.value.dtype.size, $0.key) < ($0.value.dtype.size, $1.key) }
    var header: [String: Any] = metadata.isEmpty ? [:] : ["__metadata__": metadata]
    var end = 0
    for (name, tensor) in tensors {
      let (start, code) = (end, SafeTensorsHeader.code(tensor.dtype))
      end += tensor.elementCount * tensor.dtype.size
      header[name] = ["dtype": code, "shape": Array(tensor.shape), "data_offsets": [start, end]]
    }
    var json = try JSONSerialization.data(withJSONObject: header, options: [.sortedKeys, .withoutEscapingSlashes])
    json.append(Data(repeating: 0x20, count: (8 - json.count % 8) % 8))
    var file = Data(capacity: 8 + json.count + end)
    withUnsafeBytes(of: UInt64(json.count).littleEndian) { file.append(contentsOf: $0) }
    file.append(json)
    for (_, tensor) in tensors { file.append(elementsOf: tensor) }
    return file
  }
}

extension Data {
  /// Appends the elements in row-major order, as they stand in memory.
  mutating func append(elementsOf tensor: Tensor) {
    let source = tensor.contiguous
    withExtendedLifetime(source) {
      append(source.data.of(UInt8.self), count: source.elementCount * source.dtype.size)
    }
  }
}
