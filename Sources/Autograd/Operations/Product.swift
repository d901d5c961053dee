import Tensors

/// Products: [..] → the shape without `axes`, or with size 1 there (`keepDims`); nil means all axes.
extension Variable {
  /// y = Π x.  ∂L/∂xᵢ = g·Π of the others: g·y/xᵢ, or where zeros occur the product itself.
  public func prod(axes: [Int]? = nil, keepDims: Bool = false) -> Variable {
    let (x, axes) = (saved, shape.resolve(reduced: axes, "prod"))
    return Variable.record("prod", value.prod(axes: axes, keepDims: keepDims), keepingOutputOf: self) { g, y in
      let (x, kept) = (x.variable, x.value.shape.reduced(axes, keepDims: true))
      let hasZero = y.value.elementCount > 0 && y.value.abs().min().item() == 0
      let others = hasZero ? x.productOfOthers(axes) : y.reshaped(kept) / x
      return g.reshaped(kept) * others
    }
  }
  /// Π x along one axis.
  public func prod(axis: Int, keepDims: Bool = false) -> Variable { prod(axes: [axis], keepDims: keepDims) }

  /// At each position the product of the elements at the other positions of these axes, without division.
  private func productOfOthers(_ axes: [Int]) -> Variable {
    if axes.isEmpty { return Variable(value.onesLike()) }
    let order = (0..<rank).filter { !axes.contains($0) } + axes
    let moved = permuted(order)
    let rows = moved.reshaped(Shape(Array(moved.shape.prefix(rank - axes.count)) + [value.elementCount(along: axes)]))
    let products = rows.productBefore(from: 0) * rows.productBefore(from: 1)
    return products.reshaped(moved.shape).permuted(order.indices.map { order.firstIndex(of: $0).unsafelyUnwrapped })
  }

  /// The products of all elements before each one along the last axis, from the first (end 0) or the last (end 1) on, in
  /// log₂ n steps of doubling reach.
  private func productBefore(from end: Int) -> Variable {
    var (result, reach) = (shifted(1, from: end), 1)
    while reach < shape[rank - 1] {
      result = result * result.shifted(reach, from: end)
      reach *= 2
    }
    return result
  }

  /// Moved along the last axis away from an end, with ones coming in.
  private func shifted(_ distance: Int, from end: Int) -> Variable {
    let n = shape[rank - 1]
    let (distance, leading) = (Swift.min(distance, n), Array(shape.dropLast()))
    let ones = Variable(Tensor.ones(Shape(leading + [distance]), dtype: dtype))
    let rest = self[ellipsis, AxisSlice(from: end == 0 ? 0 : distance, to: end == 0 ? n - distance : n)]
    return .concatenate(end == 0 ? [ones, rest] : [rest, ones], axis: rank - 1)
  }
}

package let productProbes: [Probe] = [
  Probe("prod", [.init([2, 3])]) { $0[0].prod() },
  Probe("prod axes keepDims", [.init([2, 3, 2])]) { $0[0].prod(axes: [0, 2], keepDims: true) },
  Probe("prod with a zero", [.init([2, 4])]) {
    let mask = Variable(Tensor([[1, 0, 1, 1], [1, 1, 1, 1]], dtype: $0[0].dtype))
    return ($0[0] * mask).prod(axis: 1)
  },
  Probe("prod with two zeros", [.init([3, 2])]) {
    ($0[0] * Variable(Tensor([[0, 1], [1, 1], [0, 1]], dtype: $0[0].dtype))).prod(axis: 0)
  },
]
