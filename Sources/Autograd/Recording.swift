import CKernels
import Tensors

/// How operations enter the graph. Each takes the operation's name, its value, and for every input the way back; where
/// recording is off, or no input requires a gradient, the result is a plain variable and nothing is kept.
///
/// A pullback need not undo broadcasting, nor a promotion of dtypes: the sweep does both, once for all operations.
extension Variable {
  /// An operation of one input.
  @inline(__always)
  package static func record(
    _ name: StaticString, _ value: Tensor, _ x: Variable, _ pullback: @escaping (Variable) -> Variable
  ) -> Variable {
    guard let parent = x.node, adj_grad_enabled(), value.dtype.isFloatingPoint else {
      return Variable(value, node: nil)
    }
    var edges = Edges()
    edges.append(Edge(parent: parent, pullback: .gradient(pullback)))
    return Variable(value, node: Node(name, value.shape, value.dtype, isLeaf: false, edges: edges))
  }

  /// An operation of one input whose pullback needs the output: it gets (gradient, output).
  @inline(__always)
  package static func record(
    _ name: StaticString, _ value: Tensor, keepingOutputOf x: Variable,
    _ pullback: @escaping (Variable, Variable) -> Variable
  ) -> Variable {
    guard let parent = x.node, adj_grad_enabled() else { return Variable(value, node: nil) }
    var edges = Edges()
    edges.append(Edge(parent: parent, pullback: .gradientAndOutput(pullback)))
    return Variable(value, node: OutputNode(name, value, edges: edges))
  }

  /// An operation of two inputs, each with its own pullback; one whose input requires no gradient is not kept.
  @inline(__always)
  package static func record(
    _ name: StaticString, _ value: Tensor, _ a: Variable, _ pullbackA: @escaping (Variable) -> Variable, _ b: Variable,
    _ pullbackB: @escaping (Variable) -> Variable
  ) -> Variable {
    guard a.node != nil || b.node != nil, adj_grad_enabled(), value.dtype.isFloatingPoint else {
      return Variable(value, node: nil)
    }
    var edges = Edges()
    if let parent = a.node { edges.append(Edge(parent: parent, pullback: .gradient(pullbackA))) }
    if let parent = b.node { edges.append(Edge(parent: parent, pullback: .gradient(pullbackB))) }
    return Variable(value, node: Node(name, value.shape, value.dtype, isLeaf: false, edges: edges))
  }

  /// An operation of any number of inputs; `pullback(i)` is the way back to input i.
  package static func record(
    _ name: StaticString, _ value: Tensor, inputs: [Variable], _ pullback: (Int) -> (Variable) -> Variable
  ) -> Variable {
    var edges = Edges()
    for (i, input) in inputs.enumerated() {
      if let parent = input.node { edges.append(Edge(parent: parent, pullback: .gradient(pullback(i)))) }
    }
    guard !edges.isEmpty, adj_grad_enabled(), value.dtype.isFloatingPoint else { return Variable(value, node: nil) }
    return Variable(value, node: Node(name, value.shape, value.dtype, isLeaf: false, edges: edges))
  }
}
