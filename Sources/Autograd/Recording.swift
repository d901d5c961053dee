import CKernels
import Tensors

/// How operations enter the graph. Each takes the operation's name, its value, and for every input the way back; where
/// recording is off, or no input requires a gradient, the result is a plain variable and nothing is kept.
///
/// A pullback need not undo broadcasting, nor a promotion of dtypes: the sweep does both, once for all operations. The
/// value is computed inside, where an observer can time it; one that is computed before stands in ``timed(_:)``. The pullback is
/// made inside, too: in a sweep, where recording is off, no memory is taken for what it captures.
extension Variable {
  /// An operation of one input.
  @inline(__always)
  package static func record(
    _ name: StaticString, _ value: @autoclosure () -> Tensor, _ x: Variable,
    _ pullback: @autoclosure () -> Pullback
  ) -> Variable {
    observed(name, [x]) {
      let value = value()
      guard let parent = x.node, adj_grad_enabled(), value.dtype.isFloatingPoint else {
        return Variable(value, node: nil)
      }
      return Variable(value, node: UnaryNode(name, value, parent, pullback()))
    }
  }

  /// An operation of one input whose pullback needs the output: it gets (gradient, output).
  @inline(__always)
  package static func record(
    _ name: StaticString, _ value: @autoclosure () -> Tensor, keepingOutputOf x: Variable,
    _ pullback: @autoclosure () -> (Variable, Variable) -> Variable
  ) -> Variable {
    observed(name, [x]) {
      let value = value()
      guard let parent = x.node, adj_grad_enabled() else { return Variable(value, node: nil) }
      return Variable(value, node: OutputNode(name, value, parent, pullback()))
    }
  }

  /// An operation of two inputs, each with its own pullback; one whose input requires no gradient is not made.
  @inline(__always)
  package static func record(
    _ name: StaticString, _ value: @autoclosure () -> Tensor, _ a: some Operand,
    _ pullbackA: @autoclosure () -> Pullback, _ b: some Operand, _ pullbackB: @autoclosure () -> Pullback
  ) -> Variable {
    observed(name, [a.variable, b.variable]) {
      let value = value()
      guard adj_grad_enabled(), value.dtype.isFloatingPoint else { return Variable(value, node: nil) }
      let node: Node? =
        switch (a.node, b.node) {
        case (let first?, let second?): BinaryNode(name, value, first, pullbackA(), second, pullbackB())
        case (let parent?, nil): UnaryNode(name, value, parent, pullbackA())
        case (nil, let parent?): UnaryNode(name, value, parent, pullbackB())
        case (nil, nil): nil
        }
      return Variable(value, node: node)
    }
  }

  /// An operation of three inputs, each with its own pullback, of which the last may be left out; one whose input requires no
  /// gradient is not made.
  @inline(__always)
  package static func record(
    _ name: StaticString, _ value: @autoclosure () -> Tensor, _ a: Variable, _ pullbackA: @autoclosure () -> Pullback,
    _ b: Variable, _ pullbackB: @autoclosure () -> Pullback, _ c: Variable?, _ pullbackC: @autoclosure () -> Pullback
  ) -> Variable {
    observed(name, [a, b, c]) {
      let value = value()
      guard adj_grad_enabled(), value.dtype.isFloatingPoint else { return Variable(value, node: nil) }
      let first = a.node.map { Link(parent: $0, pullback: pullbackA()) }
      let second = b.node.map { Link(parent: $0, pullback: pullbackB()) }
      let third = c?.node.map { Link(parent: $0, pullback: pullbackC()) }
      if first == nil && second == nil && third == nil { return Variable(value, node: nil) }
      return Variable(value, node: TernaryNode(name, value, first, second, third))
    }
  }

  /// An operation of any number of inputs, of which nil ones are left out; `pullback(i)` is the way back to input i.
  package static func record(
    _ name: StaticString, _ value: @autoclosure () -> Tensor, inputs: [Variable?],
    _ pullback: (Int) -> (Variable) -> Variable
  ) -> Variable {
    observed(name, inputs) {
      let value = value()
      guard value.dtype.isFloatingPoint, let parents = parents(of: inputs) else { return Variable(value, node: nil) }
      let links = parents.enumerated().map { i, parent in parent.map { Link(parent: $0, pullback: pullback(i)) } }
      return Variable(value, node: ManyNode(name, value, links))
    }
  }

  /// An operation whose inputs' gradients are computed together: from the gradient to one for each input, nil where nothing
  /// flows back; those of inputs that require none, or are nil, are dropped.
  package static func record(
    _ name: StaticString, _ value: @autoclosure () -> Tensor, jointInputs inputs: [Variable?],
    _ pullback: @autoclosure () -> (Variable) -> [Variable?]
  ) -> Variable {
    observed(name, inputs) {
      let value = value()
      guard value.dtype.isFloatingPoint, let parents = parents(of: inputs) else { return Variable(value, node: nil) }
      let pullback = pullback()
      let node = JointNode(name, value, keepsOutput: false, parents) { gradients, _ in pullback(gradients[0]!) }
      return Variable(value, node: node)
    }
  }

  /// An operation of several outputs: `pullback` gets the outputs' gradients, nil where none has arrived, and the outputs
  /// if they are kept, and gives a gradient for each input, nil where nothing flows back. It runs once a sweep.
  package static func record(
    _ name: StaticString, outputs values: @autoclosure () -> [Tensor], keepsOutputs: Bool, inputs: [Variable?],
    _ pullback: @autoclosure () -> JointNode.JointPullback
  ) -> [Variable] {
    observed(name, inputs) {
      let values = values()
      guard let parents = parents(of: inputs) else { return values.map { Variable($0, node: nil) } }
      let node = JointNode(name, values, keepsOutputs: keepsOutputs, parents, pullback())
      return values.enumerated().map { node.output($0, $1) }
    }
  }

  /// The node of each input, nil for those that require no gradient; nil where none does, or recording is off.
  static func parents(of inputs: [Variable?]) -> [Node?]? {
    guard adj_grad_enabled() else { return nil }
    let parents = inputs.map { $0?.node }
    return parents.contains { $0 != nil } ? parents : nil
  }

  /// Whether an operation on this variable enters a graph.
  var isRecorded: Bool { node != nil && adj_grad_enabled() }
}
