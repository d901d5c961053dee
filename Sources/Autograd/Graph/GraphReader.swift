import Tensors

extension Graph {
  /// The graph that these variables came from.
  ///
  /// - Parameters:
  ///   - outputs: the variables; what they share comes once. One that requires no gradient has no graph.
  ///   - names: names of leaves or results, such as a model's `namedParameters()`. The first name of a variable counts;
  ///     variables outside the graph are passed over.
  /// - Complexity: O(nodes + edges), no recursion.
  public init(of outputs: [Variable], names: [(name: String, parameter: Variable)] = []) {
    var reader = GraphReader()
    let roots = outputs.compactMap(\.node)
    roots.forEach { reader.read(from: $0) }
    self = reader.graph(outputs: roots, names: names)
  }

  /// The graph that these variables came from.
  public init(of outputs: Variable..., names: [(name: String, parameter: Variable)] = []) {
    self.init(of: outputs, names: names)
  }
}

extension Variable {
  /// The graph that this variable came from: `Graph(of: self, names: names)`.
  public func graph(names: [(name: String, parameter: Variable)] = []) -> Graph { Graph(of: self, names: names) }

  /// The name of the recorded operation that made this variable; nil for a leaf or a constant.
  public var operation: String? { node.flatMap { $0.isLeaf ? nil : $0.operation } }
}

extension Node {
  /// Which output of its parent this is, if that is an operation of several.
  fileprivate var outputIndex: Int? {
    (self as? PartNode)?.index
  }
}

/// Numbers the recorded nodes in topological order.
private struct GraphReader {
  private var order: [Node] = []
  private var ids: [ObjectIdentifier: Int] = [:]
  /// The operations on the longest path from a leaf to each node, but leaves: 0.
  private var depths: [ObjectIdentifier: Int] = [:]

  mutating func read(from root: Node) {
    measure(root)
    visit(root, isDone: { $0.ids[$1] != nil }) { reader, node in
      node.forEachParent { if $0.isLeaf { reader.number($0) } }
      reader.number(node)
    }
  }

  /// Finds the depths of a node and of all that it depends on.
  private mutating func measure(_ root: Node) {
    visit(root, isDone: { $0.depths[$1] != nil }) { reader, node in
      var depth = 0
      node.forEachParent { depth = max(depth, reader.depth($0)) }
      if !node.isLeaf { reader.depths[ObjectIdentifier(node)] = depth + 1 }
    }
  }

  private func depth(_ node: Node) -> Int { depths[ObjectIdentifier(node)] ?? 0 }

  /// Finishes what a node depends on and then the node, going down to the deepest input first as far as depths are
  /// known, among equals to the first. Leaves are left to the operations that use them.
  private mutating func visit(
    _ root: Node, isDone: (GraphReader, ObjectIdentifier) -> Bool, finish: (inout GraphReader, Node) -> Void
  ) {
    var stack = [(node: root, isOpen: false)]
    while let (node, isOpen) = stack.popLast() {
      if isDone(self, ObjectIdentifier(node)) { continue }
      if isOpen || node.isLeaf {
        finish(&self, node)
      } else {
        stack.append((node, true))
        let first = stack.count
        node.forEachParent {
          if !$0.isLeaf && !isDone(self, ObjectIdentifier($0)) { stack.append(($0, false)) }
        }
        // The last is visited first.
        stack[first...].reverse()
        if stack.count > first + 1 { stack[first...].sort { depth($0.node) < depth($1.node) } }
      }
    }
  }

  private mutating func number(_ node: Node) {
    if ids[ObjectIdentifier(node)] != nil { return }
    ids[ObjectIdentifier(node)] = order.count
    order.append(node)
  }

  func graph(outputs: [Node], names: [(name: String, parameter: Variable)]) -> Graph {
    let outputs = Set(outputs.map { ObjectIdentifier($0) })
    let pairs = names.compactMap { name, variable in variable.node.map { (ObjectIdentifier($0), name) } }
    let names = Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    // An operation of several outputs, known by those, has no shape of its own.
    let joint = Set(order.lazy.compactMap { ($0 as? PartNode)?.whole.map { ObjectIdentifier($0) } })
    return Graph(
      order.enumerated().map { id, node in
        let key = ObjectIdentifier(node)
        return plain(
          node, id: id, name: names[key], isOutput: outputs.contains(key), hasShape: !joint.contains(key))
      })
  }

  private func plain(_ node: Node, id: Int, name: String?, isOutput: Bool, hasShape: Bool) -> Graph.Node {
    var parents: [Int] = []
    node.forEachParent { parents.append(ids[ObjectIdentifier($0)]!) }
    return Graph.Node(
      id: id, operation: node.operation, name: name, shape: hasShape ? node.shape : nil,
      dtype: hasShape ? node.dtype : nil, isLeaf: node.isLeaf, isOutput: isOutput, isReleased: node.isReleased,
      outputIndex: node.outputIndex, parents: parents, carried: [], repeats: 1)
  }
}
