import Tensors

extension Graph: CustomStringConvertible {
  /// The ``summary``, then the ``listing(folded:limit:)``.
  public var description: String { "\(summary)\n\(listing())" }

  /// The nodes in topological order, one a line: what it is, `←` its inputs, `→` its consumers.
  ///
  ///     #0 fc1.weight float32[128, 784] → #2
  ///     #1 fc1.bias float32[128] → #2
  ///     #2 linear float32[64, 128] ← #0 fc1.weight, #1 fc1.bias → #3
  ///
  /// A node that stands for several says so, `× 100`, and with `↺` what it takes from the repetition before.
  ///
  /// - Parameters:
  ///   - folded: lists ``folded(atLeast:)``.
  ///   - limit: the number of lines; of more nodes those in the middle are left out, which a line says.
  public func listing(folded: Bool = true, limit: Int = 200) -> String {
    let graph = folded ? self.folded() : self
    require(limit > 0, "listing", "limit \(limit); expected at least 1")
    let omitted = graph.middle(beyond: limit)
    var lines = graph.nodes[..<omitted.lowerBound].map(graph.line)
    if !omitted.isEmpty { lines.append("… \(grouped(omitted.count)) nodes …") }
    lines += graph.nodes[omitted.upperBound...].map(graph.line)
    return lines.map { $0 + "\n" }.joined()
  }

  /// The nodes to leave out where no more than `limit` are to be shown.
  func middle(beyond limit: Int) -> Range<Int> {
    if nodes.count <= limit { return nodes.count..<nodes.count }
    let kept = limit / 2
    return limit - kept..<nodes.count - kept
  }

  private func line(_ node: Node) -> String {
    var parts = ["#\(node.id) \(node.title)"]
    if let type = node.type { parts.append(type) }
    if node.repeats > 1 { parts.append("× \(grouped(node.repeats))") }
    if !node.parents.isEmpty { parts.append("← " + node.parents.map(reference).joined(separator: ", ")) }
    if !node.carried.isEmpty { parts.append("↺ " + node.carried.map(reference).joined(separator: ", ")) }
    if !node.consumers.isEmpty { parts.append("→ " + Graph.shortened(node.consumers.map { "#\($0)" })) }
    if node.isOutput { parts.append("(output)") }
    if node.isReleased { parts.append("(released)") }
    return parts.joined(separator: " ")
  }

  /// A node where another one names it.
  private func reference(_ id: Int) -> String { "#\(id)" + (nodes[id].name.map { " \($0)" } ?? "") }

  /// The first few, where a leaf has thousands of consumers.
  private static func shortened(_ references: [String]) -> String {
    let rest = references.count - 12
    return references.prefix(12).joined(separator: ", ") + (rest > 0 ? " and \(grouped(rest)) more" : "")
  }
}

extension Graph.Node {
  /// What it is called: a leaf by its name, an operation by the name of its result and its own.
  var title: String {
    let kind = outputIndex.map { "\(operation).\($0)" } ?? operation
    guard let name else { return kind }
    return isLeaf ? name : "\(name) = \(kind)"
  }

  /// `float32[64, 10]`.
  var type: String? {
    guard let dtype, let shape else { return nil }
    return "\(dtype)\(shape)"
  }
}
