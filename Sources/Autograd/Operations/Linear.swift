import Tensors

extension Variable {
  /// y = x·Wᵀ + b: x [.., in], W [out, in], b [out] → [.., out].  ∂L/∂x = g·W, ∂L/∂W = gᵀ·x over all rows, ∂L/∂b = Σ g.
  public func linear(_ weight: Variable, _ bias: Variable? = nil) -> Variable {
    Variable.record(
      "linear", self.value.linear(weight.value, bias?.value), self, { [w = weight.saved] in $0.matmul(w.variable) },
      weight,
      { [x = saved] in $0.rows.transposed().matmul(x.variable.rows) }, bias, { $0 })
  }

  /// All leading axes as one: [.., n] → [rows, n].
  private var rows: Variable { rank == 2 ? self : reshaped([shape.dropLast().reduce(1, *), shape[rank - 1]]) }
}

package let linearProbes: [Probe] = [
  Probe("linear", [.init([2, 3]), .init([4, 3]), .init([4])]) { $0[0].linear($0[1], $0[2]) },
  Probe("linear without bias", [.init([2, 2, 3]), .init([4, 3])]) { $0[0].linear($0[1]) },
  Probe("linear of a vector", [.init([3]), .init([2, 3]), .init([2])]) { $0[0].linear($0[1], $0[2]) },
]
