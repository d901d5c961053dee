import Adjoint

/// z = A·x + b, node by node: the smallest graph that has everything in it.
struct Affine {
  let a = Variable([[1.0, 0.0], [0.0, -1.0]], requiresGrad: true)
  let b = Variable([[1.0], [1.0]], requiresGrad: true)

  /// The function is the placeholder and the session: what it is given is fed, and the graph is recorded as it runs.
  func callAsFunction(_ x: Variable) -> (y: Variable, z: Variable) {
    let y = a.matmul(x)
    let z = y + b
    return (y, z)
  }

  /// Builds the graph, lists its nodes in topological order, draws it, and follows it backwards.
  func show(drawingTo file: String) throws {
    // A graph has in it what a gradient flows along. An input that asks for none would be a constant.
    let x = Variable([[1.0], [2.0]], requiresGrad: true)
    let (y, z) = self(x)
    let graph = z.graph(names: [("A", a), ("b", b), ("x", x), ("y", y), ("z", z)])
    print("z = A·x + b, in topological order; ← from its inputs, → to its consumers\n")
    print(graph.listing())
    try graph.write(to: file, title: "z = A·x + b")

    let other = Variable([[3.0], [5.0]])
    for x in [x, other] { print("x = \(x.flattened())  gives  z = \(self(x).z.flattened())") }
    z.sum().backward()
    print("the gradient of z₁ + z₂: \(x.grad!.flattened()) for x, \(b.grad!.flattened()) for b, for A\n\(a.grad!)\n")
  }
}
