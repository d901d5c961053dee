import Autograd

/// Modules one after the other: the output of each is the input of the next. Their names are their positions.
///
/// `Sequential(Linear(784, 128), ReLU(), Linear(128, 10))`
public final class Sequential: Module {
  /// The modules in order.
  public let layers: [Module]

  /// These modules in order.
  public init(_ layers: Module...) { self.layers = layers }

  /// These modules in order.
  public init(_ layers: [Module]) { self.layers = layers }

  public override func members() -> [(name: String, value: Any)] {
    layers.enumerated().map { ("\($0.offset)", $0.element) }
  }

  public override func forward(_ x: Variable) -> Variable { layers.reduce(x) { $1($0) } }

  /// The module at a position.
  public subscript(index: Int) -> Module { layers[index] }
}
