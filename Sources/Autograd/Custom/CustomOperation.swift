import CKernels
import Tensors

/// A differentiable operation of your own, from two closures: its value, and the way back.
///
/// ```swift
/// let softsign = CustomOperation("softsign") { x in
///   x / (x.abs() + 1)
/// } pullback: { g, x, y in
///   g / (x.abs() + 1).square()
/// }
/// let y = softsign(x)
/// ```
///
/// The value is computed on tensors; the pullback on variables, so that it can be differentiated in turn: what it computes
/// from the inputs and the output that it is given has derivatives, what it has captured is constant. The operation is drawn,
/// profiled and checked under its name like the library's own. The inputs and the output are kept until the sweep; a
/// ``CustomFunction`` chooses what is kept.
public struct CustomOperation: Sendable {
  private let name: String
  private let value: @Sendable ([Tensor]) -> Tensor
  private let pullback: @Sendable (_ gradient: Variable, _ inputs: [Variable], _ output: Variable) -> [Variable?]

  /// An operation of any number of inputs.
  ///
  /// - Parameters:
  ///   - name: what graphs, profiles and messages call it.
  ///   - value: from the inputs to the output, of any shapes.
  ///   - pullback: from ∂L/∂output, the inputs and the output to ∂L/∂input for each input, nil where nothing flows back. Each
  ///     is of its input's shape, or of one that broadcasting has made of it.
  public init(
    _ name: String, value: @escaping @Sendable (_ inputs: [Tensor]) -> Tensor,
    pullback: @escaping @Sendable (_ gradient: Variable, _ inputs: [Variable], _ output: Variable) -> [Variable?]
  ) {
    (self.name, self.value, self.pullback) = (name, value, pullback)
  }

  /// An operation of one input.
  public init(
    _ name: String, value: @escaping @Sendable (_ x: Tensor) -> Tensor,
    pullback: @escaping @Sendable (_ gradient: Variable, _ x: Variable, _ y: Variable) -> Variable
  ) {
    self.init(name, value: { value($0[0]) }, pullback: { [pullback($0, $1[0], $2)] })
  }

  /// The operation applied to inputs, recorded where one of them requires a gradient.
  public func callAsFunction(_ inputs: Variable...) -> Variable { self(inputs) }

  /// The operation applied to inputs, recorded where one of them requires a gradient.
  public func callAsFunction(_ inputs: [Variable]) -> Variable {
    let returned = ReturnedGradients(name, inputs)
    let (saved, pullback) = (inputs.map(\.saved), pullback)
    return Variable.recordCustom(name, inputs, { ([value(inputs.map(\.value))], true) }) { gradients, outputs in
      returned.checked(pullback(gradients[0]!, saved.map(\.variable), outputs[0]))
    }[0]
  }
}

/// What the gradients that a user's pullback returns must be like.
struct ReturnedGradients {
  private let operation: String
  private let inputs: [(shape: Shape, isNeeded: Bool)]

  init(_ operation: String, _ inputs: [Variable]) {
    self.operation = operation
    self.inputs = inputs.map { ($0.shape, $0.requiresGrad) }
  }

  /// The gradients themselves, if there is one for each input and its shape is the input's or broadcast from it.
  func checked(_ gradients: [Variable?]) -> [Variable?] {
    require(
      gradients.count == inputs.count, operation,
      "its pullback returned \(gradients.count) gradients for \(inputs.count) inputs; expected one for each, nil where "
        + "nothing flows back")
    for (i, gradient) in gradients.enumerated() where inputs[i].isNeeded {
      guard let gradient else { continue }
      require(
        gradient.dtype.isFloatingPoint && inputs[i].shape.isBroadcastable(to: gradient.shape), operation,
        "its pullback returned a gradient of \(gradient.dtype)\(gradient.shape) for input \(i) of shape "
          + "\(inputs[i].shape); expected the input's shape, or one broadcast from it")
    }
    return gradients
  }
}

extension Variable {
  /// Records an operation whose name is known at run time only.
  ///
  /// - Parameter make: the outputs, and whether the pullback needs them.
  static func recordCustom(
    _ name: String, _ inputs: [Variable], _ make: () -> (values: [Tensor], keepsOutputs: Bool),
    _ pullback: @escaping JointNode.JointPullback
  ) -> [Variable] {
    observed("custom", label: name, inputs) {
      let (values, keepsOutputs) = make()
      guard let parents = parents(of: inputs), values.contains(where: \.dtype.isFloatingPoint) else {
        return values.map { Variable($0, node: nil) }
      }
      let isSingle = values.count == 1
      let node =
        isSingle
        ? JointNode("custom", values[0], keepsOutput: keepsOutputs, parents, pullback)
        : JointNode("custom", values, keepsOutputs: keepsOutputs, parents, pullback)
      node.ownExtras.operation = name
      return isSingle ? [Variable(values[0], node: node)] : values.enumerated().map { node.output($0, $1) }
    }
  }
}
