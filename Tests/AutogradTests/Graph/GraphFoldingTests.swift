import TestSupport
import Tensors
import Testing

import Autograd

@Suite struct GraphFoldingTests {
  private func leaf(_ shape: Shape = [3]) -> Variable { Variable(Tensor.ones(shape), requiresGrad: true) }

  /// What a folded graph shows, by its lines without their numbers of consumers.
  private func lines(_ graph: Graph) -> [String] {
    graph.listing().split(separator: "\n").map { line in
      line.split(separator: " → ")[0] + (line.hasSuffix("(output)") && line.contains(" → ") ? " (output)" : "")
    }
  }

  @Test func aChain() {
    let x = leaf()
    #expect(
      lines((0..<100).reduce(x) { y, _ in y * y }.graph()) == [
        "#0 leaf float32[3]", "#1 multiply float32[3] × 100 ← #0, #0 ↺ #1, #1 (output)",
      ])
  }

  @Test func layersWithWeightsOfTheirOwn() {
    var names: [(name: String, parameter: Variable)] = []
    var y = leaf([2, 3])
    for i in 0..<50 {
      let (w, b) = (leaf([3, 3]), leaf())
      names += [("\(i).w", w), ("\(i).b", b)]
      y = (y.matmul(w) + b).tanh()
    }
    let graph = y.sum().graph(names: names)
    #expect(
      lines(graph) == [
        "#0 leaf float32[2, 3]", "#1 0.w … 49.w float32[3, 3] × 50",
        "#2 matmul float32[2, 3] × 50 ← #0, #1 0.w … 49.w ↺ #5", "#3 0.b … 49.b float32[3] × 50",
        "#4 add float32[2, 3] × 50 ← #2, #3 0.b … 49.b", "#5 tanh float32[2, 3] × 50 ← #4",
        "#6 sum float32[] ← #5 (output)",
      ])
    #expect(graph.folded().summary == graph.summary && graph.folded().depth == 151)
    #expect(graph.folded().folded() == graph.folded())
  }

  /// The first step of a recurrence whose state is a constant is another one; the rest is whole steps. Its losses,
  /// added up in the end, are a run of their own.
  @Test func recurrenceWithSharedWeights() {
    let (w, u, b) = (leaf([2, 3]), leaf([3, 3]), leaf())
    var (h, loss) = (Variable(Tensor.zeros([1, 3])), Variable(0.0))
    for _ in 0..<20 {
      h = (Variable(Tensor.ones([1, 2])).matmul(w) + h.matmul(u) + b).tanh()
      loss = loss + h.sum()
    }
    let graph = loss.graph(names: [("W", w), ("U", u), ("b", b)]).folded()
    let steps = graph.nodes.filter { $0.repeats > 1 }
    #expect(steps.map(\.operation) == ["matmul", "matmul", "add", "add", "tanh", "sum", "add"])
    #expect(steps.allSatisfy { $0.repeats == 19 })
    #expect(graph.parameters.map(\.repeats) == [1, 1, 1])
    #expect(steps.map { $0.carried.count } == [1, 0, 0, 0, 0, 0, 1])
    #expect(graph.nodes[steps[0].carried[0]].operation == "tanh")
  }

  /// A consumer of all copies has one edge from them, and a node that all copies use stays one.
  @Test func parallelBranches() {
    let x = leaf()
    let y = x.exp()
    let graph = Variable.stack((0..<8).map { _ in (y * leaf()).sin() }).graph()
    #expect(
      lines(graph) == [
        "#0 leaf float32[3]", "#1 exp float32[3] ← #0", "#2 leaf float32[3] × 8", "#3 multiply float32[3] × 8 ← #1, #2",
        "#4 sin float32[3] × 8 ← #3", "#5 reshape float32[1, 3] × 8 ← #4", "#6 concatenate float32[8, 3] ← #5 (output)",
      ])
  }

  @Test func fewRepetitionsStay() {
    func chain(_ count: Int) -> Graph { (0..<count).reduce(leaf()) { y, _ in y.sin().exp() }.graph() }
    #expect(chain(3).folded().nodes.count == 7)
    #expect(chain(4).folded().nodes.count == 3)
    #expect(chain(3).folded(atLeast: 3).nodes.count == 3)
    #expect(chain(3).folded(atLeast: 4) == chain(3))
    #expect(chain(100).folded(atLeast: 101).nodes.count == 201)
  }

  /// The longest sequence that is looked for has 256 operations.
  @Test func longPeriods() {
    func chain(_ period: Int) -> Graph {
      var samples = Samples(3)
      let kinds = samples.integers(period, in: 0...1)
      return (0..<4 * period).reduce(leaf()) { y, i in kinds[i % period] == 0 ? y.sin() : y.cos() }.graph()
    }
    #expect(chain(256).folded().nodes.allSatisfy { $0.isLeaf || $0.repeats == 4 })
    #expect(chain(256).folded().nodes.count == 257)
    #expect(!chain(257).folded().nodes.contains { $0.repeats == 4 && $0.id == 0 })
  }

  /// Sequences that look alike and are not copies: other shapes, other ways, other places of leaves.
  @Test func whatDiffersStays() {
    let x = leaf()
    let shapes = Graph(of: (1...8).map { x[AxisSlice(to: $0 % 3 + 1)].exp() })
    #expect(shapes.folded(atLeast: 8) == shapes)
    var (y, trail) = (x, [x])
    for i in 0..<8 {
      y = y * trail[i / 3]
      trail.append(y)
    }
    #expect(y.graph().folded().nodes.count > 3)
    let leaves = Graph(
      of: (0..<8).map { i in
        let (a, b) = (leaf(), leaf())
        return i % 2 == 0 ? a * a : a * b
      })
    #expect(leaves.folded().nodes.map(\.repeats).max() == 4)
  }

  /// Leaves with names are counted as parameters, so they do not mix with others.
  @Test func namedLeavesFoldApart() {
    let weights = (0..<12).map { _ in leaf() }
    let graph = weights.reduce(leaf()) { $0 * $1 }.graph(
      names: weights.prefix(6).map { (name: "w", parameter: $0) })
    #expect(graph.folded().nodes.filter(\.isLeaf).map(\.repeats) == [1, 6, 6])
    #expect(graph.folded().summary == graph.summary)
  }

  @Test func longLoops() {
    let y = (1..<2_000).reduce(leaf()) { y, i in i % 3 == 0 ? y * y : y + 1 }
    #expect(y.graph().folded().nodes.map(\.repeats) == [1, 666, 666, 666, 1])
    #expect(y.graph().description.split(separator: "\n").count < 20)
  }

  /// Numbers, order and inputs of random loops, against the graph that was folded.
  @Test(arguments: 1...20 as ClosedRange<UInt64>) func randomLoops(_ seed: UInt64) {
    var samples = Samples(seed)
    let (shared, start) = (leaf(), leaf())
    let body = samples.integers(Int.random(in: 1...9, using: &samples), in: 0...4)
    let count = Int.random(in: 4...12, using: &samples)
    var state = (start, start.exp())
    for _ in 0..<count {
      for kind in body {
        switch kind {
        case 0: state = (state.1, state.0 + shared)
        case 1: state = (state.0 * state.1, state.1)
        case 2: state = (state.0.sin(), state.0)
        case 3: state = (state.0 + leaf(), state.1.cos())
        default: state = (state.0 * leaf(), state.0 * shared)
        }
      }
    }
    let graph = Graph(of: state.0, state.1)
    let folded = graph.folded()
    #expect(folded.nodes.map(\.repeats).reduce(0, +) == graph.nodes.count)
    #expect(folded.nodes.allSatisfy { node in node.parents.allSatisfy { $0 < node.id } })
    #expect(folded.nodes.filter(\.isLeaf).allSatisfy { !$0.consumers.isEmpty || $0.isOutput })
    let (a, b) = (folded.summary, graph.summary)
    #expect(a.operations == b.operations && a.resultBytes == b.resultBytes && a.leafElementCount == b.leafElementCount)
    #expect(folded.nodes.count { !$0.isLeaf } <= graph.nodes.count { !$0.isLeaf })
  }
}
