import Tensors

extension Variable {
  /// yᵢ = x₀ + … + xᵢ along an axis.  [..] → [..].  ∂L/∂xᵢ = gᵢ + … + gₙ₋₁, the running sum from the other end.
  public func cumsum(axis: Int) -> Variable { runningSums(axis, reversed: false) }

  private func runningSums(_ axis: Int, reversed: Bool) -> Variable {
    Variable.record("cumsum", value.runningSums("cumsum", axis, reversed: reversed), self) {
      $0.runningSums(axis, reversed: !reversed)
    }
  }
}

package let cumulativeProbes: [Probe] = [
  Probe("cumsum", [.init([2, 5])]) { $0[0].cumsum(axis: -1) },
  Probe("cumsum axis 0", [.init([4, 3])]) { $0[0].cumsum(axis: 0) },
  Probe("cumsum middle", [.init([2, 3, 2])]) { $0[0].cumsum(axis: 1) },
]
