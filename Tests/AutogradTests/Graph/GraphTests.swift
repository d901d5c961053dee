import Foundation
import TestSupport
import Tensors
import Testing

import Autograd

@Suite struct GraphTests {
  private func leaf(_ shape: Shape = [3]) -> Variable { Variable(Tensor.ones(shape), requiresGrad: true) }

  @Test func aDiamond() {
    let (x, w) = (leaf([2, 3]), leaf([3, 4]))
    let y = x.matmul(w)
    let graph = Graph(of: (y.sin() * y.cos()).sum(), names: [("w", w), ("y", y)])
    #expect(graph.nodes.map(\.operation) == ["leaf", "leaf", "matmul", "sin", "cos", "multiply", "sum"])
    #expect(graph.nodes.map(\.parents) == [[], [], [0, 1], [2], [2], [3, 4], [5]])
    #expect(graph.nodes.map(\.consumers) == [[2], [2], [3, 4], [5], [5], [6], []])
    #expect(graph.nodes.map(\.name) == [nil, "w", "y", nil, nil, nil, nil])
    #expect(graph.nodes.map(\.shape) == [[2, 3], [3, 4], [2, 4], [2, 4], [2, 4], [2, 4], []])
    #expect(graph.nodes.allSatisfy { $0.dtype == .float32 && $0.repeats == 1 && !$0.isReleased })
    #expect(graph.leaves.map(\.id) == [0, 1] && graph.parameters.map(\.id) == [1] && graph.outputs.map(\.id) == [6])
    #expect(graph.depth == 4)
    #expect(graph.parents(of: graph.nodes[5]).map(\.operation) == ["sin", "cos"])
    #expect(graph.consumers(of: graph.node(named: "y")!).map(\.operation) == ["sin", "cos"])
    #expect(graph.node(named: "z") == nil)
  }

  @Test func anInputTwice() {
    let x = leaf()
    let graph = (x * x).graph()
    #expect(graph.nodes.map(\.parents) == [[], [0, 0]])
    #expect(graph.nodes[0].consumers == [1])
  }

  @Test func constantsAreLeftOut() {
    let x = leaf()
    let graph = (Variable(Tensor.ones([3])).exp() * x + 2).graph(names: [("c", Variable(1.0))])
    #expect(graph.nodes.map(\.operation) == ["leaf", "multiply", "add"])
    #expect(Variable(1.0).graph().nodes.isEmpty)
    #expect(Graph(of: x.detached(), x).nodes.map(\.isOutput) == [true])
  }

  /// What several outputs share comes once; the names of parameters are those of a module.
  @Test func severalOutputs() {
    let x = leaf()
    let y = x.exp()
    let names: [(name: String, parameter: Variable)] = [("x", x), ("again", x), ("unused", leaf())]
    let graph = Graph(of: [y.sin(), y, y.cos()], names: names + [("y", y)])
    #expect(graph.nodes.map(\.operation) == ["leaf", "exp", "sin", "cos"])
    #expect(graph.nodes.map(\.name) == ["x", "y", nil, nil])
    #expect(graph.outputs.map(\.id) == [1, 2, 3])
  }

  /// Whichever operand the loop's variable is, what a pass has recorded comes together.
  @Test func theDeepestInputComesFirst() {
    let (w, h) = (leaf(), leaf())
    let first = w.exp() + h.sin()
    let second = w.cos() * first.tanh()
    #expect(second.graph().nodes.map(\.operation) == ["leaf", "exp", "leaf", "sin", "add", "tanh", "cos", "multiply"])
  }

  @Test func severalResultsOfOneOperation() {
    let (x, y) = (leaf([2]), leaf([3]))
    let parts = Variable.record(
      "split", outputs: [x.value, y.value, x.value], keepsOutputs: false, inputs: [x, y]
    ) { _, _ in [nil, nil] }
    let graph = Graph(of: parts[2].exp(), parts[1])
    #expect(graph.nodes.map(\.operation) == ["leaf", "leaf", "split", "split", "exp", "split"])
    #expect(graph.nodes.map(\.outputIndex) == [nil, nil, nil, 2, nil, 1])
    #expect(graph.nodes.map(\.shape) == [[2], [3], nil, [2], [2], [3]])
    #expect(graph.nodes.map(\.dtype) == [.float32, .float32, nil, .float32, .float32, .float32])
    #expect(graph.nodes.map(\.parents) == [[], [], [0, 1], [2], [3], [2]])
    #expect(graph.depth == 2)
    #expect(graph.summary.operationCount == 2)
    #expect(parts[1].operation == "split")
  }

  /// Its pullback serves all inputs, but it has one output and so a shape.
  @Test func oneResultWithAJointPullback() {
    let (x, y) = (leaf([2]), leaf([2]))
    let both = Variable.record("both", x.value, jointInputs: [x, y]) { [$0, $0] }
    let graph = both.graph()
    #expect(graph.nodes.map(\.shape) == [[2], [2], [2]] && graph.nodes[2].parents == [0, 1])
    #expect(graph.nodes[2].outputIndex == nil)
  }

  private struct Doubled: CustomFunction {
    func forward(_ inputs: [Variable], _ context: FunctionContext) -> [Variable] { [inputs[0] * 2] }
    func backward(_ gradients: [Variable], _ context: FunctionContext) -> [Variable?] { [gradients[0] * 2] }
  }

  @Test func operationsOfTheUsersOwn() {
    let y = Doubled()(leaf())
    #expect(y.operation == "Doubled")
    #expect(y.sin().graph().nodes.map(\.operation).filter { $0 == "Doubled" }.isEmpty == false)
  }

  @Test func sweptGraphs() {
    let x = leaf()
    let y = x.exp()
    let loss = y.sum()
    loss.backward()
    #expect(loss.graph().nodes.map(\.isReleased) == [true])
    #expect((y * x).graph().nodes.map(\.isReleased) == [true, false, false])
    #expect(x.graph().nodes.map(\.isReleased) == [false])
  }

  @Test func operationsHaveNames() {
    let x = leaf()
    #expect(x.operation == nil && Variable(1.0).operation == nil && (Variable(1.0) + 1).operation == nil)
    #expect(x.tanh().operation == "tanh" && x[0].operation != nil)
  }

  @Test func nothingIsKeptAlive() {
    weak var node: Node?
    let graph: Graph
    do {
      let y = leaf().exp().sin()
      node = y.node
      graph = y.graph()
      #expect(node != nil)
    }
    #expect(node == nil)
    #expect(graph.nodes.count == 3)
  }

  /// A graph of 300 random operations, some on one variable twice.
  private func random(_ seed: UInt64) -> Variable {
    var samples = Samples(seed)
    var pool = (0..<5).map { _ in leaf() }
    for _ in 0..<300 {
      let (a, b) = (pool.randomElement(using: &samples)!, pool.suffix(12).randomElement(using: &samples)!)
      pool.append([a + b, b * a, b.tanh(), a - b].randomElement(using: &samples)!)
    }
    return pool.suffix(20).reduce(Variable(0.0)) { $0 + $1 }
  }

  @Test(arguments: 1...10 as ClosedRange<UInt64>) func orderOfRandomGraphs(_ seed: UInt64) {
    let root = random(seed)
    let graph = root.graph()
    for (id, node) in graph.nodes.enumerated() {
      #expect(node.id == id && node.parents.allSatisfy { $0 < id })
      #expect(node.consumers == graph.nodes.filter { $0.parents.contains(id) }.map(\.id))
      #expect(!node.consumers.isEmpty || node.isOutput)
      if node.isLeaf { #expect(graph.nodes[id...].first { !$0.isLeaf }!.parents.contains(id)) }
    }
    #expect(graph == root.graph())
    expectSameEdges(graph, root.node!)
  }

  /// Compares with a search of another kind: every recorded node, with the names of its inputs.
  private func expectSameEdges(_ graph: Graph, _ root: Node) {
    var (seen, queue, edges) = ([ObjectIdentifier(root)] as Set, [root], [String: Int]())
    while let node = queue.popLast() {
      var names = "\(node.name)"
      node.forEachParent {
        names += " \($0.name)"
        if seen.insert(ObjectIdentifier($0)).inserted { queue.append($0) }
      }
      edges[names, default: 0] += 1
    }
    let found = graph.nodes.map { node in
      ([node.operation] + graph.parents(of: node).map(\.operation)).joined(separator: " ")
    }
    #expect(Dictionary(found.map { ($0, 1) }, uniquingKeysWith: +) == edges)
  }

  /// On a stack of 512 kB any recursion over the graph would crash.
  @Test func longGraphs() {
    let done = DispatchSemaphore(value: 0)
    let thread = Thread {
      let x = Variable(1.0, requiresGrad: true)
      var y = x * 1
      for i in 1..<20_000 { y = i % 3 == 0 ? y * y : y + 1 }
      let graph = y.graph()
      #expect(graph.nodes.count == 20_001 && graph.depth == 20_000 && graph.summary.operationCount == 20_000)
      #expect(graph.listing(folded: false).split(separator: "\n").count == 201)
      #expect(y.graph().dot(folded: false).count > 20_000)
      done.signal()
    }
    thread.stackSize = 512 << 10
    thread.start()
    done.wait()
  }
}
