extension SafeTensors {
  /// A file whose tensors are read when asked for, one by one.
  ///
  /// ```swift
  /// let file = try SafeTensors.Reader("model.safetensors")
  /// let weight = try file.tensor("decoder.weight")
  /// ```
  public struct Reader: Sendable {
    /// Free text by key.
    public let metadata: [String: String]
    private let source: ByteSource
    private let entries: [String: SafeTensorsHeader.Entry]

    /// Opens a file, and checks its whole header.
    ///
    /// - Parameter mapped: Whether tensors may be views of the file: see ``SafeTensors/read(_:mapped:)``. The file stays
    ///   open or mapped as long as the reader lives.
    /// - Throws: ``DataError`` naming the file, the tensor and what was expected.
    public init(_ path: String, mapped: Bool = true) throws { try self.init(ByteSource.open(path, mapped: mapped)) }

    package init(_ source: ByteSource) throws {
      let header = try SafeTensorsHeader(source)
      (metadata, entries) = (header.metadata, header.entries)
      self.source = source
    }

    /// The names of the tensors, sorted.
    public var names: [String] { entries.keys.sorted() }

    /// The sizes of a tensor's axes; nil if there is no tensor of that name. Reads none of its elements.
    public func shape(of name: String) -> Shape? { entries[name].map { Shape($0.sizes) } }

    /// Reads one tensor.
    ///
    /// - Throws: ``DataError`` if there is none of that name, if no dtype holds its type without loss, or if it can't be
    ///   read.
    public func tensor(_ name: String) throws -> Tensor {
      guard let entry = entries[name] else { throw error(name, "is not in the file; expected one of \(names)") }
      guard let kind = entry.kind else { throw error(name, "dtype \(entry.code) is not supported") }
      return try source.tensor(Shape(entry.sizes), of: kind, at: entry.bytes.lowerBound)
    }

    func contents() throws -> Contents {
      let tensors = try names.map { ($0, try tensor($0)) }
      return Contents(tensors: Dictionary(uniqueKeysWithValues: tensors), metadata: metadata)
    }

    private func error(_ field: String, _ reason: String) -> DataError {
      DataError(file: source.name, field: field, reason: reason)
    }
  }
}
