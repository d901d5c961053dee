import Tensors

/// Reading and replacing by arrays of positions and masks; the entries are those of the subscript.
extension Variable {
  /// `x[indices…]` with the entries in an array.
  public func indexed(by indices: [any TensorIndex]) -> Variable {
    if let slices = AxisIndex.slices(indices) { return sliced(slices) }
    return elements(IndexPlan(indices, for: shape))
  }

  /// `replacing(at:with:)` with the entries in an array.
  public func replacing(indexedBy indices: [any TensorIndex], with value: Variable) -> Variable {
    replacing(IndexPlan(indices, for: shape), with: value)
  }

  /// `adding(_:at:)` with the entries in an array.
  public func adding(_ value: Variable, indexedBy indices: [any TensorIndex]) -> Variable {
    let plan = IndexPlan(indices, for: shape)
    return Variable.record(
      "indexAdding", self.value.adding(value.value, plan), self, { $0 }, value.fitted(to: self, plan),
      { $0.elements(plan) })
  }

  private func elements(_ plan: IndexPlan) -> Variable {
    let shape = shape
    return Variable.record("index", value.elements(plan), self) { $0.spread(shape, plan) }
  }

  /// Zeros of `shape` with each element added where it was read.  ∂L/∂x = g there.
  private func spread(_ shape: Shape, _ plan: IndexPlan) -> Variable {
    let whole = timed {
      var whole = Tensor.zeros(shape, dtype: dtype)
      whole.write(value, at: plan, adding: true)
      return whole
    }
    return Variable.record("indexGradient", whole, self) { $0.elements(plan) }
  }

  private func replacing(_ plan: IndexPlan, with value: Variable) -> Variable {
    return Variable.record(
      "indexReplacing", self.value.replacing(plan, with: value.value), self,
      { $0.replacing(plan, with: Variable(Tensor(0, dtype: $0.dtype))) },
      value.fitted(to: self, plan),
      { g in
        let there = g.elements(plan)
        return plan.isLast.map { .where($0, there, Variable(Tensor(0, dtype: g.dtype))) } ?? there
      })
  }

  /// This value without leading axes that what it replaces does not have.
  private func fitted(to target: Variable, _ plan: IndexPlan) -> Variable {
    let extra = rank - plan.resultRank
    return extra > 0 ? reshaped(Shape(shape[extra...])) : self
  }
}

package let advancedIndexingProbes: [Probe] = [
  Probe("x[[2, 0, 2]]", [.init([3, 2])]) { $0[0][[2, 0, 2]] },
  Probe("x[mask]", [.init([2, 3])]) { $0[0][Tensor([[true, false, true], [false, true, false]])] },
  Probe("x[[1, 0, 1], ellipsis, [0, 2, 0]]", [.init([2, 2, 3])]) { $0[0][[1, 0, 1], ellipsis, [0, 2, 0]] },
  Probe("replacing rows", [.init([3, 2]), .init([2])]) { $0[0].replacing(at: [2, 0], with: $0[1]) },
  Probe("replacing repeatedly", [.init([4]), .init([1, 3])]) { $0[0].replacing(at: [2, 1, 2], with: $0[1]) },
  Probe("adding", [.init([2, 3]), .init([2, 2])]) { $0[0].adding($0[1], at: 0..., [2, 2]) },
]
