import Tensors

/// Sorting along an axis, as ``Tensor`` sorts: NaN is the greatest, and equal elements keep their order.
extension Variable {
  /// The elements in order, and where they came from.  ∂L/∂x = g, each element back at its index.
  public func sort(axis: Int = -1, descending: Bool = false) -> (values: Variable, indices: Tensor) {
    chosen("sort", axis, value.sort(axis: axis, descending: descending))
  }

  /// The elements in order.  ∂L/∂x = g, each element back at its index.
  public func sorted(axis: Int = -1, descending: Bool = false) -> Variable {
    node == nil
      ? Variable(value.sorted(axis: axis, descending: descending)) : sort(axis: axis, descending: descending).values
  }

  /// The indices that put the elements in order. Not differentiable.
  public func argsort(axis: Int = -1, descending: Bool = false) -> Tensor {
    value.argsort(axis: axis, descending: descending)
  }

  /// The k largest (or smallest) elements in order, and where they came from.  ∂L/∂x = g at these elements, 0 elsewhere.
  public func topK(_ k: Int, axis: Int = -1, largest: Bool = true) -> (values: Variable, indices: Tensor) {
    chosen("topK", axis, value.topK(k, axis: axis, largest: largest))
  }

  private func chosen(
    _ name: StaticString, _ axis: Int, _ result: (values: Tensor, indices: Tensor)
  ) -> (values: Variable, indices: Tensor) {
    let (shape, indices) = (shape, result.indices)
    let values = Variable.record(name, result.values, self) { $0.scattered(shape, axis, indices) }
    return (values, indices)
  }
}

package let sortingProbes: [Probe] = [
  Probe("sort", [.init([2, 5], distinct: true)]) { $0[0].sort().values },
  Probe("sort descending axis 0", [.init([4, 3], distinct: true)]) { $0[0].sort(axis: 0, descending: true).values },
  Probe("sorted", [.init([3, 3], distinct: true)]) { $0[0].sorted(axis: 0) },
  Probe("topK", [.init([2, 5], distinct: true)]) { $0[0].topK(2).values },
  Probe("topK smallest axis 0", [.init([5, 2], distinct: true)]) { $0[0].topK(3, axis: 0, largest: false).values },
]
