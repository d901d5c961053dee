/// The order of the items in their rows.
extension GraphLayout {
  private static let sweeps = 16

  /// Sweeps down and up, sorting each row by the mean place of each item's neighbours in the row before, and keeps the
  /// order with the fewest crossings.
  mutating func reduceCrossings() {
    let neighbours = neighbours()
    var places = Array(repeating: 0, count: items.count)
    for row in order { for (place, item) in row.enumerated() { places[item] = place } }
    var best = (order: order, crossings: crossings(places))
    for sweep in 0..<GraphLayout.sweeps where best.crossings > 0 {
      let goesDown = sweep % 2 == 0
      for row in goesDown ? Array(order.indices) : order.indices.reversed() {
        sort(row, by: goesDown ? neighbours.above : neighbours.below, &places)
      }
      let crossings = crossings(places)
      if crossings < best.crossings { best = (order, crossings) }
    }
    order = best.order
  }

  /// For each item those that it is linked to in the row above and below.
  func neighbours() -> (above: [[Link]], below: [[Link]]) {
    var above: [[Link]] = Array(repeating: [], count: items.count)
    var below = above
    for link in links {
      above[link.lower].append(link)
      below[link.upper].append(link)
    }
    return (above, below)
  }

  private mutating func sort(_ row: Int, by neighbours: [[Link]], _ places: inout [Int]) {
    // What has no neighbours there stays about where it is.
    let keys = order[row].enumerated().map { place, item in
      let near = neighbours[item].map { Double(places[$0.upper == item ? $0.lower : $0.upper]) }
      return (key: near.isEmpty ? Double(place) : near.reduce(0, +) / Double(near.count), place: place, item: item)
    }
    order[row] = keys.sorted { ($0.key, $0.place) < ($1.key, $1.place) }.map(\.item)
    for (place, item) in order[row].enumerated() { places[item] = place }
  }

  /// How many pairs of links cross: between two rows, the pairs that stand in one order above and in the other below.
  private func crossings(_ places: [Int]) -> Int {
    var between: [[(upper: Int, lower: Int)]] = Array(repeating: [], count: order.count)
    for link in links { between[items[link.upper].row].append((places[link.upper], places[link.lower])) }
    return between.enumerated().reduce(0) { sum, element in
      let (row, pairs) = element
      if pairs.count < 2 { return sum }
      let lower = pairs.sorted { ($0.upper, $0.lower) < ($1.upper, $1.lower) }.map(\.lower)
      return sum + GraphLayout.inversions(lower, below: order[row + 1].count)
    }
  }

  /// The pairs of numbers of which the first is the larger, by a tree of counts (Fenwick, 1994,
  /// doi:10.1002/spe.4380240306).
  package static func inversions(_ numbers: [Int], below limit: Int) -> Int {
    var (tree, result) = (Array(repeating: 0, count: limit + 1), 0)
    for (seen, number) in numbers.enumerated() {
      var (notLarger, i) = (0, number + 1)
      while i > 0 {
        notLarger += tree[i]
        i &= i - 1
      }
      result += seen - notLarger
      i = number + 1
      while i <= limit {
        tree[i] += 1
        i += i & -i
      }
    }
    return result
  }
}
