import Autograd

/// The function between the two linear layers of a transformer's layer.
public enum TransformerActivation {
  /// max(x, 0).
  case relu
  /// x·Φ(x).
  case gelu
  /// Another one, such as `.function { $0.silu() }`.
  case function((Variable) -> Variable)

  func callAsFunction(_ x: Variable) -> Variable {
    switch self {
    case .relu: x.relu()
    case .gelu: x.gelu()
    case .function(let function): function(x)
    }
  }
}

/// One part of a transformer's layer beside the way around it: x + f(norm(x)), or norm(x + f(x)) where the norm is not
/// first.
func residual(_ x: Variable, _ norm: LayerNorm, normFirst: Bool, _ part: (Variable) -> Variable) -> Variable {
  normFirst ? x + part(norm(x)) : norm(x + part(x))
}
