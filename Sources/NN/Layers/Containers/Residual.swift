import Autograd
import Tensors

/// y = f(x) + s(x): what a block adds to its input, or to a projection of it: [..] → [..]. f(x) must have the shape of s(x).
///
/// ```swift
/// Residual { Linear(64, 64); ReLU(); Linear(64, 64) }
/// Residual(Conv2d(16, 32, kernelSize: 3, padding: 1), shortcut: Conv2d(16, 32, kernelSize: 1))
/// ```
///
/// He, Zhang, Ren, Sun, "Deep Residual Learning for Image Recognition", 2016, arXiv:1512.03385.
public final class Residual: Module {
  /// f.
  public let block: Module
  /// s, or nil for the identity.
  public let shortcut: Module?

  /// Around a module.
  public init(_ block: Module, shortcut: Module? = nil) { (self.block, self.shortcut) = (block, shortcut) }

  /// Around the modules that a block lists, one after the other.
  public convenience init(shortcut: Module? = nil, @ModuleBuilder _ layers: () -> [Module]) {
    self.init(Sequential(layers()), shortcut: shortcut)
  }

  public override func forward(_ x: Variable) -> Variable {
    let (y, identity) = (block(x), shortcut.map { $0(x) } ?? x)
    require(
      y.shape == identity.shape, "Residual",
      "the block gave \(y.shape) for a shortcut of \(identity.shape); expected equal shapes"
    )
    return y + identity
  }
}
