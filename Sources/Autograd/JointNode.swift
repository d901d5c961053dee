import Tensors

/// The node of an operation whose inputs' gradients one pullback computes together.
///
/// Of an operation of one output it is the output's own node. Of an operation of several, each output has a node whose only
/// edge leads here; the gradients wait here until every output that the sweep passes has delivered.
package final class JointNode: Node {
  /// From the outputs' gradients, nil where none has arrived, and the outputs if they are kept, to the inputs' gradients,
  /// nil where nothing flows back.
  package typealias JointPullback = (_ gradients: [Variable?], _ outputs: [Variable]) -> [Variable?]

  @exclusivity(unchecked) private var pullback: JointPullback?
  /// The outputs of an operation that keeps them.
  @exclusivity(unchecked) private var kept: [Tensor]
  /// Of several outputs, what has arrived for each.
  @exclusivity(unchecked) private var gradients: [Variable?]

  /// The node of a single output.
  init(_ name: StaticString, _ value: Tensor, keepsOutput: Bool, edges: Edges, _ pullback: @escaping JointPullback) {
    (self.pullback, kept, gradients) = (pullback, keepsOutput ? [value] : [], [])
    super.init(name, value.shape, value.dtype, isLeaf: false, edges: edges)
  }

  /// The node behind several outputs.
  init(
    _ name: StaticString, _ values: [Tensor], keepsOutputs: Bool, edges: Edges, _ pullback: @escaping JointPullback
  ) {
    (self.pullback, kept) = (pullback, keepsOutputs ? values : [])
    gradients = Array(repeating: nil, count: values.count)
    super.init(name, [], .float32, isLeaf: false, edges: edges)
  }

  /// Output k with a node of its own. It is made anew for the pullback: if this node held the one that the consumers hold,
  /// neither would ever be freed.
  func output(_ k: Int, _ value: Tensor) -> Variable {
    guard value.dtype.isFloatingPoint else { return Variable(value, node: nil) }
    var edges = Edges()
    edges.append(Edge(parent: self, pullback: .output(k)))
    let node = Node(name, value.shape, value.dtype, isLeaf: false, edges: edges)
    if let operation = extras?.operation { node.ownExtras.operation = operation }
    return Variable(value, node: node)
  }

  /// The whole gradient of output k.
  func receive(_ gradient: Variable, _ k: Int) {
    gradients[k] = gradients[k].map { $0 + gradient } ?? gradient
    // That some gradient has arrived is what the sweep looks at.
    self.gradient = gradient
  }

  override func prepare(_ gradient: Variable) -> PullbackState {
    guard let pullback else { return PullbackState() }
    if gradients.isEmpty { return PullbackState(parts: pullback([gradient], kept.map { Variable($0, node: self) })) }
    let arrived = gradients
    gradients = Array(repeating: nil, count: arrived.count)
    return PullbackState(parts: pullback(arrived, kept.enumerated().map { output($0, $1) }))
  }

  override func release() -> Edges {
    (pullback, kept) = (nil, [])
    return super.release()
  }
}
