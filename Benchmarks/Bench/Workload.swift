import Adjoint

/// One thing to time: a name, how it is set up, and one unit of its work.
struct Workload: Sendable {
  let name: String
  /// Prepares everything and returns the unit; the unit's time is divided by `count`.
  let make: @Sendable () -> (count: Int, unit: () -> Void)

  /// All of them; families stand together.
  static let all: [Workload] = overhead + matmul + elementwise + mlp

  private static let overhead = [
    Workload(name: "overhead/chain100") {
      (
        100,
        {
          let x = Variable(Tensor.ones([4]), requiresGrad: true)
          var y = x
          for _ in 0..<100 { y = y + x }
          y.sum().backward()
        }
      )
    }
  ]

  private static let matmul = [64, 128, 256, 512, 1024, 2048].map { n in
    Workload(name: "matmul/\(n)") {
      let (a, b) = (Tensor.randn([n, n]), Tensor.randn([n, n]))
      return (1, { keep(a.matmul(b)) })
    }
  }

  private static let functions: [(String, @Sendable (Tensor, Tensor) -> Tensor)] = [
    ("add", { $0 + $1 }), ("mul", { $0 * $1 }), ("exp", { x, _ in x.exp() }), ("tanh", { x, _ in x.tanh() }),
    ("sigmoid", { x, _ in x.sigmoid() }), ("relu", { x, _ in x.relu() }),
  ]

  private static let elementwise = functions.flatMap { name, function in
    [1_000, 100_000, 10_000_000].map { n in
      Workload(name: "elementwise/\(name)/\(n)") {
        let (x, y) = (Tensor.randn([n]), Tensor.randn([n]))
        return (1, { keep(function(x, y)) })
      }
    }
  }

  private static let mlp = [1, 32, 64, 512].map { batch in
    Workload(name: "mlp/\(batch)") {
      let model = Sequential(Linear(784, 256), ReLU(), Linear(256, 128), ReLU(), Linear(128, 10))
      let optimizer = Adam(model.parameters(), lr: 1e-3)
      let (x, labels) = (Tensor.randn([batch, 784]), Tensor.randint([batch], high: 10))
      let loss = CrossEntropyLoss()
      return (
        1,
        {
          optimizer.zeroGrad()
          loss(model(x), labels).backward()
          optimizer.step()
        }
      )
    }
  }
}

/// Uses a result, so that its computation cannot be left out.
@inline(never)
func keep(_ tensor: Tensor) {}
