/// A graph's boxes and lines as SVG elements.
struct GraphPicture {
  let diagram: GraphDiagram
  let layout: GraphLayout

  init(_ diagram: GraphDiagram) { (self.diagram, layout) = (diagram, diagram.layout) }

  /// The elements, with the top left corner at (0, 0): lines, then boxes.
  var elements: String {
    let lines = layout.routes().map(descending) + layout.returningRoutes().map(returning)
    return lines.joined() + diagram.boxes.indices.map(box).joined()
  }

  private func box(_ id: Int) -> String {
    let (box, corner) = (diagram.boxes[id], layout.corner(id))
    let width = layout.input.widths[id]
    let middle = corner.x + width / 2
    let rounding = box.isLeaf ? GraphLayout.boxHeight / 2 : 5
    return SVG.box(
      x: corner.x, y: corner.y, width: width, height: GraphLayout.boxHeight, rounding: rounding,
      style: "box \(box.style)")
      + SVG.text(box.title, x: middle, y: corner.y + (box.subtitle.isEmpty ? 26 : 19), anchor: .middle, style: "name")
      + SVG.text(box.subtitle, x: middle, y: corner.y + 35, anchor: .middle, style: "type")
      + badge(box.badge, right: corner.x + width + 8, top: corner.y - 8)
  }

  private func badge(_ text: String, right: Double, top: Double) -> String {
    if text.isEmpty { return "" }
    let width = SVG.width(of: text, size: 11) + 12
    return SVG.box(x: right - width, y: top, width: width, height: 16, rounding: 8, style: "badge")
      + SVG.text(text, x: right - width / 2, y: top + 12, anchor: .middle, style: "count")
  }
}

/// Lines.
extension GraphPicture {
  private static let headLength = 7.0

  private func descending(_ route: GraphLayout.Route) -> String {
    var points = route.points
    let end = points.removeLast()
    points.append(.init(x: end.x, y: end.y - GraphPicture.headLength + 1))
    return path("M\(place(points[0]))" + way(points), route) + head(end, dx: 0, dy: 1, route)
  }

  /// Out of one box's right side, up and into another's.
  private func returning(_ route: GraphLayout.Route) -> String {
    let (from, to) = (sideMiddle(route.edge.from), sideMiddle(route.edge.to))
    guard let first = route.points.first, let last = route.points.last else { return loop(from, route) }
    let tip = GraphLayout.Point(x: to.x + GraphPicture.headLength - 1, y: to.y)
    let isLevel = layout.rows[route.edge.from] == layout.rows[route.edge.to]
    let middle = isLevel ? arch(first, last) : way(route.points)
    let side = "M\(place(from))Q\(SVG.number(first.x)) \(SVG.number(from.y)) \(place(first))"
    let start = route.isWhole ? side : "M\(place(first))"
    return path(start + middle + "Q\(SVG.number(last.x)) \(SVG.number(to.y)) \(place(tip))", route)
      + head(to, dx: -1, dy: 0, route)
  }

  /// From a box to itself.
  private func loop(_ side: GraphLayout.Point, _ route: GraphLayout.Route) -> String {
    let (x, lane) = (side.x, side.x + GraphLayout.laneWidth)
    let (top, bottom) = (side.y - 8, side.y + 8)
    let curve = "M\(SVG.number(x)) \(SVG.number(bottom))C\(SVG.number(lane)) \(SVG.number(bottom + 2)) "
    let tip = GraphLayout.Point(x: x + GraphPicture.headLength - 1, y: top)
    return path(curve + "\(SVG.number(lane + 2)) \(SVG.number(top)) \(place(tip))", route)
      + head(.init(x: x, y: top), dx: -1, dy: 0, route)
  }

  /// Over the boxes between two in one row.
  private func arch(_ a: GraphLayout.Point, _ b: GraphLayout.Point) -> String {
    let high = SVG.number(a.y - 24)
    return "C\(SVG.number(a.x)) \(high) \(SVG.number(b.x)) \(high) \(place(b))"
  }

  private func sideMiddle(_ id: Int) -> GraphLayout.Point {
    .init(x: layout.right(id), y: layout.corner(id).y + GraphLayout.boxHeight / 2)
  }

  /// Curves from row to row, straight lines past the rows' boxes.
  private func way(_ points: [GraphLayout.Point]) -> String {
    zip(points, points.dropFirst()).enumerated().map { i, ends in
      let (a, b) = ends
      if i % 2 == 1 || abs(a.x - b.x) < 0.5 { return "L\(place(b))" }
      let middle = SVG.number((a.y + b.y) / 2)
      return "C\(SVG.number(a.x)) \(middle) \(SVG.number(b.x)) \(middle) \(place(b))"
    }.joined()
  }

  private func path(_ data: String, _ route: GraphLayout.Route) -> String {
    "<path class=\"edge\(route.isCarried ? " carried" : "")\" d=\"\(data)\"/>\n"
  }

  /// An arrowhead with its point here.
  private func head(_ tip: GraphLayout.Point, dx: Double, dy: Double, _ route: GraphLayout.Route) -> String {
    let (length, half) = (GraphPicture.headLength, 3.5)
    let base = GraphLayout.Point(x: tip.x - dx * length, y: tip.y - dy * length)
    let corners = [
      GraphLayout.Point(x: base.x + dy * half, y: base.y + dx * half), tip,
      GraphLayout.Point(x: base.x - dy * half, y: base.y - dx * half),
    ]
    let data = corners.map(place).joined(separator: "L")
    return "<path class=\"\(route.isCarried ? "carriedHead" : "head")\" d=\"M\(data)Z\"/>\n"
  }

  private func place(_ point: GraphLayout.Point) -> String { "\(SVG.number(point.x)) \(SVG.number(point.y))" }
}
