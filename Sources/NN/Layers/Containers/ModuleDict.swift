/// Modules by name, whose parameters are the holder's too, in the order in which they were added. It has no forward pass
/// itself: `x = blocks["encoder"]!(x)`.
///
/// A plain dictionary of modules does the same, sorted by name.
public final class ModuleDict: Module {
  /// The names in order.
  public private(set) var keys: [String]
  /// The modules in order.
  public private(set) var values: [Module]

  /// These modules under these names. A name that stands twice stops the program.
  public init(_ modules: KeyValuePairs<String, Module> = [:]) {
    requireDistinctNames(modules.map(\.key), "ModuleDict")
    (keys, values) = (modules.map(\.key), modules.map(\.value))
  }

  public override func members() -> [(name: String, value: Any)] { zip(keys, values).map { ($0, $1) } }

  /// The number of modules.
  public var count: Int { keys.count }
  /// Whether there is none.
  public var isEmpty: Bool { keys.isEmpty }

  /// The module of a name, or nil. A new one takes the place of the old, or comes last; nil removes it.
  public subscript(name: String) -> Module? {
    get { keys.firstIndex(of: name).map { values[$0] } }
    set {
      switch (keys.firstIndex(of: name), newValue) {
      case (let index?, let module?): values[index] = module
      case (let index?, nil): (_, _) = (keys.remove(at: index), values.remove(at: index))
      case (nil, let module?): append(module, name)
      case (nil, nil): break
      }
    }
  }

  private func append(_ module: Module, _ name: String) {
    requireDistinctNames([name], "ModuleDict")
    keys.append(name)
    values.append(module)
  }
}
