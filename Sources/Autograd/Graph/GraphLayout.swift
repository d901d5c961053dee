/// Places for the boxes of a directed graph, in rows from top to bottom, and ways for its edges.
///
/// The method of Sugiyama, Tagawa and Toda ("Methods for visual understanding of hierarchical system structures", 1981,
/// doi:10.1109/TSMC.1981.4308636): a row for each step along the longest paths, placeholders where an edge passes a
/// row, sweeps that put everything in the order of the mean place of its neighbours, then distances. All edges from one
/// box run along one trunk until they branch off, so that there are at most boxes × rows placeholders.
package struct GraphLayout {
  /// What is to be placed. Boxes stand in topological order.
  struct Input {
    /// The boxes' widths.
    var widths: [Double]
    /// For each box the boxes above it, one a line to draw, in order.
    var parents: [[Int]]
    /// For each box those from which a line of its own comes back up.
    var carried: [[Int]]
    /// Boxes that stand right above their first consumer instead of at the top.
    var isLeaf: [Bool]
  }

  static let boxHeight = 44.0
  /// Beside a box that a line comes back to, or leaves for going back.
  static let laneWidth = 16.0

  let input: Input
  /// Each box's row.
  private(set) var rows: [Int]
  /// Boxes, then placeholders.
  var items: [Item] = []
  /// The items of each row, from left to right.
  var order: [[Int]] = []
  /// From items to items of the next row.
  var links: [Link] = []
  /// For each box the items along its trunk, itself first.
  var trunks: [[Int]] = []
  /// The same for the lines that go back up.
  var returningTrunks: [[Int]] = []
  /// The edges that go back up.
  private(set) var returns: [Edge] = []

  /// The size of the whole.
  private(set) var width = 0.0
  private(set) var height = 0.0
  /// The upper edge of each row.
  private(set) var tops: [Double] = []

  struct Item {
    let row: Int
    let width: Double
    let isBox: Bool
    /// The middle.
    var x = 0.0
  }

  struct Link {
    let (upper, lower): (Int, Int)
    /// How much it resists being drawn at a slant.
    let weight: Double
  }

  struct Edge: Hashable {
    let from: Int
    let to: Int
  }

  init(_ input: Input) {
    self.input = input
    rows = GraphLayout.rows(of: input)
    addItems()
    addOrder()
    reduceCrossings()
    placeItems()
    measure()
  }

  /// Moves everything to positive coordinates and finds the size and the heights of the gaps between rows, which grow
  /// with the slant of their lines.
  private mutating func measure() {
    let left = items.map { $0.x - $0.width / 2 }.min() ?? 0
    for i in items.indices { items[i].x -= left }
    width = items.map { $0.x + $0.width / 2 }.max() ?? 0
    var slants = Array(repeating: 0.0, count: order.count)
    for link in links {
      let row = items[link.upper].row
      slants[row] = max(slants[row], abs(items[link.upper].x - items[link.lower].x))
    }
    var y = 0.0
    for row in order.indices {
      tops.append(y)
      y += GraphLayout.boxHeight + min(36 + slants[row] * 0.08, 96)
    }
    height = (tops.last ?? 0) + (tops.isEmpty ? 0 : GraphLayout.boxHeight)
  }
}

/// Rows.
extension GraphLayout {
  /// A box stands below all its parents; one that has more consumers than parents to be near to goes down as far as
  /// they let it, and so do leaves.
  private static func rows(of input: Input) -> [Int] {
    var rows = input.parents.indices.map { _ in 0 }
    for (id, parents) in input.parents.enumerated() { rows[id] = (parents.map { rows[$0] + 1 }.max() ?? 0) }
    var (nearest, consumers) = (rows.map { _ in Int.max }, rows.map { _ in 0 })
    for id in rows.indices.reversed() {
      let inner = Set(input.parents[id].lazy.filter { !input.isLeaf[$0] })
      if consumers[id] > 0 && consumers[id] >= inner.count { rows[id] = nearest[id] - 1 }
      for parent in Set(input.parents[id]) {
        nearest[parent] = min(nearest[parent], rows[id])
        consumers[parent] += 1
      }
    }
    return withoutEmptyRows(rows)
  }

  private static func withoutEmptyRows(_ rows: [Int]) -> [Int] {
    let numbers = Dictionary(uniqueKeysWithValues: Set(rows).sorted().enumerated().map { ($1, $0) })
    return rows.map { numbers[$0]! }
  }
}

/// Items and links.
extension GraphLayout {
  private mutating func addItems() {
    let hasLane = Set(input.carried.enumerated().flatMap { id, sources in sources.isEmpty ? [] : sources + [id] })
    for (id, width) in input.widths.enumerated() {
      let lanes = hasLane.contains(id) ? 2 * GraphLayout.laneWidth : 0
      items.append(Item(row: rows[id], width: width + lanes, isBox: true))
    }
    trunks = input.widths.indices.map { [$0] }
    returningTrunks = trunks
    for (id, parents) in input.parents.enumerated() { for parent in Set(parents).sorted() { link(parent, to: id) } }
    for (id, sources) in input.carried.enumerated() {
      for source in Set(sources).sorted() {
        if rows[source] < rows[id] { link(source, to: id) } else { linkBack(source, to: id) }
      }
    }
  }

  /// Makes a trunk long enough to reach the row above a box, and branches off.
  private mutating func link(_ source: Int, to id: Int) {
    for row in stride(from: rows[source] + trunks[source].count, to: rows[id], by: 1) {
      trunks[source].append(placeholder(in: row, below: trunks[source].last!))
    }
    addLink(trunks[source][rows[id] - rows[source] - 1], id)
  }

  /// The same for a line that goes up from the side of `source` to the side of `id`.
  private mutating func linkBack(_ source: Int, to id: Int) {
    returns.append(Edge(from: source, to: id))
    if rows[source] == rows[id] { return }
    for row in stride(from: rows[source] - returningTrunks[source].count, to: rows[id], by: -1) {
      returningTrunks[source].append(placeholder(in: row, above: returningTrunks[source].last!))
    }
    addLink(id, returningTrunks[source][rows[source] - rows[id] - 1])
  }

  /// A new item beside a trunk's last.
  private mutating func placeholder(in row: Int, below upper: Int? = nil, above lower: Int? = nil) -> Int {
    let new = items.count
    items.append(Item(row: row, width: 6, isBox: false))
    addLink(upper ?? new, lower ?? new)
    return new
  }

  /// Long lines shall be straight, then the ways between operations.
  private mutating func addLink(_ upper: Int, _ lower: Int) {
    let boxes = [upper, lower].filter { items[$0].isBox }
    let weight = boxes.count == 1 ? 3.0 : boxes.contains { input.isLeaf[$0] } ? 1 : 8
    links.append(Link(upper: upper, lower: lower, weight: weight))
  }

  private mutating func addOrder() {
    order = Array(repeating: [], count: (rows.max() ?? -1) + 1)
    for item in items.indices { order[items[item].row].append(item) }
  }
}
