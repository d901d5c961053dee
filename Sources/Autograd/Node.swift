import CKernels
import Tensors

/// From an operation's output gradient to one input's gradient.
package enum Pullback {
  /// From the gradient alone, with whatever the closure has captured.
  case gradient((Variable) -> Variable)
  /// From the gradient and the operation's own output, which the node keeps: a closure that captured it would hold the
  /// node that holds the closure.
  case gradientAndOutput((Variable, Variable) -> Variable)
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

  @inline(__always)
  package func forEach(_ body: (Edge) -> Void) {
    if let first { body(first) }
    if let second { body(second) }
    for edge in others { body(edge) }
  }
}

/// One recorded operation, or a leaf: a variable made by the user that requires a gradient.
///
/// Edges point from an operation to the nodes of its inputs, never to variables: a variable that nobody holds any more is
/// freed, and what the pullbacks captured is exactly what the graph keeps in memory. The state of a sweep lives here too,
/// because dictionaries beside the graph would double its cost.
package final class Node {
  package let name: StaticString
  package let shape: Shape
  package let dtype: DType
  package let isLeaf: Bool

  // Accesses below are not checked for overlap at run time: they are single reads and writes, which never run code of
  // the user's, and the checks would take a fifth of an operation's time.

  @exclusivity(unchecked) package var edges: Edges
  @exclusivity(unchecked) package var output: Tensor?

  /// Whether a sweep has used up and freed the pullbacks.
  @exclusivity(unchecked) package private(set) var isReleased = false

  // A sweep's working state.
  @exclusivity(unchecked) var sweep: UInt64 = 0
  @exclusivity(unchecked) var pending = 0
  @exclusivity(unchecked) var gradient: Variable?
  @exclusivity(unchecked) var ownsGradient = false

  /// A leaf's accumulated gradient.
  @exclusivity(unchecked) package var grad: Variable?

  package init(_ name: StaticString, _ shape: Shape, _ dtype: DType, isLeaf: Bool, edges: Edges = Edges()) {
    self.name = name
    self.shape = shape
    self.dtype = dtype
    self.isLeaf = isLeaf
    self.edges = edges
  }

  /// Gives up the edges and the output. The node itself stays, to explain a second backward.
  func release() -> Edges {
    isReleased = true
    output = nil
    return takeEdges()
  }

  /// The edges, moved out: while the node holds them too, letting go of them frees nothing.
  private func takeEdges() -> Edges {
    var taken = Edges()
    swap(&taken, &edges)
    return taken
  }

  deinit {
    if !edges.isEmpty { releaseIteratively(takeEdges()) }
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
