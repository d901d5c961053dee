import Tensors

extension Module {
  /// Writes the state dict to a `.safetensors` file, through a temporary one that then takes its name.
  ///
  /// - Throws: `DataError` naming the path.
  public func save(to path: String) throws { try SafeTensors.write(stateDict(), to: path) }

  /// Loads the state dict from a `.safetensors` file, such as one saved by the PyTorch twin.
  ///
  /// - Throws: `DataError` for the file, ``StateDictError`` for its contents.
  public func load(from path: String, strict: Bool = true) throws {
    // Not mapped: a model may live longer than its file keeps its content.
    try loadStateDict(SafeTensors.read(path, mapped: false).tensors, strict: strict)
  }
}

extension Module: CustomStringConvertible {
  /// The structure as PyTorch prints it: one line a module, children indented.
  public var description: String {
    let name = "\(type(of: self))"
    let children = namedChildren()
    guard !children.isEmpty else { return "\(name)(\(extraDescription))" }
    let lines = children.map { child in
      "  (\(child.name)): " + child.module.description.split(separator: "\n").joined(separator: "\n  ")
    }
    return "\(name)(\n\(lines.joined(separator: "\n"))\n)"
  }
}
