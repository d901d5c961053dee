/// A list of modules whose parameters are the holder's too. Their names are their positions. It has no forward pass itself:
/// `for layer in layers { x = layer(x) }`.
///
/// A plain array of modules does the same, `let layers: [Linear]`; a list can grow after it is made, and is a module itself.
public final class ModuleList: Module, RandomAccessCollection {
  private var entries: [Module]

  /// These modules in order.
  public convenience init(_ modules: Module...) { self.init(modules) }

  /// These modules in order.
  public init(_ modules: [Module]) { entries = modules }

  /// The modules that a block lists, in order.
  public convenience init(@ModuleBuilder _ modules: () -> [Module]) { self.init(modules()) }

  public override func members() -> [(name: String, value: Any)] {
    entries.enumerated().map { ("\($0.offset)", $0.element) }
  }

  /// The position of the first module.
  public var startIndex: Int { 0 }
  /// The position behind the last module.
  public var endIndex: Int { entries.count }

  /// The module at a position.
  public subscript(index: Int) -> Module {
    get { entries[index] }
    set { entries[index] = newValue }
  }

  /// Adds a module at the end.
  public func append(_ module: Module) { entries.append(module) }

  /// Adds modules at the end.
  public func append(contentsOf more: some Sequence<Module>) { entries.append(contentsOf: more) }

  /// Puts a module before the one at a position.
  public func insert(_ module: Module, at index: Int) { entries.insert(module, at: index) }
}
