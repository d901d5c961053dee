import Kernels

/// Reading and writing by arrays of positions and masks. The entries are those of the subscript, whose semantics this is.
extension Tensor {
  /// `x[indices…]` with the entries in an array.
  public func indexed(by indices: [any TensorIndex]) -> Tensor {
    if let slices = AxisIndex.slices(indices) { return sliced(slices) }
    return elements(IndexPlan(indices, for: shape))
  }

  /// `replacing(at:with:)` with the entries in an array.
  public func replacing(indexedBy indices: [any TensorIndex], with value: Tensor) -> Tensor {
    replacing(IndexPlan(indices, for: shape), with: value)
  }

  /// `adding(_:at:)` with the entries in an array.
  public func adding(_ value: Tensor, indexedBy indices: [any TensorIndex]) -> Tensor {
    adding(value, IndexPlan(indices, for: shape))
  }

  /// What a subscript reads, as a copy.
  package func elements(_ plan: IndexPlan) -> Tensor {
    let elements = IndexedElements(plan, in: self)
    let result = Tensor(uninitialized: elements.shape, dtype)
    withExtendedLifetime(self) {
      elements.withPlaces {
        Kernels.gather(dtype.kind, $0, storage.base + elements.offset * dtype.size, result.freshData)
      }
    }
    return result
  }

  /// A copy with a value, broadcast, in the place of what a subscript reads.
  package func replacing(_ plan: IndexPlan, with value: Tensor) -> Tensor {
    var result = self
    result.write(value, at: plan)
    return result
  }

  /// A copy to which a value, broadcast, is added at what a subscript reads.
  package func adding(_ value: Tensor, _ plan: IndexPlan) -> Tensor {
    var result = self
    result.write(value, at: plan, adding: true)
    return result
  }

  package mutating func write(_ value: Tensor, at plan: IndexPlan, adding: Bool = false) {
    if !isKnownUniquelyReferenced(&storage) || !isContiguous { self = copied() }
    let elements = IndexedElements(plan, in: self)
    let source = value.fitted(to: elements.shape).to(dtype).expanded(elements.shape).contiguous
    let target = storage.base + elements.offset * dtype.size
    let write = adding ? Kernels.putAdding : Kernels.put
    withExtendedLifetime(source) { elements.withPlaces { write(dtype.kind, $0, source.data, target) } }
  }
}
