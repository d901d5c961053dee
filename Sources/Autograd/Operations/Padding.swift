import Tensors

extension Variable {
  /// Surrounded by a value: `widths[i]` elements before and after those of axis i. A negative width takes as many away.
  ///
  /// [n₀, n₁, …] → [before₀ + n₀ + after₀, …].  ∂L/∂x = g with the opposite widths: without the border, and with zeros for
  /// what was taken away.
  public func padded(_ widths: [(before: Int, after: Int)], value: Double = 0) -> Variable {
    Variable.record("padded", self.value.padded(widths, value: value), self) { g in
      g.padded(widths.map { (-$0.before, -$0.after) })
    }
  }
}

package let paddingProbes: [Probe] = [
  Probe("padded", [.init([2, 3])]) { $0[0].padded([(1, 0), (2, 1)], value: 0.5) },
  Probe("cropped", [.init([2, 4])]) { $0[0].padded([(1, 1), (-2, 1)], value: 0.5) },
]
