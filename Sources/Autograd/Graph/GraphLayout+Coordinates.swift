/// The items' places from left to right.
extension GraphLayout {
  private static let passes = 24

  /// Every row in turn moves to the places that are nearest to its neighbours', by least squares, among those that keep
  /// the order and the distances.
  mutating func placeItems() {
    for row in order { pack(row) }
    let neighbours = neighbours()
    let chains = (trunks + returningTrunks).map { Array($0.dropFirst()) }.filter { $0.count > 1 }
    var straight: [Int: Double] = [:]
    for pass in 0..<GraphLayout.passes {
      let (goesDown, looksBothWays) = (pass % 2 == 0, pass >= GraphLayout.passes / 2)
      for row in goesDown ? Array(order.indices) : order.indices.reversed() {
        place(row, straight) { item in
          looksBothWays
            ? neighbours.above[item] + neighbours.below[item]
            : goesDown ? neighbours.above[item] : neighbours.below[item]
        }
      }
      for chain in chains { straighten(chain, neighbours, pull: looksBothWays ? 0.05 : 0.5, &straight) }
    }
  }

  /// Wishes a trunk's placeholders to one place: the middle of where the rows have left them, which in a few passes
  /// finds the place that all rows leave free, pulled to the boxes at its ends. From row to row alone a long line would
  /// become straight only after as many passes as the square of its length.
  private func straighten(
    _ chain: [Int], _ neighbours: (above: [[Link]], below: [[Link]]), pull: Double, _ wishes: inout [Int: Double]
  ) {
    let ends = chain.flatMap { item in
      (neighbours.above[item] + neighbours.below[item]).map { $0.upper == item ? $0.lower : $0.upper }
    }.filter { items[$0].isBox }
    let places = chain.map { items[$0].x }
    let middle = (places.min()! + places.max()!) / 2
    let mean = ends.reduce(0) { $0 + items[$1].x } / Double(ends.count)
    for item in chain { wishes[item] = middle + pull * (mean - middle) }
  }

  /// Side by side, around 0.
  private mutating func pack(_ row: [Int]) {
    var x = 0.0
    for (i, item) in row.enumerated() {
      if i > 0 { x += distance(row[i - 1], item) }
      items[item].x = x
    }
    for item in row { items[item].x -= x / 2 }
  }

  /// Between the middles of two neighbours in a row.
  private func distance(_ a: Int, _ b: Int) -> Double {
    let gap = items[a].isBox && items[b].isBox ? 22.0 : items[a].isBox || items[b].isBox ? 12 : 8
    return (items[a].width + items[b].width) / 2 + gap
  }

  private mutating func place(_ row: Int, _ straight: [Int: Double], near links: (Int) -> [Link]) {
    var (wishes, offset): ([(x: Double, weight: Double)], Double) = ([], 0)
    var offsets: [Double] = []
    for (i, item) in order[row].enumerated() {
      if i > 0 { offset += distance(order[row][i - 1], item) }
      offsets.append(offset)
      let wish = straight[item].map { ($0, 64.0) } ?? wish(item, links(item))
      wishes.append((wish.0 - offset, wish.1))
    }
    for (i, x) in GraphLayout.ascending(wishes).enumerated() { items[order[row][i]].x = x + offsets[i] }
  }

  /// The weighted mean of the neighbours' places; without neighbours, weakly, where it is.
  private func wish(_ item: Int, _ links: [Link]) -> (x: Double, weight: Double) {
    if links.isEmpty { return (items[item].x, 0.01) }
    var (sum, weight) = (0.0, 0.0)
    for link in links {
      sum += link.weight * items[link.upper == item ? link.lower : link.upper].x
      weight += link.weight
    }
    return (sum / weight, weight)
  }

  /// The ascending numbers nearest to the wishes by weighted least squares: neighbours in the wrong order are pooled at
  /// their mean (Ayer et al., "An empirical distribution function for sampling with incomplete information", 1955,
  /// doi:10.1214/aoms/1177728423).
  package static func ascending(_ wishes: [(x: Double, weight: Double)]) -> [Double] {
    var pools: [(x: Double, weight: Double, count: Int)] = []
    for wish in wishes {
      var pool = (x: wish.x, weight: wish.weight, count: 1)
      while let last = pools.last, last.x > pool.x {
        let weight = last.weight + pool.weight
        pool = ((last.x * last.weight + pool.x * pool.weight) / weight, weight, last.count + pool.count)
        pools.removeLast()
      }
      pools.append(pool)
    }
    return pools.flatMap { Array(repeating: $0.x, count: $0.count) }
  }
}
