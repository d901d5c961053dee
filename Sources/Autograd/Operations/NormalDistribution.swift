import Kernels
import Tensors

/// The error function and the activations made of the normal distribution: [..] → [..].
extension Variable {
  /// y = erf x.  ∂L/∂x = g·2/√π·e^{−x²}.
  public func erf() -> Variable {
    let x = saved
    return Variable.record("erf", value.erf(), self) { $0.erfGradient(x.variable) }
  }

  /// y = 1 − erf x.  ∂L/∂x = −g·2/√π·e^{−x²}.
  public func erfc() -> Variable {
    let x = saved
    return Variable.record("erfc", value.erfc(), self) { -$0.erfGradient(x.variable) }
  }

  /// y = erf⁻¹ x.  ∂L/∂x = g·½√π·e^{y²}.
  public func erfinv() -> Variable {
    Variable.record("erfinv", value.erfinv(), keepingOutputOf: self) { g, y in
      g * (y.square().exp() * 0.886226925452758014)
    }
  }

  /// y = x·Φ(x), or its tanh form ½x·(1 + tanh u), u = √(2/π)·(x + 0.044715x³).
  ///
  /// ∂L/∂x = g·(Φ(x) + x·φ(x)), in the tanh form g·(½(1 + t) + ½x·(1 − t²)·u′) with t = tanh u.
  public func gelu(approximate: GELUApproximation = .none) -> Variable {
    let x = saved
    switch approximate {
    case .none: return Variable.record("gelu", value.gelu(), self) { $0.geluGradient(x.variable) }
    case .tanh:
      return Variable.record("geluTanh", value.gelu(approximate: .tanh), self) { $0.geluTanhGradient(x.variable) }
    }
  }

  /// d = g·2/√π·e^{−x²}, in one kernel.  ∂L/∂g = d(gg, x), ∂L/∂x = −2x·gg·d(g, x).
  private func erfGradient(_ x: Variable) -> Variable {
    let (g, input) = (saved, x.saved)
    return Variable.record(
      "erfGradient", value.gradient(.erfGradient, x.value), self, { $0.erfGradient(input.variable) }, x,
      { $0 * g.variable.erfGradient(input.variable) * input.variable * -2 })
  }

  /// d = g·(Φ(x) + x·φ(x)), in one kernel.  ∂L/∂g = d(gg, x), ∂L/∂x = gg·g·φ(x)·(2 − x²).
  private func geluGradient(_ x: Variable) -> Variable {
    let (g, input) = (saved, x.saved)
    return Variable.record(
      "geluGradient", value.gradient(.geluGradient, x.value), self, { $0.geluGradient(input.variable) }, x,
      { gg in
        let square = input.variable.square()
        let density = (square * -0.5).exp() * 0.398942280401432678
        return gg * g.variable * density * (2 - square)
      })
  }

  /// d = g·(½(1 + t) + ½x·(1 − t²)·u′), in one kernel.
  ///
  /// ∂L/∂g = d(gg, x), ∂L/∂x = gg·g·(1 − t²)·(u′ + x·(½u″ − t·u′²)).
  private func geluTanhGradient(_ x: Variable) -> Variable {
    let (g, input) = (saved, x.saved)
    return Variable.record(
      "geluTanhGradient", value.gradient(.geluTanhGradient, x.value), self, { $0.geluTanhGradient(input.variable) },
      x, { gg in gg * g.variable * input.variable.geluTanhCurvature() })
  }

  /// The second derivative of gelu's tanh form.
  private func geluTanhCurvature() -> Variable {
    let (scale, cubic) = (0.797884560802865356, 0.044715)
    let square = self.square()
    let t = (self * (square * cubic + 1) * scale).tanh()
    let rate = (square * (3 * cubic) + 1) * scale
    let inner = self * (3 * cubic * scale) - t * rate.square()
    return (1 - t.square()) * (rate + self * inner)
  }
}

package let normalDistributionProbes: [Probe] = [
  .elementwise("erf") { $0.erf() },
  .elementwise("erfc") { $0.erfc() },
  .elementwise("erfinv", in: -0.8...0.8) { $0.erfinv() },
  .elementwise("gelu", in: -4...4) { $0.gelu() },
  .elementwise("gelu tanh", in: -4...4) { $0.gelu(approximate: .tanh) },
]
