import Autograd
import Tensors

/// Modules one after the other: the output of each is the input of the next. Their names are their positions, unless they
/// are given some.
///
/// ```swift
/// Sequential(Linear(784, 128), ReLU(), Linear(128, 10))
/// Sequential(["fc1": Linear(784, 128), "relu": ReLU(), "fc2": Linear(128, 10)])
/// Sequential {
///   Linear(784, 128)
///   for _ in 0..<depth { Residual { Linear(128, 128); ReLU() } }
///   if dropout > 0 { Dropout(dropout) }
///   Linear(128, 10)
/// }
/// ```
public final class Sequential: Module {
  /// The modules in order.
  public private(set) var layers: [Module]
  /// The names of the first layers; those behind have their positions.
  private let names: [String]

  /// These modules in order.
  public convenience init(_ layers: Module...) { self.init(layers) }

  /// These modules in order.
  public init(_ layers: [Module]) { (self.layers, names) = (layers, []) }

  /// These modules in order, under these names. A name that stands twice stops the program.
  public init(_ layers: KeyValuePairs<String, Module>) {
    requireDistinctNames(layers.map(\.key), "Sequential")
    (self.layers, names) = (layers.map(\.value), layers.map(\.key))
  }

  /// The modules that a block lists, in order.
  public convenience init(@ModuleBuilder _ layers: () -> [Module]) { self.init(layers()) }

  public override func members() -> [(name: String, value: Any)] {
    layers.enumerated().map { ($0.offset < names.count ? names[$0.offset] : "\($0.offset)", $0.element) }
  }

  public override func forward(_ x: Variable) -> Variable { layers.reduce(x) { $1($0) } }

  /// The number of modules.
  public var count: Int { layers.count }

  /// The module at a position.
  public subscript(index: Int) -> Module { layers[index] }

  /// The modules of a range of positions, shared with this one: `model[..<3]`. Positions count from 0 in the result.
  public subscript<Positions: RangeExpression<Int>>(range: Positions) -> Sequential {
    Sequential(Array(layers[range.relative(to: layers)]))
  }

  /// Adds a module at the end, named by its position; a given name that is this position stops the program.
  @discardableResult
  public func append(_ module: Module) -> Self {
    layers.append(module)
    requireDistinctNames(members().map(\.name), "Sequential")
    return self
  }
}

/// Stops the program where two modules have one name, or one that would not lead back to its module.
func requireDistinctNames(_ names: [String], _ container: String) {
  var seen: Set<String> = []
  for name in names {
    require(
      !name.isEmpty && !name.contains("."), container, "a module named \"\(name)\"; expected a name without dots")
    require(seen.insert(name).inserted, container, "two modules named \"\(name)\"; expected distinct names")
  }
}
