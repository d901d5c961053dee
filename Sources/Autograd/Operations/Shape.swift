import Tensors

/// Changes of shape; all are views or copies of the same numbers, and the gradient takes the way back.
extension Variable {
  /// The same elements in row-major order under another shape.  ∂L/∂x = g, reshaped back.
  public func reshaped(_ shape: Shape) -> Variable {
    if shape == self.shape { return self }
    let before = self.shape
    return Variable.record("reshape", value.reshaped(shape), self) { $0.reshaped(before) }
  }

  /// The same elements under other sizes, one of which may be −1 and is inferred.
  public func reshaped(_ sizes: [Int]) -> Variable { reshaped(value.reshaped(sizes).shape) }

  /// Axes `start` through `end` as one.
  public func flattened(from start: Int = 0, through end: Int = -1) -> Variable {
    reshaped(value.flattened(from: start, through: end).shape)
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

  /// One axis moved to another place.
  public func movedAxis(from: Int, to: Int) -> Variable {
    let (source, target) = (shape.resolve(axis: from, "movedAxis"), shape.resolve(axis: to, "movedAxis"))
    var order = Array(0..<rank)
    order.insert(order.remove(at: source), at: target)
    return permuted(order)
  }

  /// A new axis of size 1 before `axis` (−1 appends one).
  public func unsqueezed(axis: Int) -> Variable { reshaped(value.unsqueezed(axis: axis).shape) }

  /// Without this axis, if its size is 1.
  public func squeezed(axis: Int) -> Variable { reshaped(value.squeezed(axis: axis).shape) }

  /// Without any axis of size 1.
  public func squeezed() -> Variable { reshaped(value.squeezed().shape) }

  /// Repeated along axes of size 1, and along new leading axes, to `shape`.  ∂L/∂x = the sum of g over the copies, which
  /// the sweep makes.
  public func expanded(_ shape: Shape) -> Variable {
    if shape == self.shape { return self }
    return Variable.record("expand", value.expanded(shape), self) { $0 }
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
]
