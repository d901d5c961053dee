import Tensors
import Testing

import Autograd

@Suite struct GraphDOTTests {
  private let preamble = """
    digraph {
      node [shape=box, style=filled, fillcolor="#f3f3f0", color="#8c8c86", fontname="Helvetica", fontsize=12]
      edge [color="#77777a", arrowsize=0.7]

    """

  @Test func everyKindOfNode() {
    let (x, w) = (Variable([1.0, 2], requiresGrad: true), Variable([1.0, 2], requiresGrad: true))
    let y = x * w
    #expect(
      Graph(of: y * y, names: [("a \"b\"\n\\", w)]).dot() == preamble + #"""
          n0 [label="leaf\nfloat32[2]", shape=ellipse]
          n1 [label="a \"b\" \\\nfloat32[2]", shape=ellipse, fillcolor="#cfe3f1"]
          n2 [label="multiply\nfloat32[2]"]
          n3 [label="multiply\nfloat32[2]", peripheries=2]
          n0 -> n2
          n1 -> n2
          n2 -> n3
          n2 -> n3
        }

        """#)
  }

  @Test func foldedRuns() {
    let x = Variable([1.0, 2], requiresGrad: true)
    let y = (0..<5).reduce(x) { y, _ in y.sin() }
    #expect(
      y.graph(names: [("x", x)]).dot() == preamble + #"""
          n0 [label="x\nfloat32[2]", shape=ellipse, fillcolor="#cfe3f1"]
          n1 [label="sin\nfloat32[2]\n× 5", peripheries=2]
          n0 -> n1
          n1 -> n1 [style=dashed, constraint=false]
        }

        """#)
    #expect(y.graph().dot(folded: false).split(separator: "\n").count == 3 + 6 + 5 + 1)
  }

  @Test func sweptNodesSaySo() {
    let y = Variable([1.0, 2], requiresGrad: true).sum()
    y.backward()
    #expect(y.graph().dot() == preamble + "  n0 [label=\"sum\\nfloat32[]\\nreleased\", peripheries=2]\n}\n")
  }
}
