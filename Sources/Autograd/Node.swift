import CKernels
import Tensors

/// From an operation's output gradient to one input's gradient.
package enum Pullback {
  /// From the gradient alone, with whatever the closure has captured.
  case gradient((Variable) -> Variable)
  /// From the gradient and the operation's own output, which the node keeps: a closure that captured it would hold the
  /// node that holds the closure.
  case gradientAndOutput((Variable, Variable) -> Variable)
  /// To input i of a ``JointNode``, which has computed the gradients of all its inputs at once.
  case joint(Int)
  /// From output k of an operation of several outputs to the node of the operation, a ``JointNode``.
  case output(Int)
}

/// What a node's pullbacks get at the time of the sweep beside the gradient.
package struct PullbackState {
  /// The operation's own output, where it is kept.
  var output: Variable?
  /// The inputs' gradients, where one pullback computes them all.
  var parts: [Variable?] = []
}

/// One input of an operation: the node that made it, and the way back to it.
package struct Edge {
  package let parent: Node
  package let pullback: Pullback
}

/// The inputs of an operation that require gradients. Two stand inline: nearly every operation has no more.
package struct Edges {
  package private(set) var first: Edge?
  package private(set) var second: Edge?
  private var others: [Edge] = []

  package init() {}

  package mutating func append(_ edge: Edge) {
    if first == nil { first = edge } else if second == nil { second = edge } else { others.append(edge) }
  }

  package var isEmpty: Bool { first == nil }

  /// The nodes at the other ends, in order.
  @inline(__always)
  package func forEachParent(_ body: (Node) -> Void) {
    if let parent = first?.parent { body(parent) }
    if let parent = second?.parent { body(parent) }
    for edge in others { body(edge.parent) }
  }

  /// Hands over the edges in order, and keeps none.
  @inline(__always)
  package consuming func drain(_ body: (Edge) -> Void) {
    if let edge = first.take() { body(edge) }
    if let edge = second.take() { body(edge) }
    for edge in others { body(edge) }
  }
}

/// One recorded operation, or a leaf: a variable made by the user that requires a gradient.
///
/// Edges point from an operation to the nodes of its inputs, never to variables: a variable that nobody holds any more is
/// freed, and what the pullbacks captured is exactly what the graph keeps in memory. The state of a sweep lives here too,
/// because dictionaries beside the graph would double its cost.
package class Node {
  package final let name: StaticString
  package final let shape: Shape
  package final let dtype: DType
  package final let isLeaf: Bool

  // Accesses below are not checked for overlap at run time: they are single reads and writes, which never run code of
  // the user's, and the checks would take a fifth of an operation's time.

  @exclusivity(unchecked) package final var edges: Edges

  /// Whether a sweep has used up and freed the pullbacks.
  @exclusivity(unchecked) package final private(set) var isReleased = false

  /// What few nodes have: hooks, a gradient kept on demand.
  @exclusivity(unchecked) package final var extras: NodeExtras?

  // A sweep's working state.
  @exclusivity(unchecked) final var sweep: UInt64 = 0
  @exclusivity(unchecked) final var pending = 0
  @exclusivity(unchecked) final var isNeeded = false
  @exclusivity(unchecked) final var gradient: Variable?
  @exclusivity(unchecked) final var ownsGradient = false

  /// A leaf's accumulated gradient, or one that was asked to be kept.
  @exclusivity(unchecked) package final var grad: Variable?

  package init(_ name: StaticString, _ shape: Shape, _ dtype: DType, isLeaf: Bool, edges: Edges = Edges()) {
    self.name = name
    self.shape = shape
    self.dtype = dtype
    self.isLeaf = isLeaf
    self.edges = edges
  }

  /// The operation's name, as the user knows it.
  package final var operation: String { extras?.operation ?? "\(name)" }

  /// What the pullbacks need for this gradient.
  func prepare(_ gradient: Variable) -> PullbackState { PullbackState() }

  /// Gives up the edges and what else it keeps. The node itself stays, to explain a second backward.
  func release() -> Edges {
    isReleased = true
    return takeEdges()
  }

  /// The edges, moved out: while the node holds them too, letting go of them frees nothing.
  private final func takeEdges() -> Edges {
    var taken = Edges()
    swap(&taken, &edges)
    return taken
  }

  deinit {
    if !edges.isEmpty { releaseIteratively(takeEdges()) }
  }
}

/// An operation whose pullbacks need its output: they get it from here, since a closure that captured it would hold the
/// node that holds the closure. Most operations don't, and their nodes are half as large.
package final class OutputNode: Node {
  @exclusivity(unchecked) private var value: Tensor?

  package init(_ name: StaticString, _ value: Tensor, edges: Edges) {
    self.value = value
    super.init(name, value.shape, value.dtype, isLeaf: false, edges: edges)
  }

  override func prepare(_ gradient: Variable) -> PullbackState {
    PullbackState(output: value.map { Variable($0, node: self) })
  }

  override func release() -> Edges {
    value = nil
    return super.release()
  }
}

/// Lets go of a freed node's inputs without recursion: a chain of nodes would otherwise free itself one stack frame per
/// node and overflow the stack after some 20,000. The outermost call drains a queue to which the inner ones append.
private func releaseIteratively(_ edges: consuming Edges) {
  if let running = adj_release_queue() {
    running.assumingMemoryBound(to: [Edges].self).pointee.append(edges)
    return
  }
  var queue = [edges]
  withUnsafeMutablePointer(to: &queue) { queue in
    adj_set_release_queue(queue)
    while let last = queue.pointee.popLast() { _ = consume last }
    adj_set_release_queue(nil)
  }
}
