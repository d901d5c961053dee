import Tensors

/// Changes of shape; all are views or copies of the same numbers, and the gradient takes the way back.
extension Variable {
  /// The same elements in row-major order under another shape.  ∂L/∂x = g, reshaped back.
  public func reshaped(_ shape: Shape) -> Variable {
    if shape == self.shape { return self }
    let before = self.shape
    return Variable.record("reshape", value.reshaped(shape), self) { $0.reshaped(before) }
  }

  /// The axes in another order.  ∂L/∂x = g with the order undone.
  public func permuted(_ axes: [Int]) -> Variable {
    let order = shape.resolve(axes: axes, "permute")
    let inverse = order.indices.sorted { order[$0] < order[$1] }
    return Variable.record("permute", value.permuted(axes), self) { $0.permuted(inverse) }
  }

  /// Two axes exchanged; by default the last two.  ∂L/∂x = g with them exchanged.
  public func transposed(_ a: Int = -2, _ b: Int = -1) -> Variable {
    Variable.record("transpose", value.transposed(a, b), self) { $0.transposed(a, b) }
  }

  /// Repeated along axes of size 1, and along new leading axes, to `shape`.  ∂L/∂x = the sum of g over the copies, which
  /// the sweep makes.
  public func expanded(_ shape: Shape) -> Variable {
    if shape == self.shape { return self }
    return Variable.record("expand", value.expanded(shape), self) { $0 }
  }

  /// The windows of `size` elements along an axis, one every `step` elements, as a last axis:
  /// y[…, w, …, k] = x[…, w·step + k, …].  ∂L/∂x = g, added up where windows overlap.
  ///
  /// [.., n, ..] → [.., ⌊(n − size)/step⌋ + 1, .., size]. 0 ≤ size ≤ n, step ≥ 1.
  public func unfolded(axis: Int, size: Int, step: Int) -> Variable {
    let (before, at) = (shape, shape.resolve(axis: axis, "unfolded"))
    return Variable.record("unfold", value.unfolded(axis: axis, size: size, step: step), self) { g in
      let starts = Tensor.arange(g.shape[at]).unsqueezed(axis: 1) * step
      let elements = g.movedAxis(from: -1, to: at + 1).flattened(from: at, through: at + 1)
      return Variable(.zeros(before, dtype: g.dtype))
        .indexAdd(axis: at, index: (starts + Tensor.arange(size)).flattened(), source: elements)
    }
  }
}

package let shapeProbes: [Probe] = [
  Probe("reshape", [.init([2, 6])]) { $0[0].reshaped([3, -1]) },
  Probe("flatten", [.init([2, 3, 2])]) { $0[0].flattened(from: 1) },
  Probe("permute", [.init([2, 3, 4])]) { $0[0].permuted([2, 0, 1]) },
  Probe("transpose", [.init([2, 3])]) { $0[0].transposed() },
  Probe("movedAxis", [.init([2, 3, 4])]) { $0[0].movedAxis(from: 0, to: -1) },
  Probe("unsqueeze", [.init([2, 3])]) { $0[0].unsqueezed(axis: 1) },
  Probe("squeeze", [.init([2, 1, 3, 1])]) { $0[0].squeezed(axis: 1).squeezed() },
  Probe("expand", [.init([3, 1])]) { $0[0].expanded([2, 3, 4]) },
  Probe("unfold", [.init([7])]) { $0[0].unfolded(axis: 0, size: 3, step: 2) },
  Probe("unfold axis 1", [.init([2, 5, 2])]) { $0[0].unfolded(axis: 1, size: 2, step: 1) },
]
