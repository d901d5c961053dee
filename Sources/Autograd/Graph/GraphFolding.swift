import Tensors

/// Finds where the operations of a graph repeat. The rule stands at ``Graph/folded(atLeast:)``.
struct GraphFolding {
  /// Consecutive copies of a piece of the graph: `count` of `period` operations each.
  struct Run {
    let start: Int
    let period: Int
    let count: Int
    var end: Int { start + period * count }
  }

  static let longestPeriod = 256

  let nodes: [Graph.Node]
  private let minimum: Int
  /// The operations in order.
  let operations: [Graph.Node]
  /// Each node's place among the operations; −1 for a leaf.
  let places: [Int]
  /// Equal for operations that may be copies of each other, as far as that can be seen without their surroundings.
  private let tokens: [Int]
  private let hashes: RollingHash
  private(set) var runs: [Run] = []
  /// For each operation the first copy of it.
  private(set) var originals: [Int]

  init(_ graph: Graph, atLeast minimum: Int) {
    nodes = graph.nodes
    self.minimum = minimum
    operations = nodes.filter { !$0.isLeaf }
    var places = Array(repeating: -1, count: nodes.count)
    for (place, node) in operations.enumerated() { places[node.id] = place }
    self.places = places
    tokens = GraphFolding.tokens(of: nodes)
    hashes = RollingHash(tokens)
    originals = Array(operations.indices)
    findRuns()
  }

  private mutating func findRuns() {
    var start = 0
    while start < operations.count {
      guard let run = run(from: start) else {
        start += 1
        continue
      }
      for place in run.start..<run.end { originals[place] = run.start + (place - run.start) % run.period }
      runs.append(run)
      start = run.end
    }
  }

  /// The run beginning here, or by a part of a period later, that covers most; nil if nothing repeats often enough.
  private func run(from start: Int) -> Run? {
    var best: (period: Int, length: Int, covered: Int)?
    let longest = min(GraphFolding.longestPeriod, (operations.count - start) / minimum)
    for period in stride(from: 1, through: longest, by: 1) where mayRepeat(start, period) {
      let length = matchLength(start, period)
      let covered = (length / period + 1) * period
      if length >= (minimum - 1) * period && covered > best?.covered ?? 0 { best = (period, length, covered) }
    }
    return best.map { turned(start, $0.period, $0.length) }
  }

  private func mayRepeat(_ start: Int, _ period: Int) -> Bool {
    let length = (minimum - 1) * period
    return tokens[start] == tokens[start + period] && hashes.areEqual(start, start + period, count: length)
  }
}

/// When two operations are copies.
extension GraphFolding {
  /// How many operations in a row are copies of the one a period before them.
  private func matchLength(_ start: Int, _ period: Int) -> Int {
    var (place, leaves) = (start, LeafPairs())
    while place + period < operations.count {
      if (place - start) % period == 0 { leaves = LeafPairs() }
      if !matches(place, period, start, &leaves) { break }
      place += 1
    }
    return place - start
  }

  private func matches(_ place: Int, _ period: Int, _ start: Int, _ leaves: inout LeafPairs) -> Bool {
    guard tokens[place] == tokens[place + period] else { return false }
    for (a, b) in zip(operations[place].parents, operations[place + period].parents) {
      if nodes[a].isLeaf && nodes[b].isLeaf {
        if nodes[a].isParameter != nodes[b].isParameter || !leaves.pair(a, b) { return false }
      } else if !corresponds(places[a], places[b], to: place, period, start) {
        return false
      }
    }
    return true
  }

  /// Whether an input a of an operation and b of its copy correspond.
  private func corresponds(_ a: Int, _ b: Int, to place: Int, _ period: Int, _ start: Int) -> Bool {
    if a >= 0 && b == a + period { return true }
    if a == b { return a < start }
    // Copies in a run that is already folded.
    if a >= 0 && b >= 0 && b < start && originals[a] == originals[b] { return true }
    // The first copy gets from outside, maybe from a leaf, what the others get from the copy before.
    return place < start + period && a < start && (start..<start + period).contains(b)
  }

  /// Leaves of a copy and the leaves in their places in the next one: one to one.
  private struct LeafPairs {
    private var next: [Int: Int] = [:]
    private var previous: [Int: Int] = [:]

    mutating func pair(_ a: Int, _ b: Int) -> Bool {
      if next[a] == nil && previous[b] == nil { (next[a], previous[b]) = (b, a) }
      return next[a] == b && previous[b] == a
    }
  }
}

/// Where a period begins.
extension GraphFolding {
  /// A loop's body may have been met in the middle, because its first pass lacks a beginning: of all places to cut the
  /// period that lose no copy, the one with the fewest results across, if possible before an operation on a leaf, and
  /// if possible such that the last copy is whole.
  private func turned(_ start: Int, _ period: Int, _ length: Int) -> Run {
    let count = length / period + 1
    let cuts = results(across: start, period, before: start + period * count)
    let turns = (0...length % period).filter { $0 == 0 || beginsRun(start + $0, period) }
    let best = turns.min { cost($0) < cost($1) } ?? 0
    func cost(_ turn: Int) -> (Int, Int, Int, Int) {
      let usesLeaf = operations[start + turn].parents.contains { nodes[$0].isLeaf }
      return (cuts[turn], usesLeaf ? 0 : 1, (length - turn) % period == 0 ? 0 : 1, turn)
    }
    return Run(start: start + best, period: period, count: count)
  }

  /// Whether the first two copies from here still match.
  private func beginsRun(_ start: Int, _ period: Int) -> Bool {
    var leaves = LeafPairs()
    return (start..<start + period).allSatisfy { matches($0, period, start, &leaves) }
  }

  /// For each place in the period how many results of the first copy are still needed when it has come to that place
  /// again.
  private func results(across start: Int, _ period: Int, before end: Int) -> [Int] {
    var counts = Array(repeating: 0, count: period)
    for place in start..<start + period {
      let uses = operations[place].consumers.lazy.map { places[$0] }.filter { $0 < end }
      // What lives longer than a period passes every place once.
      guard let last = uses.max().map({ min($0, place + period) }), last > place else { continue }
      for cut in place + 1...last { counts[(cut - start) % period] += 1 }
    }
    return counts
  }
}

/// What an operation looks like.
extension GraphFolding {
  /// A result; of an operation also how it came about, where `operation` is not nil.
  private struct Kind: Hashable {
    var operation: String?
    var isReleased = false
    var outputIndex: Int?
    let shape: Shape?
    let dtype: DType?
  }

  /// A number for each operation, the same for those of the same name, shape and type on inputs of the same shapes and
  /// types.
  private static func tokens(of nodes: [Graph.Node]) -> [Int] {
    var (kinds, tokens, results, tokensInOrder) = ([Kind: Int](), [[Int]: Int](), [Int](), [Int]())
    results.reserveCapacity(nodes.count)
    for node in nodes {
      var kind = Kind(shape: node.shape, dtype: node.dtype)
      results.append(number(kind, in: &kinds))
      if node.isLeaf { continue }
      (kind.operation, kind.isReleased, kind.outputIndex) = (node.operation, node.isReleased, node.outputIndex)
      let token = [number(kind, in: &kinds)] + node.parents.map { results[$0] }
      tokensInOrder.append(number(token, in: &tokens))
    }
    return tokensInOrder
  }

  private static func number<Key: Hashable>(_ key: Key, in numbers: inout [Key: Int]) -> Int {
    if let known = numbers[key] { return known }
    let new = numbers.count
    numbers[key] = new
    return new
  }
}

/// Hashes of all prefixes, from which those of all parts follow (Karp and Rabin, "Efficient randomized pattern-matching
/// algorithms", 1987, doi:10.1147/rd.312.0249).
private struct RollingHash {
  private static let base: UInt64 = 0x9E37_79B9_7F4A_7C15
  private var prefixes: [UInt64] = [0]
  private var powers: [UInt64] = [1]

  init(_ tokens: [Int]) {
    for token in tokens {
      prefixes.append(prefixes.last! &* Self.base &+ UInt64(token + 1))
      powers.append(powers.last! &* Self.base)
    }
  }

  /// Whether two parts are equal, as far as their hashes tell.
  func areEqual(_ a: Int, _ b: Int, count: Int) -> Bool { hash(a, count) == hash(b, count) }

  private func hash(_ start: Int, _ count: Int) -> UInt64 {
    prefixes[start + count] &- prefixes[start] &* powers[count]
  }
}
