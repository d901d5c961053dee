import Kernels
import Tensors

/// Elementwise activations: [..] → [..].
extension Variable {
  /// y = tanh x.  ∂L/∂x = g·(1 − y²).
  public func tanh() -> Variable {
    Variable.record("tanh", value.tanh(), keepingOutputOf: self) { g, y in g.tanhGradient(y) }
  }

  /// y = 1/(1 + e⁻ˣ).  ∂L/∂x = g·y·(1 − y).
  public func sigmoid() -> Variable {
    Variable.record("sigmoid", value.sigmoid(), keepingOutputOf: self) { g, y in g.sigmoidGradient(y) }
  }

  /// y = max(x, 0).  ∂L/∂x = g where x > 0, else 0.
  public func relu() -> Variable {
    Variable.record("relu", value.relu(), keepingOutputOf: self) { g, y in g.reluGradient(y.value) }
  }

  /// d = g·(1 − y²), in one kernel.  ∂L/∂g = d(gg, y), ∂L/∂y = −2·gg·g·y.
  private func tanhGradient(_ y: Variable) -> Variable {
    let (g, out) = (saved, y.saved)
    return Variable.record(
      "tanhGradient", value.gradient(.tanhGradient, y.value), self, { $0.tanhGradient(out.variable) }, y,
      { $0 * g.variable * out.variable * -2 })
  }

  /// d = g·y·(1 − y), in one kernel.  ∂L/∂g = d(gg, y), ∂L/∂y = gg·g·(1 − 2y).
  private func sigmoidGradient(_ y: Variable) -> Variable {
    let (g, out) = (saved, y.saved)
    return Variable.record(
      "sigmoidGradient", value.gradient(.sigmoidGradient, y.value), self, { $0.sigmoidGradient(out.variable) }, y,
      { $0 * g.variable * (1 - out.variable * 2) })
  }

  /// d = g where y > 0, else 0.  ∂L/∂g = d(gg, y).
  private func reluGradient(_ y: Tensor) -> Variable {
    Variable.record("reluGradient", value.gradient(.reluGradient, y), self) { $0.reluGradient(y) }
  }
}

package let activationProbes: [Probe] = [
  .elementwise("tanh") { $0.tanh() },
  .elementwise("sigmoid") { $0.sigmoid() },
  .elementwise("relu", in: 0.2...2) { $0.relu() },
  .elementwise("relu of negative", in: -2 ... -0.2) { $0.relu() },
]
