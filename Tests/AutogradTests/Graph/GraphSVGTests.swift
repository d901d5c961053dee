import Foundation
import TestSupport
import Tensors
import Testing

import Autograd

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite struct GraphSVGTests {
  private static func leaf(_ shape: Shape = [3]) -> Variable { Variable(Tensor.ones(shape), requiresGrad: true) }

  static let graphs: [String: Graph] = [
    "nothing": Variable(1.0).graph(),
    "square": { (x: Variable) in (x * x).graph() }(leaf()),
    "diamond": { (x: Variable) in (x.sin() * x.exp().cos() + x).graph(names: [("<x & \"y\">", x)]) }(leaf()),
    "chain": (0..<40).reduce(leaf()) { y, _ in y.sin() }.graph(),
    "steps": steps(12),
    "random 1": random(1), "random 2": random(2), "random 3": random(3),
    "long name": leaf().graph(names: [(String(repeating: "w", count: 200), leaf())]),
  ]

  private static func steps(_ count: Int) -> Graph {
    let (w, u) = (leaf([2, 3]), leaf([3, 3]))
    var (h, cell) = (leaf([1, 3]), leaf([1, 3]))
    for _ in 0..<count {
      let gate = Variable(Tensor.ones([1, 2])).matmul(w) + h.matmul(u)
      cell = cell * gate.sigmoid() + gate.tanh()
      h = cell.tanh() * gate
    }
    return Graph(of: h.sum(), names: [("W", w), ("U", u)])
  }

  private static func random(_ seed: UInt64) -> Graph {
    var samples = Samples(seed)
    var pool = (0..<4).map { _ in leaf() }
    for _ in 0..<40 {
      let (a, b) = (pool.randomElement(using: &samples)!, pool.suffix(6).randomElement(using: &samples)!)
      pool.append([a + b, b * a, b.tanh()].randomElement(using: &samples)!)
    }
    return Graph(of: Array(pool.suffix(3)))
  }

  @Test(arguments: graphs.keys.sorted(), [true, false]) func boxesAndLines(_ name: String, _ isFolded: Bool) throws {
    let graph = isFolded ? Self.graphs[name]!.folded() : Self.graphs[name]!
    let drawing = try Drawing(graph.svg(title: "<title> & more", folded: isFolded))
    #expect(drawing.boxes.count == graph.nodes.count)
    #expect(drawing.heads.count == graph.nodes.reduce(0) { $0 + $1.parents.count + $1.carried.count })
    #expect(drawing.lines.count == drawing.heads.count)
    drawing.expectNoOverlap()
    drawing.expectLinesBetweenBoxes()
    for text in graph.nodes.compactMap(\.shape) { #expect(drawing.texts.contains { $0.hasSuffix("\(text)") }) }
  }

  /// Of too many nodes those in the middle are a box that tells their number.
  @Test func largeGraphsAreCut() throws {
    let graph = Self.steps(100)
    let drawing = try Drawing(graph.svg(folded: false, limit: 40))
    #expect(drawing.boxes.count == 41)
    let left = graph.nodes.count - 40
    #expect(drawing.texts.contains("… \(left) nodes …"))
    #expect(drawing.texts.contains("\(left) of \(graph.nodes.count) nodes are not drawn."))
    drawing.expectNoOverlap()
    drawing.expectLinesBetweenBoxes()
  }

  @Test func marks() throws {
    let folded = try Drawing(Self.graphs["chain"]!.svg())
    #expect(folded.texts.contains("× 40") && folded.texts.contains("from the repetition before"))
    let diamond = try Drawing(Self.graphs["diamond"]!.svg())
    #expect(diamond.texts.contains("<x & \"y\">") && diamond.texts.contains("parameter"))
    #expect(!diamond.texts.contains("freed by a sweep") && !diamond.texts.contains("this many times"))
    #expect(try Drawing(Self.graphs["nothing"]!.svg()).texts == ["Nothing was recorded."])
  }

  @Test func isWritten() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("graph-\(UUID()).svg").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Self.graphs["diamond"]!.write(to: path, title: "diamond")
    #expect(try String(contentsOfFile: path, encoding: .utf8) == Self.graphs["diamond"]!.svg(title: "diamond"))
    #expect(throws: (any Error).self) { try Self.graphs["diamond"]!.write(to: "/nowhere/at/all.svg") }
  }

  @Test func misuseStops() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Variable(1.0).graph().svg(limit: -1)
    }
    expectMessage(result, "svg", "limit -1")
  }

  /// Against a count of all pairs, and against sums worked out by hand.
  @Test func partsOfTheLayout() {
    var samples = Samples(5)
    for count in 0..<12 {
      let numbers = samples.integers(count, in: 0...9)
      let pairs = numbers.indices.flatMap { i in numbers[..<i].filter { $0 > numbers[i] } }
      #expect(GraphLayout.inversions(numbers, below: 10) == pairs.count)
    }
    #expect(GraphLayout.ascending([(1, 1), (3, 1), (2, 3), (5, 1)]) == [1, 2.25, 2.25, 5])
    #expect(GraphLayout.ascending([(3, 1), (2, 1), (1, 1)]) == [2, 2, 2])
    #expect(GraphLayout.ascending([]).isEmpty)
  }
}

/// What an SVG of a graph contains, read by an XML parser.
private final class Drawing: NSObject, XMLParserDelegate {
  struct Point { let (x, y): (Double, Double) }

  private(set) var boxes: [(x: ClosedRange<Double>, y: ClosedRange<Double>)] = []
  /// The ways of the lines: the letter of each piece and its points.
  private(set) var lines: [[(letter: Character, points: [Point])]] = []
  private(set) var heads: [Point] = []
  private(set) var texts: [String] = []
  private var isText = false

  init(_ svg: String) throws {
    super.init()
    let parser = XMLParser(data: Data(svg.utf8))
    parser.delegate = self
    try #require(parser.parse(), "\(String(describing: parser.parserError))")
  }

  func parser(
    _ parser: XMLParser, didStartElement element: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    let style = attributes["class"]?.split(separator: " ") ?? []
    isText = element == "text"
    if isText { texts.append("") }
    if element == "rect", style.first == "box" || style.first == "omitted", attributes["height"] == "44" {
      let (x, y, width) = (Double(attributes["x"]!)!, Double(attributes["y"]!)!, Double(attributes["width"]!)!)
      boxes.append((x...x + width, y...y + 44))
    }
    guard element == "path", let pieces = attributes["d"].map(Drawing.pieces) else { return }
    if style.contains("head") || style.contains("carriedHead") { heads.append(pieces[1].points[0]) }
    // A line of the legend has no curve and no second point.
    if style.first == "edge" && pieces.count > 1 && !attributes["d"]!.contains("H") { lines.append(pieces) }
  }

  func parser(_ parser: XMLParser, foundCharacters text: String) {
    if isText { texts[texts.count - 1] += text }
  }

  func parser(_ parser: XMLParser, didEndElement element: String, namespaceURI: String?, qualifiedName: String?) {
    isText = false
  }

  private static func pieces(_ data: String) -> [(letter: Character, points: [Point])] {
    var result: [(Character, [Point])] = []
    var rest = data[...]
    while let letter = rest.popFirst() {
      let end = rest.firstIndex(where: \.isLetter) ?? rest.endIndex
      let numbers = rest[..<end].split(separator: " ").map { Double($0)! }
      let points = stride(from: 0, to: numbers.count - 1, by: 2).map { Point(x: numbers[$0], y: numbers[$0 + 1]) }
      result.append((letter, points))
      rest = rest[end...]
    }
    return result
  }

  func expectNoOverlap() {
    for (i, a) in boxes.enumerated() {
      for b in boxes[..<i] { #expect(!(a.x.overlaps(b.x) && a.y.overlaps(b.y)), "\(a) \(b)") }
    }
  }

  /// Every head touches a box; every line begins at a box or on another line and ends at a head; where it passes a row
  /// it goes straight down between the boxes, and its curves between rows stay between them.
  func expectLinesBetweenBoxes() {
    for head in heads { #expect(boxes.contains { isOnBorder(head, $0) }, "\(head)") }
    let joints = lines.flatMap { $0.flatMap { $0.points.suffix(1) } }
    for (line, head) in zip(lines, heads) {
      let (start, end) = (line[0].points[0], line.last!.points.last!)
      #expect(boxes.contains { isOnBorder(start, $0) } || joints.count { distance($0, start) < 0.02 } > 1, "\(start)")
      #expect(distance(end, head) < 7)
      for (before, piece) in zip(line, line.dropFirst()) where piece.letter != "Q" {
        expectFree(before.points.last!, piece.letter, piece.points.last!)
      }
    }
  }

  private func expectFree(_ a: Point, _ letter: Character, _ b: Point) {
    let high = min(a.y, b.y) + 0.01
    guard high < max(a.y, b.y) - 0.01 else { return }
    let passed = boxes.filter { $0.y.overlaps(high...max(a.y, b.y) - 0.01) }
    if letter == "L" {
      let ends = min(a.x, b.x)...max(a.x, b.x)
      #expect(passed.allSatisfy { !$0.x.overlaps(ends) }, "\(a) \(b)")
    } else if a.y != b.y {
      // A line from a box to itself runs beside it.
      #expect(passed.allSatisfy { $0.x.upperBound <= min(a.x, b.x) }, "\(a) \(b)")
    }
  }

  private func isOnBorder(_ p: Point, _ box: (x: ClosedRange<Double>, y: ClosedRange<Double>)) -> Bool {
    let (dx, dy) = (0.02, 0.02)
    let isInside =
      p.x > box.x.lowerBound - dx && p.x < box.x.upperBound + dx && p.y > box.y.lowerBound - dy
      && p.y < box.y.upperBound + dy
    let nearest = [p.x - box.x.lowerBound, p.x - box.x.upperBound, p.y - box.y.lowerBound, p.y - box.y.upperBound]
    return isInside && nearest.contains { abs($0) < 0.02 }
  }

  private func distance(_ a: Point, _ b: Point) -> Double { max(abs(a.x - b.x), abs(a.y - b.y)) }
}
