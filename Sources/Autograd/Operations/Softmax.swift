import Tensors

/// Normalisation along one axis: [..] → [..].
extension Variable {
  /// y = eˣ / Σ eˣ along an axis.  ∂L/∂x = y·(g − Σ g·y).
  public func softmax(axis: Int) -> Variable {
    Variable.record("softmax", value.softmax(axis: axis), keepingOutputOf: self) { g, y in
      g.softmaxGradient(y, axis)
    }
  }

  /// y = x − ln Σ eˣ along an axis.  ∂L/∂x = g − eʸ·Σ g.
  public func logSoftmax(axis: Int) -> Variable {
    Variable.record("logSoftmax", value.logSoftmax(axis: axis), keepingOutputOf: self) { g, y in
      g.logSoftmaxGradient(y, axis)
    }
  }

  /// d = y·(g − Σ g·y), in one kernel.  ∂L/∂g = d(gg, y), ∂L/∂y = gg·(g − Σ g·y) − g·Σ gg·y.
  private func softmaxGradient(_ y: Variable, _ axis: Int) -> Variable {
    let (g, out) = (saved, y.saved)
    return Variable.record(
      "softmaxGradient", value.softmaxGradient(y.value, axis: axis, log: false), self,
      { $0.softmaxGradient(out.variable, axis) }, y,
      { gg in
        let (g, y) = (g.variable, out.variable)
        let inner = g - (g * y).rowSum(axis)
        return gg * inner - g * (gg * y).rowSum(axis)
      })
  }

  /// d = g − eʸ·Σ g, in one kernel.  ∂L/∂g = gg − Σ gg·eʸ, ∂L/∂y = −gg·eʸ·Σ g.
  private func logSoftmaxGradient(_ y: Variable, _ axis: Int) -> Variable {
    let (g, out) = (saved, y.saved)
    return Variable.record(
      "logSoftmaxGradient", value.softmaxGradient(y.value, axis: axis, log: true), self,
      { $0 - ($0 * out.variable.exp()).rowSum(axis) }, y,
      { -$0 * out.variable.exp() * g.variable.rowSum(axis) })
  }

  private func rowSum(_ axis: Int) -> Variable { rank == 0 ? self : sum(axis: axis, keepDims: true) }
}

package let softmaxProbes: [Probe] = [
  Probe("softmax scalar", [.init([])]) { $0[0].softmax(axis: -1) },
  Probe("softmax last", [.init([2, 5])]) { $0[0].softmax(axis: -1) },
  Probe("softmax first", [.init([3, 2, 2])]) { $0[0].softmax(axis: 0) },
  Probe("logSoftmax last", [.init([2, 5])]) { $0[0].logSoftmax(axis: -1) },
  Probe("logSoftmax middle", [.init([2, 3, 2])]) { $0[0].logSoftmax(axis: 1) },
]
