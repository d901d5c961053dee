import Synchronization
import Tensors

/// One backward pass: from the root in reverse topological order, each node once, when all its consumers are done.
///
/// - Complexity: O(nodes + edges) beside the pullbacks, no recursion.
struct Sweep {
  private static let counter = Atomic<UInt64>(0)

  private let id = Sweep.counter.wrappingAdd(1, ordering: .relaxed).newValue
  private let retainGraph: Bool
  private let createGraph: Bool
  /// The nodes whose gradients are wanted in place of the leaves' accumulation, with what has arrived for each.
  private var wanted: [ObjectIdentifier: Variable?]?

  init(retainGraph: Bool, createGraph: Bool, wanted: [Node]? = nil) {
    self.retainGraph = retainGraph
    self.createGraph = createGraph
    self.wanted = wanted.map { nodes in
      Dictionary(nodes.map { (ObjectIdentifier($0), nil as Variable?) }, uniquingKeysWith: { a, _ in a })
    }
  }

  /// The gradient that arrived at a wanted node.
  func gradient(at node: Node) -> Variable? { wanted?[ObjectIdentifier(node)] ?? nil }

  mutating func run(from root: Node, _ gradient: Variable) {
    countConsumers(from: root)
    root.gradient = gradient
    var ready = [root]
    withGradMode(createGraph) {
      while let node = ready.popLast() { process(node, &ready) }
    }
  }

  /// Sets `pending` on every node that the root depends on to the number of edges that lead to it.
  private func countConsumers(from root: Node) {
    root.sweep = id
    root.pending = 0
    var stack = [root]
    while let node = stack.popLast() {
      require(
        !node.isReleased, "backward",
        "the graph of \(node.name) was already swept and its saved values freed; pass retainGraph: true to the first "
          + "backward to sweep it again")
      node.edges.forEachParent { parent in
        // Leaves take contributions one by one and are shared between threads: no sweep state is kept on them.
        if parent.isLeaf { return }
        if parent.sweep != id {
          (parent.sweep, parent.pending) = (id, 0)
          stack.append(parent)
        }
        parent.pending += 1
      }
    }
  }

  /// Calls a node's pullbacks, hands their results to its parents, and frees what they had saved.
  private mutating func process(_ node: Node, _ ready: inout [Node]) {
    let gradient = node.gradient.take()
    node.ownsGradient = false
    if node.isLeaf || wanted != nil { arrive(gradient, at: node) }
    let output = node.output
    let edges = retainGraph || node.isLeaf ? node.edges : node.release()
    edges.drain { edge in
      if let gradient { deliver(edge.pullback(gradient, output), to: edge.parent) }
      if edge.parent.isLeaf { return }
      edge.parent.pending -= 1
      if edge.parent.pending == 0 { ready.append(edge.parent) }
    }
  }

  /// A gradient that is complete, or a leaf's share of one.
  private mutating func arrive(_ gradient: Variable?, at node: Node) {
    guard let gradient else { return }
    if wanted == nil { return node.accumulate(gradient, createGraph: createGraph) }
    let key = ObjectIdentifier(node)
    guard let arrived = wanted?[key] else { return }
    wanted?[key] = .some(arrived.map { $0 + gradient } ?? gradient)
  }

  /// Undoes broadcasting and promotion, then adds to what the parent has got so far.
  @inline(__always)
  private mutating func deliver(_ part: Variable, to parent: Node) {
    if !part.fits(parent) { return deliver(part.summed(to: parent.shape).to(parent.dtype), to: parent) }
    if parent.isLeaf { arrive(part, at: parent) } else { parent.add(part, createGraph: createGraph) }
  }
}

extension Pullback {
  @inline(__always)
  fileprivate func callAsFunction(_ gradient: Variable, _ output: Variable?) -> Variable {
    switch self {
    case .gradient(let pullback): pullback(gradient)
    case .gradientAndOutput(let pullback): pullback(gradient, output.unsafelyUnwrapped)
    }
  }
}

/// Guards the gradient slots of all leaves, for the few instructions of an exchange.
private let leafLock = Mutex(())

extension Node {
  /// Adds a contribution to the gradient of a node inside the graph.
  fileprivate func add(_ part: Variable, createGraph: Bool) {
    guard let sum = gradient else {
      gradient = part
      return
    }
    // The first contribution may be an object that other nodes hold too; the second makes a sum of our own.
    if ownsGradient && !createGraph {
      sum.add(part.value)
    } else {
      gradient = sum + part
      ownsGradient = true
    }
  }

  /// Adds a contribution to a leaf's gradient, which sweeps on several threads may do at once: what is there is taken
  /// out, the sum made outside the lock, and put back. What another sweep has put there in between is added in turn.
  fileprivate func accumulate(_ part: Variable, createGraph: Bool) {
    var sum: Variable?
    exchange(&sum)
    if let known = sum, createGraph {
      sum = known + part
    } else if let known = sum {
      known.add(part.value)
    } else {
      // A handle of the leaf's own: `part` may be another leaf's gradient too.
      sum = Variable(part.value, node: createGraph ? part.node : nil)
    }
    exchange(&sum)
    if let other = sum { accumulate(other, createGraph: createGraph) }
  }

  private func exchange(_ gradient: inout Variable?) {
    leafLock._unsafeLock()
    swap(&gradient, &grad)
    leafLock._unsafeUnlock()
  }
}
