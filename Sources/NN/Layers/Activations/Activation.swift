import Autograd

/// The function behind a linear layer, for layers that have one built in.
public enum Activation {
  /// max(x, 0).
  case relu
  /// x·Φ(x).
  case gelu
  /// 1/(1 + e⁻ˣ).
  case sigmoid
  /// tanh x.
  case tanh
  /// x/(1 + e⁻ˣ).
  case silu
  /// ln(1 + eˣ).
  case softplus
  /// eˣ over its sum along the last axis.
  case softmax
  /// Another one, such as `.function { $0.leakyRelu(0.2) }`.
  case function((Variable) -> Variable)

  func callAsFunction(_ x: Variable) -> Variable {
    switch self {
    case .relu: x.relu()
    case .gelu: x.gelu()
    case .sigmoid: x.sigmoid()
    case .tanh: x.tanh()
    case .silu: x.silu()
    case .softplus: x.softplus()
    case .softmax: x.softmax(axis: -1)
    case .function(let function): function(x)
    }
  }

  /// The name without what it may hold.
  var name: String { if case .function = self { "function" } else { "\(self)" } }
}
