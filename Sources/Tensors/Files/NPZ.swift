import Foundation

/// numpy's `.npz` format: named arrays in one zip file, each an ``NPY`` file `NAME.npy`.
///
/// Plain and compressed files are read, of any size. Members of other kinds hold no tensor and are passed over.
public enum NPZ {
  /// Writes tensors to a file that `numpy.load` reads, through a temporary one that then takes its name.
  ///
  /// - Parameter compressed: Whether the data is deflated, as `numpy.savez_compressed` does it; else stored as it is, as
  ///   `numpy.savez` does it, which is much faster and not much larger for most weights.
  /// - Throws: ``DataError`` naming the path if it can't be written, or a name of more than 65,531 bytes.
  public static func write(_ tensors: [String: Tensor], compressed: Bool = false, to path: String) throws {
    try writeAtomically(encode(tensors, compressed: compressed, path: path), to: path)
  }

  /// Reads every tensor of a file.
  ///
  /// - Throws: ``DataError`` naming the file, the member, the part of it and what was expected.
  public static func read(_ path: String) throws -> [String: Tensor] { try Reader(path).tensors() }

  package static func decode(_ data: Data, name: String) throws -> [String: Tensor] {
    try Reader(ByteSource(data, name: name)).tensors()
  }

  package static func encode(_ tensors: [String: Tensor], compressed: Bool, path: String) throws -> Data {
    var archive = ZipWriter()
    for (name, tensor) in tensors.sorted(by: { $0.key < $1.key }) {
      let member = name + ".npy"
      guard member.utf8.count <= 0xFFFF else {
        let reason = "has \(name.utf8.count) bytes, expected at most 65531"
        throw DataError(file: path, field: "name \(name.prefix(20))…", reason: reason)
      }
      archive.add(member, NPY.encode(tensor), compressed: compressed)
    }
    return archive.finish()
  }

  /// A file whose tensors are read when asked for, one by one.
  ///
  /// ```swift
  /// let file = try NPZ.Reader("digits.npz")
  /// let images = try file.tensor("images")
  /// ```
  public struct Reader: Sendable {
    private let archive: ZipArchive
    private let members: [String: ZipMember]
    private let file: String

    /// Opens a file, and checks its directory. It stays open as long as the reader lives.
    ///
    /// - Throws: ``DataError`` naming the file and what was expected.
    public init(_ path: String) throws { try self.init(ByteSource.open(path, mapped: false)) }

    package init(_ source: ByteSource) throws {
      (archive, file) = (try ZipArchive(source), source.name)
      let arrays = archive.members.filter { $0.name.hasSuffix(".npy") }
      members = Dictionary(uniqueKeysWithValues: arrays.map { (String($0.name.dropLast(4)), $0) })
    }

    /// The names of the tensors, sorted.
    public var names: [String] { members.keys.sorted() }

    /// Reads one tensor.
    ///
    /// - Throws: ``DataError`` if there is none of that name, if no dtype holds its type without loss, or if it can't be
    ///   read.
    public func tensor(_ name: String) throws -> Tensor {
      guard let member = members[name] else {
        throw DataError(file: file, field: name, reason: "is not in the file; expected one of \(names)")
      }
      let content = ByteSource(try archive.content(of: member), name: file)
      do {
        return try NPY.decode(content)
      } catch let error as DataError {
        throw DataError(file: file, field: "\(member.field) \(error.field)", reason: error.reason)
      }
    }

    func tensors() throws -> [String: Tensor] {
      try Dictionary(uniqueKeysWithValues: names.map { ($0, try tensor($0)) })
    }
  }
}
