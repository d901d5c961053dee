import Tensors

/// A graph separated from certain nodes behind it: edges to them lead to leaves in their places.
///
/// A sweep of it neither goes on behind those nodes nor touches their state, which may be in use by a sweep that is under
/// way.
struct GraphCut {
  /// The leaf in the place of each node, in their order.
  let leaves: [Node]
  private let ends: [Node]
  private let replacements: [ObjectIdentifier: Node]
  private let cut: [Node]

  /// Separates the graph behind `roots` from `ends`.
  init(behind roots: [Node], from ends: [Node]) {
    self.ends = ends
    leaves = ends.map { .leaf($0.shape, $0.dtype) }
    let replacements = Dictionary(uniqueKeysWithValues: zip(ends.map(ObjectIdentifier.init), leaves))
    self.replacements = replacements
    cut = ends.isEmpty ? [] : nodes(behind: roots, until: Set(replacements.keys))
    for node in cut { node.redirect { replacements[ObjectIdentifier($0)] ?? $0 } }
  }

  /// The leaf in the place of a node, or the node itself.
  func replacement(of node: Node) -> Node { replacements[ObjectIdentifier(node)] ?? node }

  /// Joins the graph with those nodes again.
  func undo() {
    let originals = Dictionary(uniqueKeysWithValues: zip(leaves.map(ObjectIdentifier.init), ends))
    for node in cut { node.redirect { originals[ObjectIdentifier($0)] ?? $0 } }
  }
}

/// The nodes that these lead back to, these included, each once; the walk leaves out the ends and what is behind them.
private func nodes(behind roots: [Node], until ends: Set<ObjectIdentifier>) -> [Node] {
  var seen = ends
  var (found, stack): ([Node], [Node]) = ([], roots)
  while let node = stack.popLast() {
    if !seen.insert(ObjectIdentifier(node)).inserted { continue }
    found.append(node)
    node.forEachParent { stack.append($0) }
  }
  return found
}
