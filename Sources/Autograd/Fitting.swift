import Tensors

extension Variable {
  /// Whether this is of a node's shape and dtype.
  @inline(__always) func fits(_ node: Node) -> Bool { shape == node.shape && dtype == node.dtype }

  /// A pullback's gradient for an input that the operation has broadcast or promoted: summed over the copies, in the input's
  /// dtype. This is done here once, so that no operation has to.
  func fitted(to parent: Node, from node: Node) -> Variable {
    require(
      parent.shape.isBroadcastable(to: shape) && dtype.isFloatingPoint, node.operation,
      "its pullback gave a gradient of \(dtype)\(shape) for an input of \(parent.dtype)\(parent.shape); expected the "
        + "input's shape, or one broadcast from it")
    return summed(to: parent.shape).to(parent.dtype)
  }

  /// y = Σ x over broadcast copies, back to the shape they came from.  ∂L/∂x = g, repeated.
  func summed(to shape: Shape) -> Variable {
    if shape == self.shape { return self }
    return Variable.record("sum", value.summed(to: shape), self) { [whole = self.shape] in $0.expanded(whole) }
  }
}

extension Shape {
  /// Whether an array of this shape, repeated along axes of size 1 and new leading ones, gets the shape `other`.
  func isBroadcastable(to other: Shape) -> Bool {
    rank <= other.rank && zip(reversed(), other.reversed()).allSatisfy { $0 == $1 || $0 == 1 }
  }
}
