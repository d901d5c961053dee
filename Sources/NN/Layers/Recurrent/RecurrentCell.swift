import Autograd
import Tensors

/// The rule of one step of a recurrent network: from a step's gates, as far as they come from the input (x) and from the
/// last step's output (h·Wᵀ), and the state to the next state. Gates stand side by side, in PyTorch's order.
enum RecurrentCell: Sendable {
  /// h′ = tanh(x + h·Wᵀ).
  case tanh
  /// h′ = max(x + h·Wᵀ, 0).
  case relu
  /// Gates i, f, g, o: c′ = σ(f)·c + σ(i)·tanh(g), h′ = σ(o)·tanh(c′).
  case lstm
  /// Gates r, z, n: n′ = tanh(xₙ + σ(r)·(h·Wᵀ + b)ₙ), h′ = (1 − σ(z))·n′ + σ(z)·h.
  case gru

  /// What graphs and profiles call a run over a sequence.
  var name: StaticString {
    switch self {
    case .tanh: "rnnTanh"
    case .relu: "rnnRelu"
    case .lstm: "lstm"
    case .gru: "gru"
    }
  }

  /// How many gates stand side by side.
  var gateCount: Int {
    switch self {
    case .tanh, .relu: 1
    case .lstm: 4
    case .gru: 3
    }
  }

  /// h, and c if there is one.
  var stateCount: Int { self == .lstm ? 2 : 1 }

  /// Whether the bias of the recurrent product does more than the input's, to which it can otherwise be added once for all
  /// steps.
  var separatesRecurrentBias: Bool { self == .gru }

  /// What a step has made.
  struct Step<T> {
    /// h′, and c′ if there is one.
    let state: [T]
    /// What the way back needs.
    let saved: [T]
  }

  /// What flows back through a step.
  struct Gradients<T> {
    /// ∂L/∂x.
    let x: T
    /// ∂L/∂(h·Wᵀ), nil where it is that of x.
    var product: T?
    /// ∂L/∂h and ∂L/∂c past the product, nil where nothing flows.
    let state: [T?]
  }

  /// A step and its way back, on tensors or on variables.
  struct Rule<T> {
    /// From x and h·Wᵀ [n, gates·hidden], h and c [n, hidden] to h′ and c′ [n, hidden].
    let step: (_ x: T, _ product: T, _ state: [T]) -> Step<T>
    /// From ∂L/∂h′, ∂L/∂c′ and what the step has saved.
    let pullback: (_ g: [T], _ saved: [T]) -> Gradients<T>
  }
}
