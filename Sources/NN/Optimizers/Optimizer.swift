import Autograd
import Tensors

/// What every optimizer does: after `backward()`, ``step()`` changes the parameters and ``zeroGrad()`` clears their
/// gradients.
public protocol Optimizer: AnyObject {
  /// Changes every parameter that has a gradient, once.
  func step()
  /// Forgets the gradients of all parameters.
  func zeroGrad()
  /// The learning rate of each parameter group.
  var learningRates: [Double] { get set }
}

/// Parameters that share options: `Adam([.init(head, .init(lr: 1e-3)), .init(body, .init(lr: 1e-4))])`.
public struct ParameterGroup<Options> {
  /// The parameters.
  public var parameters: [Variable]
  /// Their options.
  public var options: Options

  /// These parameters with these options.
  public init(_ parameters: [Variable], _ options: Options) {
    (self.parameters, self.options) = (parameters, options)
  }
}

/// Calls `body(group options, parameter, gradient)` for every parameter that has a gradient.
func forEachGradient<Options>(
  _ groups: [ParameterGroup<Options>], _ body: (Options, Variable, Tensor) -> Void
) {
  for group in groups {
    for parameter in group.parameters {
      if let gradient = parameter.grad { body(group.options, parameter, gradient.value.contiguous) }
    }
  }
}

/// Stops the program unless each parameter belongs to one group and is a leaf.
func requireDistinct<Options>(_ groups: [ParameterGroup<Options>], _ name: String) {
  var seen: Set<ObjectIdentifier> = []
  for parameter in groups.flatMap(\.parameters) {
    let isNew = seen.insert(ObjectIdentifier(parameter)).inserted
    require(isNew, name, "a parameter of shape \(parameter.shape) comes twice; expected each once")
    require(
      parameter.isLeaf, name,
      "a variable of shape \(parameter.shape) is the result of an operation; expected leaves (see detached())")
  }
}
