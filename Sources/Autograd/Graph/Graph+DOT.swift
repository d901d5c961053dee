import Tensors

extension Graph {
  /// The graph in the language of Graphviz: `dot -Tsvg graph.dot` draws it.
  ///
  /// Operations are boxes, leaves ellipses, those with names coloured, outputs with a double border. Inputs stand in
  /// the order of the operation's; what comes from the previous repetition of a folded run is dashed.
  ///
  /// - Parameter folded: writes ``folded(atLeast:)``.
  public func dot(folded: Bool = true) -> String {
    let graph = folded ? self.folded() : self
    let statements = graph.nodes.map(Graph.statement) + graph.nodes.flatMap(Graph.edges)
    let preamble = [
      "node [shape=box, style=filled, fillcolor=\"#f3f3f0\", color=\"#8c8c86\", fontname=\"Helvetica\", fontsize=12]",
      "edge [color=\"#77777a\", arrowsize=0.7]",
    ]
    return "digraph {\n" + (preamble + statements).map { "  \($0)\n" }.joined() + "}\n"
  }

  private static func statement(_ node: Node) -> String {
    var lines = [node.title] + (node.type.map { [$0] } ?? [])
    if node.repeats > 1 { lines.append("× \(grouped(node.repeats))") }
    if node.isReleased { lines.append("released") }
    var attributes = ["label=\"\(lines.map(quoted).joined(separator: "\\n"))\""]
    if node.isLeaf { attributes.append("shape=ellipse") }
    if node.isParameter { attributes.append("fillcolor=\"#cfe3f1\"") }
    if node.isOutput { attributes.append("peripheries=2") }
    return "n\(node.id) [\(attributes.joined(separator: ", "))]"
  }

  private static func edges(_ node: Node) -> [String] {
    node.parents.map { "n\($0) -> n\(node.id)" }
      + node.carried.map { "n\($0) -> n\(node.id) [style=dashed, constraint=false]" }
  }

  /// Inside a quoted string of the language.
  private static func quoted(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar {
      case "\\", "\"": result += "\\\(scalar)"
      case "\u{0}"..<" ": result += " "
      default: result.unicodeScalars.append(scalar)
      }
    }
  }
}
