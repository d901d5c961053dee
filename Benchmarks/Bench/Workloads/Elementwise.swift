import Adjoint

/// Elementwise functions of plain tensors, in cache and out of it, and activations with their gradients.
extension Workload {
  private static let functions: [(String, Int, @Sendable (Tensor, Tensor) -> Tensor)] = [
    ("add", 2, { $0 + $1 }), ("mul", 2, { $0 * $1 }), ("maximum", 2, { Tensor.maximum($0, $1) }),
    ("lt", 2, { $0 .< $1 }),
    ("abs", 1, { x, _ in x.abs() }), ("sign", 1, { x, _ in x.sign() }),
    ("clamp", 1, { x, _ in x.clamp(min: -1, max: 1) }),
    ("exp", 1, { x, _ in x.exp() }), ("expm1", 1, { x, _ in x.expm1() }), ("sin", 1, { x, _ in x.sin() }),
    ("cos", 1, { x, _ in x.cos() }), ("erf", 1, { x, _ in x.erf() }), ("tanh", 1, { x, _ in x.tanh() }),
    ("sigmoid", 1, { x, _ in x.sigmoid() }), ("relu", 1, { x, _ in x.relu() }), ("gelu", 1, { x, _ in x.gelu() }),
    ("gelu-tanh", 1, { x, _ in x.gelu(approximate: .tanh) }), ("silu", 1, { x, _ in x.silu() }),
    ("softplus", 1, { x, _ in x.softplus() }),
  ]

  /// Functions of positive numbers.
  private static let positive: [(String, Int, @Sendable (Tensor, Tensor) -> Tensor)] = [
    ("log", 1, { x, _ in x.log() }), ("log1p", 1, { x, _ in x.log1p() }), ("sqrt", 1, { x, _ in x.sqrt() }),
    ("rsqrt", 1, { x, _ in x.rsqrt() }), ("pow", 2, { $0.pow($1) }), ("pow2.5", 1, { x, _ in x.pow(2.5) }),
  ]

  private static let activations: [(String, @Sendable (Variable) -> Variable)] = [
    ("gelu", { $0.gelu() }), ("gelu-tanh", { $0.gelu(approximate: .tanh) }), ("silu", { $0.silu() }),
    ("softplus", { $0.softplus() }), ("erf", { $0.erf() }), ("tanh", { $0.tanh() }), ("sigmoid", { $0.sigmoid() }),
    ("relu", { $0.relu() }), ("clamp", { $0.clamp(min: -1, max: 1) }),
  ]

  /// In the first-level cache and out of all of them for the functions that stand for others; in the second-level cache
  /// for every one.
  private static func sizes(_ name: String) -> [Int] {
    ["add", "mul", "exp", "tanh", "sigmoid", "relu", "gelu"].contains(name) ? [1_000, 100_000, 10_000_000] : [100_000]
  }

  /// Bytes that must come from memory and go there: of sizes that no cache holds.
  private static func traffic(_ n: Int, _ operands: Int) -> Double? {
    n < 10_000_000 ? nil : Double(4 * n * (operands + 1))
  }

  private static let forward =
    functions.flatMap { name, operands, function in
      sizes(name).map { n in
        Workload(name: "elementwise/\(name)/\(n)", bytes: traffic(n, operands)) {
          let (x, y) = (Tensor.randn([n]), Tensor.randn([n]))
          return (1, { keep(function(x, y)) })
        }
      }
    }
    + positive.flatMap { name, operands, function in
      sizes(name).map { n in
        Workload(name: "elementwise/\(name)/\(n)", bytes: traffic(n, operands)) {
          let (x, y) = (Tensor.randn([n]).abs(), Tensor.randn([n]))
          return (1, { keep(function(x, y)) })
        }
      }
    }

  private static let choice = [100_000].map { n in
    Workload(name: "elementwise/where/\(n)") {
      let (x, y) = (Tensor.randn([n]), Tensor.randn([n]))
      let condition = x .> 0
      return (1, { keep(.where(condition, x, y)) })
    }
  }

  private static let backward = activations.flatMap { name, function in
    [100_000].map { n in
      Workload(name: "elementwise-backward/\(name)/\(n)") {
        let (x, gradient) = (Variable(.randn([n]), requiresGrad: true), Variable(.randn([n])))
        return (
          1,
          {
            x.grad = nil
            function(x).backward(gradient: gradient)
          }
        )
      }
    }
  }

  static let elementwise = forward + choice + backward
}
