import Tensors

/// The node of an operation whose inputs' gradients one pullback computes together.
///
/// Of an operation of one output it is the output's own node. Of an operation of several, each output has a ``PartNode``,
/// which leads here; the gradients wait here until every output that the sweep passes has delivered.
package final class JointNode: Node {
  /// From the outputs' gradients, nil where none has arrived, and the outputs if they are kept, to the inputs' gradients,
  /// nil where nothing flows back.
  package typealias JointPullback = (_ gradients: [Variable?], _ outputs: [Variable]) -> [Variable?]

  /// One for each input, nil where it requires no gradient.
  @exclusivity(unchecked) private var parents: [Node?]
  @exclusivity(unchecked) private var pullback: JointPullback?
  /// The outputs of an operation that keeps them.
  @exclusivity(unchecked) private var kept: [Tensor]
  /// Of several outputs, what has arrived for each.
  @exclusivity(unchecked) private var gradients: [Variable?]
  /// Of several outputs, the node of each as long as somebody holds it.
  @exclusivity(unchecked) private var parts: [WeakPart] = []

  private struct WeakPart {
    weak var node: PartNode?
  }

  /// The node of a single output.
  init(
    _ name: StaticString, _ value: Tensor, keepsOutput: Bool, _ parents: [Node?], _ pullback: @escaping JointPullback
  ) {
    (self.parents, self.pullback) = (parents, pullback)
    (kept, gradients) = (keepsOutput ? [value] : [], [])
    super.init(name, value.shape, value.dtype)
  }

  /// The node behind several outputs.
  init(
    _ name: StaticString, _ values: [Tensor], keepsOutputs: Bool, _ parents: [Node?],
    _ pullback: @escaping JointPullback
  ) {
    (self.parents, self.pullback) = (parents, pullback)
    (kept, gradients) = (keepsOutputs ? values : [], Array(repeating: nil, count: values.count))
    super.init(name, [], .float32)
  }

  /// Output k with a node of its own, the one that the consumers hold as long as they do. This node does not hold it: neither
  /// would ever be freed.
  func output(_ k: Int, _ value: Tensor) -> Variable {
    guard value.dtype.isFloatingPoint else { return Variable(value, node: nil) }
    if parts.isEmpty { parts = gradients.map { _ in WeakPart() } }
    if let node = parts[k].node { return Variable(value, node: node) }
    let node = PartNode(self, k, value)
    parts[k].node = node
    return Variable(value, node: node)
  }

  override package func forEachParent(_ body: (Node) -> Void) {
    for case let parent? in parents { body(parent) }
  }

  override func redirect(_ replacement: (Node) -> Node) { parents = parents.map { $0.map(replacement) } }

  /// The whole gradient of output k.
  func receive(_ gradient: Variable, _ k: Int) {
    gradients[k] = gradients[k].map { $0 + gradient } ?? gradient
    // That some gradient has arrived is what the sweep looks at.
    self.gradient = gradient
  }

  override func propagate(_ gradient: Variable?, in sweep: inout Sweep) {
    guard let pullback else { return }
    var parts = gradient.map { gradient in
      gradients.isEmpty ? pullback([gradient], kept.map { Variable($0, node: self) }) : pullAll(pullback)
    }
    for (i, parent) in parents.enumerated() {
      guard let parent, sweep.isNeeded(parent) else { continue }
      sweep.deliver(parts?[i].take(), to: parent, from: self)
    }
  }

  private func pullAll(_ pullback: JointPullback) -> [Variable?] {
    pullback(takeArrived(), kept.enumerated().map { output($0, $1) })
  }

  override func takeArrived() -> [Variable?] {
    let arrived = gradients
    gradients = Array(repeating: nil, count: arrived.count)
    return arrived
  }

  override func restoreArrived(_ arrived: [Variable?]) { gradients = arrived }

  override func release() {
    super.release()
    (parents, pullback, kept) = ([], nil, [])
  }

  deinit {
    if pullback != nil { retire(.joint(takeParents(), pullback.take())) }
  }

  private func takeParents() -> [Node?] {
    var taken: [Node?] = []
    swap(&taken, &parents)
    return taken
  }
}

/// The node of one of several outputs.
package final class PartNode: Node {
  @exclusivity(unchecked) private(set) var whole: JointNode?
  /// Which of the outputs.
  let index: Int

  fileprivate init(_ whole: JointNode, _ index: Int, _ value: Tensor) {
    (self.whole, self.index) = (whole, index)
    super.init(whole.name, value.shape, value.dtype)
    if let operation = whole.extras?.operation { ownExtras.operation = operation }
  }

  override package func forEachParent(_ body: (Node) -> Void) {
    if let whole { body(whole) }
  }

  override func propagate(_ gradient: Variable?, in sweep: inout Sweep) {
    guard let whole, sweep.isNeeded(whole) else { return }
    if let gradient { whole.receive(gradient, index) }
    sweep.count(whole)
  }

  override func release() {
    super.release()
    whole = nil
  }

  deinit {
    if whole != nil { retire(.joint([whole.take()!], nil)) }
  }
}
