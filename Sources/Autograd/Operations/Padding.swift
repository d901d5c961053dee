import Tensors

extension Variable {
  /// Surrounded by a value: `widths[i]` elements before and after those of axis i.  ∂L/∂x = g without the border.
  public func padded(_ widths: [(before: Int, after: Int)], value: Double = 0) -> Variable {
    let inside = zip(widths, shape).map { width, size in
      AxisIndex.slice(from: width.before, to: width.before + size, step: 1)
    }
    return Variable.record("padded", self.value.padded(widths, value: value), self) { $0.sliced(inside) }
  }
}

package let paddingProbes: [Probe] = [
  Probe("padded", [.init([2, 3])]) { $0[0].padded([(1, 0), (2, 1)], value: 0.5) }
]
