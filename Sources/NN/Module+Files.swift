import Tensors

extension Module {
  /// Writes the state dict to a `.safetensors` file, through a temporary one that then takes its name.
  ///
  /// - Throws: `DataError` naming the path.
  public func save(to path: String) throws { try SafeTensors.write(stateDict(), to: path) }

  /// Loads the state dict from a `.safetensors` file, such as one saved by the PyTorch twin.
  ///
  /// - Returns: The keys that do not match, which there can be without `strict`.
  /// - Throws: `DataError` for the file, ``StateDictError`` for its contents.
  @discardableResult
  public func load(from path: String, strict: Bool = true) throws -> IncompatibleKeys {
    // Not mapped: a model may live longer than its file keeps its content.
    try loadStateDict(SafeTensors.read(path, mapped: false).tensors, strict: strict)
  }
}
