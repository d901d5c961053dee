import Tensors

/// The lines.
extension GraphLayout {
  /// A point of the picture.
  struct Point: Equatable {
    var x: Double
    var y: Double
  }

  /// A line as a chain of points, passed vertically and joined by curves. Lines from one box that share a trunk begin
  /// where they branch off; only the first runs along all of it.
  struct Route {
    let edge: Edge
    let isCarried: Bool
    /// Whether it begins at its box.
    let isWhole: Bool
    let points: [Point]
  }

  /// The lines of all edges that go down. Each ends at a place of its own on the upper side of its box.
  func routes() -> [Route] {
    var begun: Set<Int> = []
    let farthestFirst = arrivals().sorted {
      (rows[$1.edge.to], $0.edge.to) < (rows[$0.edge.to], $1.edge.to)
    }
    return farthestFirst.map { edge, isCarried, x in
      let trunk = trunks[edge.from].prefix(rows[edge.to] - rows[edge.from])
      let isFirst = begun.insert(edge.from).inserted
      let start = lowerEnd(isFirst ? trunk.first! : trunk.last!)
      let way = isFirst ? trunk.dropFirst().flatMap { [upperEnd($0), lowerEnd($0)] } : []
      return Route(
        edge: edge, isCarried: isCarried, isWhole: isFirst || trunk.count == 1,
        points: [start] + way + [Point(x: x, y: tops[rows[edge.to]])])
    }
  }

  private func upperEnd(_ item: Int) -> Point { Point(x: items[item].x, y: tops[items[item].row]) }

  private func lowerEnd(_ item: Int) -> Point {
    Point(x: items[item].x, y: tops[items[item].row] + GraphLayout.boxHeight)
  }

  /// The places on the boxes' upper sides: spread around the middle in the order in which the lines come from the left.
  private func arrivals() -> [(edge: Edge, isCarried: Bool, x: Double)] {
    input.parents.indices.flatMap { id in
      let carried = input.carried[id].filter { rows[$0] < rows[id] }
      let sources = input.parents[id].map { ($0, false) } + carried.map { ($0, true) }
      let sorted = sources.map { (from: $0.0, isCarried: $0.1, x: items[branch($0.0, id)].x) }.enumerated()
        .sorted { ($0.element.x, $0.offset) < ($1.element.x, $1.offset) }.map(\.element)
      let step = min(16, (input.widths[id] - 16) / Double(max(sorted.count, 1)))
      return sorted.enumerated().map { i, arrival in
        let shift = (Double(i) - Double(sorted.count - 1) / 2) * step
        return (Edge(from: arrival.from, to: id), arrival.isCarried, items[id].x + shift)
      }
    }
  }

  /// The last item of a trunk on the way to a box.
  private func branch(_ source: Int, _ id: Int) -> Int { trunks[source][rows[id] - rows[source] - 1] }

  /// From the lane beside the source up, along its trunk, to the lane beside the box that the line comes back to.
  /// Within a row both ends are the lanes' upper ones, and a line from a box to itself has no points.
  func returningRoutes() -> [Route] {
    var begun: Set<Int> = []
    let farthestFirst = returns.sorted { (rows[$0.to], $0.to) < (rows[$1.to], $1.to) }
    return farthestFirst.map { edge in
      if edge.from == edge.to { return Route(edge: edge, isCarried: true, isWhole: true, points: []) }
      let isLevel = rows[edge.from] == rows[edge.to]
      let trunk = returningTrunks[edge.from].prefix(max(rows[edge.from] - rows[edge.to], 1))
      let isFirst = isLevel || begun.insert(edge.from).inserted
      let isWhole = isFirst || trunk.count == 1
      let start = isWhole ? lane(edge.from) : upperEnd(trunk.last!)
      let way = isFirst ? trunk.dropFirst().flatMap { [lowerEnd($0), upperEnd($0)] } : []
      let end = lane(edge.to, isLevel ? 0 : GraphLayout.boxHeight)
      return Route(edge: edge, isCarried: true, isWhole: isWhole, points: [start] + way + [end])
    }
  }

  /// The point of the lane on the right of a box that is so far below its upper end.
  private func lane(_ id: Int, _ below: Double = 0) -> Point {
    Point(x: right(id) + GraphLayout.laneWidth - 4, y: tops[rows[id]] + below)
  }

  /// A box's right side.
  func right(_ id: Int) -> Double { items[id].x + input.widths[id] / 2 }

  /// A box's left upper corner.
  func corner(_ id: Int) -> Point { Point(x: items[id].x - input.widths[id] / 2, y: tops[rows[id]]) }
}
