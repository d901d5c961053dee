import CKernels
import Tensors

/// The node of an operation of several outputs. Each output has a node of its own, whose only edge leads here; the
/// gradients wait here until every output that the sweep passes has delivered, and one pullback takes them to the inputs.
package final class JointNode: Node {
  /// From the outputs' gradients, nil where none has arrived, and the outputs, to the inputs' gradients.
  typealias JointPullback = (_ gradients: [Variable?], _ outputs: [Variable]) -> [Variable?]

  @exclusivity(unchecked) private var values: [Tensor]
  @exclusivity(unchecked) private var pullback: JointPullback?
  @exclusivity(unchecked) private var gradients: [Variable?]
  @exclusivity(unchecked) private var parts: [Variable?] = []

  fileprivate init(_ name: StaticString, _ values: [Tensor], edges: Edges, _ pullback: @escaping JointPullback) {
    self.values = values
    self.pullback = pullback
    gradients = Array(repeating: nil, count: values.count)
    super.init(name, [], .float32, isLeaf: false, edges: edges)
  }

  /// The outputs. Their nodes are made anew: if this one held those that consumers have, none would ever be freed.
  fileprivate var outputs: [Variable] {
    values.enumerated().map { k, value in
      guard value.dtype.isFloatingPoint else { return Variable(value, node: nil) }
      var edges = Edges()
      edges.append(Edge(parent: self, pullback: .outputOf(k)))
      return Variable(value, node: Node(name, value.shape, value.dtype, isLeaf: false, edges: edges))
    }
  }

  /// The whole gradient of output k.
  func receive(_ gradient: Variable, _ k: Int) {
    gradients[k] = gradients[k].map { $0 + gradient } ?? gradient
    // That some gradient has arrived is what the sweep looks at.
    self.gradient = gradient
  }

  /// Runs the pullback, whose results ``part(_:)`` then hands out.
  override func prepare() -> Variable? {
    guard let pullback else { return nil }
    parts = pullback(gradients, outputs)
    gradients = Array(repeating: nil, count: gradients.count)
    return nil
  }

  /// The gradient of input i; nil where nothing flows back.
  func part(_ i: Int) -> Variable? { parts[i].take() }

  override func release() -> Edges {
    (pullback, values) = (nil, [])
    return super.release()
  }
}

extension Variable {
  /// An operation of several outputs, whose nodes share one pullback: it gets the outputs' gradients, nil where none has
  /// arrived, and the outputs, and gives a gradient for each input, nil where nothing flows back. It runs once a sweep.
  package static func record(
    _ name: StaticString, outputs values: [Tensor], inputs: [Variable],
    _ pullback: @escaping (_ gradients: [Variable?], _ outputs: [Variable]) -> [Variable?]
  ) -> [Variable] {
    var edges = Edges()
    for (i, input) in inputs.enumerated() {
      if let parent = input.node { edges.append(Edge(parent: parent, pullback: .inputOf(i))) }
    }
    guard !edges.isEmpty, adj_grad_enabled() else { return values.map { Variable($0, node: nil) } }
    return JointNode(name, values, edges: edges, pullback).outputs
  }
}
