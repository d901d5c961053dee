import Kernels
import Tensors

/// Linear units with a slope or an exponential below zero: [..] → [..].
extension Variable {
  /// y = x where x > 0, else slope·x.  ∂L/∂x = g there, else slope·g.
  public func leakyRelu(negativeSlope: Double = 0.01) -> Variable {
    let x = value
    return Variable.record("leakyRelu", x.leakyRelu(negativeSlope: negativeSlope), self) {
      $0.leakyReluGradient(x, negativeSlope)
    }
  }

  /// y = x where x > 0, else α·(eˣ − 1).  ∂L/∂x = g there, else g·α·eˣ.
  public func elu(alpha: Double = 1) -> Variable {
    let x = saved
    return Variable.record("elu", value.elu(alpha: alpha), self) { $0.eluGradient(x.variable, 1, alpha) }
  }

  /// y = λ·x where x > 0, else λ·α·(eˣ − 1).  ∂L/∂x = λ·g there, else g·λ·α·eˣ.
  public func selu() -> Variable {
    let x = saved
    return Variable.record("selu", value.selu(), self) {
      $0.eluGradient(x.variable, SELUConstants.scale, SELUConstants.scale * SELUConstants.alpha)
    }
  }

  /// d = g where x > 0, else slope·g, in one kernel.  ∂L/∂g = d(gg, x).
  private func leakyReluGradient(_ x: Tensor, _ slope: Double) -> Variable {
    Variable.record("leakyReluGradient", Tensor.parametric(.leakyReLUGradient, value, x, slope, 0), self) {
      $0.leakyReluGradient(x, slope)
    }
  }

  /// d = p·g where x > 0, else g·q·eˣ, in one kernel.  ∂L/∂g = d(gg, x), ∂L/∂x = 0 there, else gg·d.
  private func eluGradient(_ x: Variable, _ p: Double, _ q: Double) -> Variable {
    let (g, input) = (saved, x.saved)
    return Variable.record(
      "eluGradient", Tensor.parametric(.eluGradient, value, x.value, p, q), self,
      { $0.eluGradient(input.variable, p, q) }, x,
      { gg in gg * g.variable.eluGradient(input.variable, 0, q) })
  }
}

package let linearUnitProbes: [Probe] = [
  .elementwise("leakyRelu", in: 0.2...2) { $0.leakyRelu() },
  .elementwise("leakyRelu of negative", in: -2 ... -0.2) { $0.leakyRelu(negativeSlope: 0.2) },
  .elementwise("elu", in: 0.2...2) { $0.elu(alpha: 1.5) },
  .elementwise("elu of negative", in: -2 ... -0.2) { $0.elu(alpha: 1.5) },
  .elementwise("selu of negative", in: -2 ... -0.2) { $0.selu() },
]
