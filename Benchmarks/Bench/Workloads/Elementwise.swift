import Adjoint

/// Elementwise functions of plain tensors, in cache and out of it, and activations with their gradients.
extension Workload {
  private static let functions: [(String, @Sendable (Tensor, Tensor) -> Tensor)] = [
    ("add", { $0 + $1 }), ("mul", { $0 * $1 }), ("maximum", { Tensor.maximum($0, $1) }), ("lt", { $0 .< $1 }),
    ("abs", { x, _ in x.abs() }), ("sign", { x, _ in x.sign() }), ("clamp", { x, _ in x.clamp(min: -1, max: 1) }),
    ("exp", { x, _ in x.exp() }), ("expm1", { x, _ in x.expm1() }), ("sin", { x, _ in x.sin() }),
    ("cos", { x, _ in x.cos() }), ("erf", { x, _ in x.erf() }), ("tanh", { x, _ in x.tanh() }),
    ("sigmoid", { x, _ in x.sigmoid() }), ("relu", { x, _ in x.relu() }), ("gelu", { x, _ in x.gelu() }),
    ("gelu-tanh", { x, _ in x.gelu(approximate: .tanh) }), ("silu", { x, _ in x.silu() }),
    ("softplus", { x, _ in x.softplus() }),
  private static let functions: [(String, operands: Int, @Sendable (Tensor, Tensor) -> Tensor)] = [
    ("add", 2, { $0 + $1 }), ("mul", 2, { $0 * $1 }), ("exp", 1, { x, _ in x.exp() }),
    ("tanh", 1, { x, _ in x.tanh() }), ("sigmoid", 1, { x, _ in x.sigmoid() }), ("relu", 1, { x, _ in x.relu() }),
  ]
  /// Sizes that no cache holds, of which every byte must come from memory and go there.
  private static let fewestInMemory = 10_000_000

  /// Functions of positive numbers.
  private static let positive: [(String, @Sendable (Tensor, Tensor) -> Tensor)] = [
    ("log", { x, _ in x.log() }), ("log1p", { x, _ in x.log1p() }), ("sqrt", { x, _ in x.sqrt() }),
    ("rsqrt", { x, _ in x.rsqrt() }), ("pow", { $0.pow($1) }), ("pow2.5", { x, _ in x.pow(2.5) }),
  ]

  private static let activations: [(String, @Sendable (Variable) -> Variable)] = [
    ("gelu", { $0.gelu() }), ("gelu-tanh", { $0.gelu(approximate: .tanh) }), ("silu", { $0.silu() }),
    ("softplus", { $0.softplus() }), ("erf", { $0.erf() }), ("tanh", { $0.tanh() }), ("sigmoid", { $0.sigmoid() }),
    ("relu", { $0.relu() }), ("clamp", { $0.clamp(min: -1, max: 1) }),
  ]

  private static let sizes = [1_000, 100_000, 10_000_000]

  private static let forward =
    functions.flatMap { name, function in
      sizes.map { n in
        Workload(name: "elementwise/\(name)/\(n)") {
          let (x, y) = (Tensor.randn([n]), Tensor.randn([n]))
          return (1, { keep(function(x, y)) })
        }
      }
    }
    + positive.flatMap { name, function in
      sizes.map { n in
        Workload(name: "elementwise/\(name)/\(n)") {
          let (x, y) = (Tensor.randn([n]).abs(), Tensor.randn([n]))
          return (1, { keep(function(x, y)) })
        }
      }
    }

  private static let choice = sizes.map { n in
    Workload(name: "elementwise/where/\(n)") {
      let (x, y) = (Tensor.randn([n]), Tensor.randn([n]))
      let condition = x .> 0
      return (1, { keep(.where(condition, x, y)) })
    }
  }

  private static let backward = activations.flatMap { name, function in
    sizes.map { n in
      Workload(name: "elementwise-backward/\(name)/\(n)") {
        let (x, gradient) = (Variable(.randn([n]), requiresGrad: true), Variable(.randn([n])))
        return (
          1,
          {
            x.grad = nil
            function(x).backward(gradient: gradient)
          }
        )
  static let elementwise = functions.flatMap { name, operands, function in
    [1_000, 100_000, 10_000_000].map { n in
      Workload(
        name: "elementwise/\(name)/\(n)", bytes: n < fewestInMemory ? nil : Double(4 * n * (operands + 1))
      ) {
        let (x, y) = (Tensor.randn([n]), Tensor.randn([n]))
        return (1, { keep(function(x, y)) })
      }
    }
  }

  static let elementwise = forward + choice + backward
}
