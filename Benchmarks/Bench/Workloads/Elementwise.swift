import Adjoint

/// Elementwise functions of plain tensors, in cache and out of it.
extension Workload {
  private static let functions: [(String, @Sendable (Tensor, Tensor) -> Tensor)] = [
    ("add", { $0 + $1 }), ("mul", { $0 * $1 }), ("exp", { x, _ in x.exp() }), ("tanh", { x, _ in x.tanh() }),
    ("sigmoid", { x, _ in x.sigmoid() }), ("relu", { x, _ in x.relu() }),
  ]

  static let elementwise = functions.flatMap { name, function in
    [1_000, 100_000, 10_000_000].map { n in
      Workload(name: "elementwise/\(name)/\(n)") {
        let (x, y) = (Tensor.randn([n]), Tensor.randn([n]))
        return (1, { keep(function(x, y)) })
      }
    }
  }
}
