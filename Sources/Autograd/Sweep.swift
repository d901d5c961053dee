import Synchronization
import Tensors

/// One backward pass: from the roots in reverse topological order, each node once, when all its consumers are done.
///
/// - Complexity: O(nodes + edges) beside the pullbacks, no recursion.
struct Sweep {
  private static let counter = Atomic<UInt64>(0)

  private let id = Sweep.counter.wrappingAdd(1, ordering: .relaxed).newValue
  let retainGraph: Bool
  private let createGraph: Bool
  private let observers = Observers.current
  /// Nodes whose gradients are whole: one to go on with, and others.
  private var next: Node?
  private var ready: [Node] = []
  /// The nodes whose gradients are wanted in place of the leaves' accumulation, with what has arrived for each.
  private var wanted: [ObjectIdentifier: Variable?]?
  /// What a sweep that is under way had left on nodes of this one, which runs inside a hook or a pullback.
  private var displaced: [DisplacedState] = []
  /// Leaves whose hooks must see the whole gradient of the sweep, with what has arrived for each.
  private var waiting: [(leaf: Node, sum: Variable)] = []

  init(retainGraph: Bool, createGraph: Bool, wanted: [Node]? = nil) {
    self.retainGraph = retainGraph
    self.createGraph = createGraph
    self.wanted = wanted.map { nodes in
      Dictionary(nodes.map { (ObjectIdentifier($0), nil as Variable?) }, uniquingKeysWith: { a, _ in a })
    }
  }

  /// The gradient that arrived at a wanted node.
  func gradient(at node: Node) -> Variable? { wanted?[ObjectIdentifier(node)] ?? nil }

  /// Sweeps from these nodes, each with its gradient.
  mutating func run(from roots: [(node: Node, gradient: Variable)]) {
    if wanted == nil { countConsumers(from: roots.map(\.node)) } else { countNeededConsumers(from: roots.map(\.node)) }
    withGradMode(createGraph) {
      for (node, gradient) in roots where isNeeded(node) {
        deliver(gradient, to: node)
        // A root may come several times, or be needed by another: then it is ready later.
        if !node.isLeaf && node.pending == 0 && !ready.contains(where: { $0 === node }) { ready.append(node) }
      }
      while let node = ready.popLast() {
        process(node)
        while let node = next.take() { process(node) }
      }
      finishWaitingLeaves()
    }
    for state in displaced.reversed() { state.restore() }
  }

  /// Calls a node's pullbacks, which hand their results to its parents, and frees what they had saved.
  private mutating func process(_ node: Node) {
    var gradient = node.gradient.take()
    node.ownsGradient = false
    // A sweep inside this one may have gone this way.
    if node.isReleased && gradient != nil { failReleased(node) }
    if let extras = node.extras, let whole = gradient { gradient = extras.observe(whole, at: node) }
    if wanted != nil {
      arrive(gradient, at: node)
      // Where a wanted result is all that is asked for, what is behind it stays for another sweep.
      if !leadsFurther(node) { return }
    }
    observers?.forEach { if let gradient { $0.pullbackStarts(node, gradient: gradient) } }
    node.propagate(gradient, in: &self)
    observers?.forEach { if gradient != nil { $0.pullbackEnds(node) } }
    if !retainGraph { node.release() }
  }

  /// Whether a parent of the node is needed.
  private func leadsFurther(_ node: Node) -> Bool {
    var isAny = false
    node.forEachParent { if isNeeded($0) { isAny = true } }
    return isAny
  }

  /// Adds what has arrived at wanted nodes to their gradients, once each.
  func accumulate(at targets: [Node]) {
    var seen: Set<ObjectIdentifier> = []
    withGradMode(createGraph) {
      for node in targets where seen.insert(ObjectIdentifier(node)).inserted {
        // One that is kept on demand has been kept in passing.
        guard let gradient = gradient(at: node), node.extras?.keepsGradient != true else { continue }
        node.accumulate(gradient, createGraph: createGraph)
        node.extras?.announce()
      }
    }
  }

  /// A link that a node holds: moved out, unless the graph is retained.
  @inline(__always)
  func claim(_ link: inout Link?) -> Link? { retainGraph ? link : link.take() }

  /// Calls a link's pullback and delivers the result, if the sweep needs the parent.
  @inline(__always)
  mutating func follow(_ link: Link?, _ gradient: Variable?, from node: Node) {
    guard let link, isNeeded(link.parent) else { return }
    if let gradient {
      deliver(link.pullback(gradient), to: link.parent, from: node)
    } else {
      deliver(nil, to: link.parent, from: node)
    }
  }

  /// Gives a parent what a node's pullback has made of the gradient; nil where nothing flows back. To be called once for
  /// each link to a parent that ``isNeeded(_:)``, the last one being when the parent is processed.
  @inline(__always)
  mutating func deliver(_ part: Variable?, to parent: Node, from node: Node) {
    if let part {
      observers?.forEach { $0.pullbackDelivers(part, to: parent, from: node) }
      deliver(part.fits(parent) ? part : part.fitted(to: parent, from: node), to: parent)
    }
    if !parent.isLeaf { count(parent) }
  }

  /// Counts a link to a parent as done. The first parent that becomes ready is next; others wait.
  mutating func count(_ parent: Node) {
    parent.pending -= 1
    if parent.pending > 0 { return }
    if next == nil { next = parent } else { ready.append(parent) }
  }

  /// Adds a gradient to what the parent has got so far.
  private mutating func deliver(_ part: Variable, to parent: Node) {
    if parent.isLeaf { arrive(part, at: parent) } else { parent.add(part, createGraph: createGraph) }
  }

  /// A gradient that is complete, or a leaf's share of one.
  private mutating func arrive(_ gradient: Variable?, at node: Node) {
    guard let gradient else { return }
    if node.isLeaf && node.extras != nil { return wait(gradient, node) }
    if wanted == nil { return node.accumulate(gradient, createGraph: createGraph) }
    let key = ObjectIdentifier(node)
    guard let arrived = wanted?[key] else { return }
    wanted?[key] = .some(arrived.map { $0 + gradient } ?? gradient)
  }

  /// Whether the sweep has to go on to this node.
  @inline(__always)
  func isNeeded(_ node: Node) -> Bool {
    guard let wanted else { return true }
    return node.isLeaf ? wanted[ObjectIdentifier(node)] != nil : node.isNeeded
  }
}

/// Leaves with hooks.
extension Sweep {
  private mutating func wait(_ gradient: Variable, _ leaf: Node) {
    if let i = waiting.firstIndex(where: { $0.leaf === leaf }) {
      waiting[i].sum = waiting[i].sum + gradient
    } else {
      waiting.append((leaf, gradient))
    }
  }

  /// Shows each leaf's hooks its gradient of this sweep, then adds it.
  private mutating func finishWaitingLeaves() {
    for (leaf, sum) in waiting {
      guard let extras = leaf.extras else { continue }
      let gradient = extras.observe(sum, at: leaf)
      let key = ObjectIdentifier(leaf)
      if wanted?[key] != nil {
        wanted?[key] = .some(gradient)
      } else if wanted == nil {
        leaf.accumulate(gradient, createGraph: createGraph)
        extras.announce()
      }
    }
    waiting = []
  }
}

/// The order of the sweep: how many edges must have delivered before a node can be processed.
extension Sweep {
  /// Sets `pending` on every node that the roots depend on to the number of edges that lead to it.
  private mutating func countConsumers(from roots: [Node]) {
    var stack: [Node] = []
    for root in roots { visit(root, &stack) }
    while let node = stack.popLast() {
      node.forEachParent { parent in
        // Leaves take contributions one by one and are shared between threads: no sweep state is kept on them.
        if parent.isLeaf { return }
        visit(parent, &stack)
        parent.pending += 1
      }
    }
  }

  /// The same, counting only nodes from which a wanted one can be reached; the others are left out of the sweep.
  private mutating func countNeededConsumers(from roots: [Node]) {
    for node in parentsFirst(roots) {
      node.isNeeded = wanted?[ObjectIdentifier(node)] != nil
      node.forEachParent { if isNeeded($0) { node.isNeeded = true } }
      if !node.isNeeded { continue }
      node.forEachParent { if !$0.isLeaf && $0.isNeeded { $0.pending += 1 } }
    }
  }

  /// The nodes that the roots depend on, none before its parents.
  private mutating func parentsFirst(_ roots: [Node]) -> [Node] {
    var (order, stack, open): ([Node], [Node], [Node]) = ([], roots.filter { !$0.isLeaf }, [])
    while let node = stack.last {
      if node.sweep == id {
        // Begun before: its parents above it are done, or it is another place where it was asked for.
        stack.removeLast()
        if open.last === node { order.append(open.removeLast()) }
      } else {
        begin(node)
        open.append(node)
        node.forEachParent { if !$0.isLeaf && $0.sweep != id { stack.append($0) } }
      }
    }
    return order
  }

  /// Begins a node's part in this sweep and keeps it for later, unless it has begun.
  @inline(__always)
  private mutating func visit(_ node: Node, _ stack: inout [Node]) {
    if node.isLeaf || node.sweep == id { return }
    begin(node)
    stack.append(node)
  }

  @inline(__always)
  private mutating func begin(_ node: Node) {
    if node.isReleased { failReleased(node) }
    if node.pending > 0 || node.gradient != nil { displaced.append(DisplacedState(takenFrom: node)) }
    (node.sweep, node.pending) = (id, 0)
  }

  private func failReleased(_ node: Node) -> Never {
    fail(
      "backward",
      "the graph of \(node.operation) was already swept and its saved values freed; pass retainGraph: true to the first "
        + "backward to sweep it again")
  }
}

/// A node's part in a sweep, put aside for another that runs inside it.
struct DisplacedState {
  private let node: Node
  private let (sweep, pending, isNeeded): (UInt64, Int, Bool)
  private let (gradient, ownsGradient): (Variable?, Bool)
  private let arrived: [Variable?]

  init(takenFrom node: Node) {
    self.node = node
    (sweep, pending, isNeeded) = (node.sweep, node.pending, node.isNeeded)
    (gradient, ownsGradient) = (node.gradient.take(), node.ownsGradient)
    arrived = node.takeArrived()
    node.ownsGradient = false
  }

  func restore() {
    (node.sweep, node.pending, node.isNeeded) = (sweep, pending, isNeeded)
    (node.gradient, node.ownsGradient) = (gradient, ownsGradient)
    node.restoreArrived(arrived)
  }
}
