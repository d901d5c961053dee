import TestSupport
import Tensors
import Testing

import Autograd

@Suite struct GraphListingTests {
  private func example() -> Graph {
    let (x, w) = (
      Variable(Tensor.ones([2, 3]), requiresGrad: true), Variable(Tensor.ones([3, 4]), requiresGrad: true)
    )
    let loss = (x.matmul(w) + x.matmul(w)).tanh().sum()
    return loss.graph(names: [("w", w), ("loss", loss)])
  }

  @Test func nodesInOrder() {
    #expect(
      example().listing() == """
        #0 leaf float32[2, 3] → #2, #3
        #1 w float32[3, 4] → #2, #3
        #2 matmul float32[2, 4] ← #0, #1 w → #4
        #3 matmul float32[2, 4] ← #0, #1 w → #4
        #4 add float32[2, 4] ← #2, #3 → #5
        #5 tanh float32[2, 4] ← #4 → #6
        #6 loss = sum float32[] ← #5 (output)

        """)
  }

  @Test func theMiddleIsLeftOut() {
    let lines = example().listing(limit: 3).split(separator: "\n")
    #expect(lines.map { $0.prefix(2) } == ["#0", "#1", "… ", "#6"])
    #expect(lines[2] == "… 4 nodes …")
    #expect(example().listing(limit: 1).split(separator: "\n").map { $0.prefix(2) } == ["#0", "… "])
    #expect(example().listing(limit: 7) == example().listing())
  }

  @Test func totals() {
    let summary = example().summary
    #expect(summary.nodeCount == 7 && summary.operationCount == 5 && summary.depth == 4)
    #expect(summary.leafCount == 2 && summary.leafElementCount == 18)
    #expect(summary.parameterCount == 1 && summary.parameterElementCount == 12)
    #expect(summary.resultBytes == 4 * (4 * 8 + 1))
    #expect(summary.operations.map(\.operation) == ["matmul", "add", "tanh", "sum"])
    #expect(summary.operations.map(\.count) == [2, 1, 1, 1])
    #expect(
      summary.description == """
        operation  count  results
        matmul         2  float32[2, 4] × 2
        add            1  float32[2, 4]
        tanh           1  float32[2, 4]
        sum            1  float32[]
        nodes         7: 5 operations, 2 leaves
        parameters    1 of 12 elements
        other leaves  1 of 6 elements
        longest path  4 operations
        results       132 bytes

        """)
    #expect(example().description == summary.description + "\n" + example().listing())
  }

  @Test func manyConsumersAndShapesAreShortened() {
    let x = Variable(Tensor.ones([30]), requiresGrad: true)
    let graph = Graph(of: (1...20).map { x[AxisSlice(to: $0)].exp() })
    #expect(
      graph.listing(folded: false).hasPrefix(
        "#0 leaf float32[30] → #1, #3, #5, #7, #9, #11, #13, #15, #17, #19, #21, #23 and 8 more\n"))
    #expect(
      graph.summary.description.contains("exp           20  float32[1], float32[2], float32[3], float32[4], 16 more\n"))
  }

  /// Views may have more elements than memory has bytes.
  @Test func hugeResults() {
    let x = Variable(Tensor.ones([1]), requiresGrad: true)
    let y = x.expanded([1 << 40, 1 << 20])
    #expect(Graph(of: y, y.transposed()).summary.resultBytes == .max)
  }

  @Test func misuseStops() async {
    let listing = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Variable(1.0).graph().listing(limit: 0)
    }
    expectMessage(listing, "listing", "limit 0")
    let folded = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Variable(1.0).graph().folded(atLeast: 1)
    }
    expectMessage(folded, "folded", "atLeast 1")
  }
}
