import Autograd

/// One part of a transformer's layer beside the way around it: x + f(norm(x)), or norm(x + f(x)) where the norm is not
/// first.
func residual(_ x: Variable, _ norm: LayerNorm, normFirst: Bool, _ part: (Variable) -> Variable) -> Variable {
  normFirst ? x + part(norm(x)) : norm(x + part(x))
}
