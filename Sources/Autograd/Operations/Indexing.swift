import Tensors

extension Variable {
  /// What the subscript of ``Tensor`` with these entries reads: `x[0]`, `x[0..., ..<8]`, `x[newAxis]`, `x[[2, 0]]`,
  /// `x[mask]`.  ∂L/∂x = g there, 0 elsewhere; elements that are read several times get the sum.
  ///
  /// There is no assignment: a variable is an object that others hold too, and what a gradient needs of it must stay. Make
  /// a new one with `replacing(at:with:)` or `adding(_:at:)`, or change the ``value`` of a leaf.
  public subscript(indices: any TensorIndex...) -> Variable { indexed(by: indices) }

  /// What a subscript with these entries reads.
  public func sliced(_ indices: [AxisIndex]) -> Variable {
    let shape = shape
    return Variable.record("slice", value.sliced(indices), self) { $0.unsliced(shape, indices) }
  }

  /// Zeros of `shape` with this variable at a slice.  ∂L/∂x = the slice of g.
  private func unsliced(_ shape: Shape, _ indices: [AxisIndex]) -> Variable {
    let whole = timed {
      var whole = Tensor.zeros(shape, dtype: dtype)
      whole.write(value, at: indices)
      return whole
    }
    return Variable.record("sliceGradient", whole, self) { $0.sliced(indices) }
  }

  /// y[i, j, …] = x[i, index[i, j, …], …], the index in place of position `axis`.  ∂L/∂x = g added up at the indices.
  public func gather(axis: Int, index: Tensor) -> Variable {
    let shape = shape
    return Variable.record("gather", value.gather(axis: axis, index: index), self) {
      $0.scattered(shape, axis, index)
    }
  }

  /// Zeros of `shape` with each element added at its index.  ∂L/∂x = g gathered.
  func scattered(_ shape: Shape, _ axis: Int, _ index: Tensor) -> Variable {
    Variable.record(
      "gatherGradient", Tensor.zeros(shape, dtype: dtype).scatterAdd(axis: axis, index: index, source: value), self
    ) { $0.gather(axis: axis, index: index) }
  }

  /// The slices at these positions along an axis: y[…, k, …] = x[…, index[k], …]; an embedding's lookup.  ∂L/∂x = g added
  /// up at the positions, repeated ones in their order, with the same bits for any number of threads.
  public func indexSelect(axis: Int = 0, index: Tensor) -> Variable {
    let shape = shape
    return Variable.record("indexSelect", value.indexSelect(axis: axis, index: index), self) { g in
      Variable(Tensor.zeros(shape, dtype: g.dtype)).indexAdd(axis: axis, index: index, source: g)
    }
  }

  /// A copy to which the slices of `source` are added at these positions along an axis: y[…, index[k], …] +=
  /// source[…, k, …].  ∂L/∂x = g, ∂L/∂source = the slices of g at the positions.
  public func indexAdd(axis: Int = 0, index: Tensor, source: Variable) -> Variable {
    return Variable.record(
      "indexAdd", value.indexAdd(axis: axis, index: index, source: source.value), self, { $0 }, source,
      { $0.indexSelect(axis: axis, index: index) })
  }
}

package let indexingProbes: [Probe] = [
  Probe("x[1]", [.init([3, 2])]) { $0[0][1] },
  Probe("x[-1, 1...]", [.init([3, 4])]) { $0[0][-1, 1...] },
  Probe("x[0..., step 2]", [.init([2, 5])]) { $0[0][0..., (0...).by(2)] },
  Probe("x[reversed]", [.init([4])]) { $0[0][AxisSlice(step: -1)] },
  Probe("x[newAxis, ellipsis, 0]", [.init([2, 3])]) { $0[0][newAxis, ellipsis, 0] },
  Probe("x[0] + x[0]", [.init([2, 3])]) { $0[0][0] + $0[0][0] },
  Probe("gather", [.init([2, 3])]) { $0[0].gather(axis: 1, index: Tensor([[2, 0, 2, 1], [1, 1, 1, 0]])) },
  Probe("gather axis 0", [.init([3, 2])]) { $0[0].gather(axis: 0, index: Tensor([[2, 0], [2, 2]])) },
  Probe("indexSelect", [.init([3, 2])]) { $0[0].indexSelect(index: Tensor([2, 0, 2, 2])) },
  Probe("indexSelect axis 1", [.init([2, 3, 2])]) { $0[0].indexSelect(axis: 1, index: Tensor([1, 1])) },
  Probe("indexAdd", [.init([3, 2]), .init([4, 2])]) { $0[0].indexAdd(index: Tensor([2, 0, 2, 2]), source: $0[1]) },
  Probe("indexAdd axis -1", [.init([2, 3]), .init([2, 2])]) {
    $0[0].indexAdd(axis: -1, index: Tensor([1, 1]), source: $0[1])
  },
]
