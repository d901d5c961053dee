import Tensors

/// What a drawn graph shows: boxes with their texts, and which box is above which.
struct GraphDiagram {
  struct Box {
    let title: String
    let subtitle: String
    let badge: String
    let style: String
    let isLeaf: Bool

    /// The width that the texts need.
    var width: Double {
      let text = max(SVG.width(of: title, size: GraphDiagram.titleSize), SVG.width(of: subtitle, size: 11))
      return max(text + 18, 60) + (badge.isEmpty ? 0 : 14)
    }
  }

  /// The titles are bold, which makes them wider than their size tells.
  static let titleSize = 12.8
  private static let widestText = 230.0

  let boxes: [Box]
  private(set) var parents: [[Int]] = []
  private(set) var carried: [[Int]] = []
  /// The nodes of the graph that one box stands for because there are too many.
  let omitted: Range<Int>
  let nodeCount: Int

  /// Of more than `limit` nodes those in the middle of the order become one box. Nothing before it depends on it, and
  /// it on nothing behind it, so there is still no cycle.
  init(_ graph: Graph, limit: Int) {
    require(limit > 0, "svg", "limit \(limit); expected at least 1")
    nodeCount = graph.nodes.count
    omitted = graph.middle(beyond: limit)
    let (head, tail) = (graph.nodes[..<omitted.lowerBound], graph.nodes[omitted.upperBound...])
    let omission = omitted.isEmpty ? [] : [GraphDiagram.omission(omitted.count)]
    boxes = head.map(GraphDiagram.box) + omission + tail.map(GraphDiagram.box)
    parents = head.map { boxes(of: $0.parents) }
    carried = head.map { boxes(of: $0.carried) }
    if !omitted.isEmpty {
      let sources = Set(graph.nodes[omitted].lazy.flatMap(\.parents)).filter { $0 < omitted.lowerBound }
      parents.append(sources.sorted())
      carried.append([])
    }
    parents += tail.map { boxes(of: $0.parents) }
    carried += tail.map { boxes(of: $0.carried) }
  }

  /// The boxes of nodes, that of the left-out ones at most once.
  private func boxes(of ids: [Int]) -> [Int] {
    let first = ids.firstIndex(where: omitted.contains)
    return ids.indices.filter { !omitted.contains(ids[$0]) || $0 == first }.map { place in
      let id = ids[place]
      return id < omitted.lowerBound ? id : omitted.contains(id) ? omitted.lowerBound : id - max(omitted.count - 1, 0)
    }
  }

  private static func box(_ node: Graph.Node) -> Box {
    let kind = node.isParameter ? "parameter" : node.isLeaf ? "leaf" : "operation"
    let marks = (node.isOutput ? " output" : "") + (node.isReleased ? " released" : "")
    return Box(
      title: SVG.fitted(node.title, room: widestText, size: titleSize),
      subtitle: SVG.fitted(node.type ?? "", room: widestText, size: 11),
      badge: node.repeats > 1 ? "× \(grouped(node.repeats))" : "", style: kind + marks, isLeaf: node.isLeaf)
  }

  private static func omission(_ count: Int) -> Box {
    Box(title: "… \(grouped(count)) nodes …", subtitle: "not drawn", badge: "", style: "omitted", isLeaf: false)
  }

  /// What the layout needs to know.
  var layout: GraphLayout {
    GraphLayout(.init(widths: boxes.map(\.width), parents: parents, carried: carried, isLeaf: boxes.map(\.isLeaf)))
  }
}
