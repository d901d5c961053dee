import CKernels
import Tensors

/// How operations enter the graph. Each takes the operation's name, its value, and for every input the way back; where
/// recording is off, or no input requires a gradient, the result is a plain variable and nothing is kept.
///
/// A pullback need not undo broadcasting, nor a promotion of dtypes: the sweep does both, once for all operations. The
/// value is computed inside, where an observer can time it; one that is computed before stands in ``timed(_:)``.
extension Variable {
  /// An operation of one input.
  @inline(__always)
  package static func record(
    _ name: StaticString, _ value: @autoclosure () -> Tensor, _ x: Variable,
    _ pullback: @escaping (Variable) -> Variable
  ) -> Variable {
    observed(name, [x]) {
      let value = value()
      guard let parent = x.node, adj_grad_enabled(), value.dtype.isFloatingPoint else {
        return Variable(value, node: nil)
      }
      var edges = Edges()
      edges.append(Edge(parent: parent, pullback: .gradient(pullback)))
      return Variable(value, node: Node(name, value.shape, value.dtype, isLeaf: false, edges: edges))
    }
  }

  /// An operation of one input whose pullback needs the output: it gets (gradient, output).
  @inline(__always)
  package static func record(
    _ name: StaticString, _ value: @autoclosure () -> Tensor, keepingOutputOf x: Variable,
    _ pullback: @escaping (Variable, Variable) -> Variable
  ) -> Variable {
    observed(name, [x]) {
      let value = value()
      guard let parent = x.node, adj_grad_enabled() else { return Variable(value, node: nil) }
      var edges = Edges()
      edges.append(Edge(parent: parent, pullback: .gradientAndOutput(pullback)))
      return Variable(value, node: OutputNode(name, value, edges: edges))
    }
  }

  /// An operation of two inputs, each with its own pullback; one whose input requires no gradient is not kept.
  @inline(__always)
  package static func record(
    _ name: StaticString, _ value: @autoclosure () -> Tensor, _ a: Variable,
    _ pullbackA: @escaping (Variable) -> Variable, _ b: Variable, _ pullbackB: @escaping (Variable) -> Variable
  ) -> Variable {
    observed(name, [a, b]) {
      let value = value()
      guard a.node != nil || b.node != nil, adj_grad_enabled(), value.dtype.isFloatingPoint else {
        return Variable(value, node: nil)
      }
      var edges = Edges()
      if let parent = a.node { edges.append(Edge(parent: parent, pullback: .gradient(pullbackA))) }
      if let parent = b.node { edges.append(Edge(parent: parent, pullback: .gradient(pullbackB))) }
      return Variable(value, node: Node(name, value.shape, value.dtype, isLeaf: false, edges: edges))
    }
  }

  /// An operation of any number of inputs, of which nil ones are left out; `pullback(i)` is the way back to input i.
  package static func record(
    _ name: StaticString, _ value: @autoclosure () -> Tensor, inputs: [Variable?],
    _ pullback: (Int) -> (Variable) -> Variable
  ) -> Variable {
    observed(name, inputs) {
      let value = value()
      let edges = edges(to: inputs) { .gradient(pullback($0)) }
      guard !edges.isEmpty, value.dtype.isFloatingPoint else { return Variable(value, node: nil) }
      return Variable(value, node: Node(name, value.shape, value.dtype, isLeaf: false, edges: edges))
    }
  }

  /// An operation whose inputs' gradients are computed together: from the gradient to one for each input, nil where nothing
  /// flows back; those of inputs that require none, or are nil, are dropped.
  package static func record(
    _ name: StaticString, _ value: @autoclosure () -> Tensor, jointInputs inputs: [Variable?],
    _ pullback: @escaping (Variable) -> [Variable?]
  ) -> Variable {
    observed(name, inputs) {
      let value = value()
      let edges = edges(to: inputs) { .joint($0) }
      guard !edges.isEmpty, value.dtype.isFloatingPoint else { return Variable(value, node: nil) }
      let node = JointNode(name, value, keepsOutput: false, edges: edges) { gradients, _ in pullback(gradients[0]!) }
      return Variable(value, node: node)
    }
  }

  /// An operation of several outputs: `pullback` gets the outputs' gradients, nil where none has arrived, and the outputs
  /// if they are kept, and gives a gradient for each input, nil where nothing flows back. It runs once a sweep.
  package static func record(
    _ name: StaticString, outputs values: @autoclosure () -> [Tensor], keepsOutputs: Bool, inputs: [Variable?],
    _ pullback: @escaping JointNode.JointPullback
  ) -> [Variable] {
    observed(name, inputs) {
      let values = values()
      let edges = edges(to: inputs) { .joint($0) }
      guard !edges.isEmpty else { return values.map { Variable($0, node: nil) } }
      let node = JointNode(name, values, keepsOutputs: keepsOutputs, edges: edges, pullback)
      return values.enumerated().map { node.output($0, $1) }
    }
  }

  /// The edges to the inputs that require gradients; none where recording is off.
  static func edges(to inputs: [Variable?], _ pullback: (Int) -> Pullback) -> Edges {
    var edges = Edges()
    if !adj_grad_enabled() { return edges }
    for (i, input) in inputs.enumerated() {
      if let parent = input?.node { edges.append(Edge(parent: parent, pullback: pullback(i))) }
    }
    return edges
  }

  /// Whether an operation on this variable enters a graph.
  var isRecorded: Bool { node != nil && adj_grad_enabled() }
}
