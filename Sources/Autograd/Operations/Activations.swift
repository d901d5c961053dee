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

  /// y = x·σ(x).  ∂L/∂x = g·σ·(1 + x·(1 − σ)).
  public func silu() -> Variable {
    let x = saved
    return Variable.record("silu", value.silu(), self) { $0.siluGradient(x.variable) }
  }

  /// y = ln(1 + e^{βx})/β, and x where βx > threshold.  ∂L/∂x = g·σ(βx), and g there.
  public func softplus(beta: Double = 1, threshold: Double = 20) -> Variable {
    let x = saved
    return Variable.record("softplus", value.softplus(beta: beta, threshold: threshold), self) {
      $0.softplusGradient(x.variable, beta, threshold)
    }
  }

  /// d = g·(1 − y²), in one kernel.  ∂L/∂g = d(gg, y), ∂L/∂y = −2·gg·g·y.
  private func tanhGradient(_ y: Variable) -> Variable {
    Variable.record(
      "tanhGradient", value.gradient(.tanhGradient, y.value), self, { [y = y.saved] in $0.tanhGradient(y.variable) }, y,
      { [g = saved, y = y.saved] in $0 * g.variable * y.variable * -2 })
  }

  /// d = g·y·(1 − y), in one kernel.  ∂L/∂g = d(gg, y), ∂L/∂y = gg·g·(1 − 2y).
  private func sigmoidGradient(_ y: Variable) -> Variable {
    Variable.record(
      "sigmoidGradient", value.gradient(.sigmoidGradient, y.value), self,
      { [y = y.saved] in $0.sigmoidGradient(y.variable) }, y,
      { [g = saved, y = y.saved] in $0 * g.variable * (1 - y.variable * 2) })
  }

  /// d = g where y > 0, else 0.  ∂L/∂g = d(gg, y).
  private func reluGradient(_ y: Tensor) -> Variable {
    Variable.record("reluGradient", value.gradient(.reluGradient, y), self) { $0.reluGradient(y) }
  }

  /// d = g·σ·(1 + x·(1 − σ)), in one kernel.  ∂L/∂g = d(gg, x), ∂L/∂x = gg·g·σ·(1 − σ)·(2 + x·(1 − 2σ)).
  private func siluGradient(_ x: Variable) -> Variable {
    let (g, input) = (saved, x.saved)
    return Variable.record(
      "siluGradient", value.gradient(.siluGradient, x.value), self, { $0.siluGradient(input.variable) }, x,
      { gg in
        let (x, y) = (input.variable, input.variable.sigmoid())
        return gg * g.variable * y * (1 - y) * (2 + x * (1 - y * 2))
      })
  }

  /// d = g·σ(βx), and g where βx > threshold, in one kernel.  ∂L/∂g = d(gg, x), ∂L/∂x = gg·g·β·σ·(1 − σ), and 0 there.
  private func softplusGradient(_ x: Variable, _ beta: Double, _ threshold: Double) -> Variable {
    let (g, input) = (saved, x.saved)
    return Variable.record(
      "softplusGradient", Tensor.parametric(.softplusGradient, value, x.value, beta, threshold), self,
      { $0.softplusGradient(input.variable, beta, threshold) }, x,
      { gg in
        let y = (input.variable * beta).sigmoid()
        let slope = gg * g.variable * y * (1 - y) * beta
        return .where(input.value * beta .> threshold, Variable(slope.value.zerosLike()), slope)
      })
  }
}

package let activationProbes: [Probe] = [
  .elementwise("tanh") { $0.tanh() },
  .elementwise("sigmoid") { $0.sigmoid() },
  .elementwise("relu", in: 0.2...2) { $0.relu() },
  .elementwise("relu of negative", in: -2 ... -0.2) { $0.relu() },
  .elementwise("silu", in: -4...4) { $0.silu() },
  .elementwise("softplus") { $0.softplus() },
  .elementwise("softplus beta", in: -2...1.2) { $0.softplus(beta: 2.5, threshold: 4) },
  .elementwise("softplus beyond threshold", in: 2...4) { $0.softplus(beta: 2.5, threshold: 4) },
]
