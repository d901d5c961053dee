import Kernels

extension Tensor {
  /// A view: `x[0]`, `x[-1, 2..<5]`, `x[0..., ..<8]`, `x[(0...).by(2)]`, `x[newAxis]`, `x[ellipsis, 0]`; or a copy of the
  /// elements that arrays or masks name: `x[[2, 0]]`, `x[0..., positions]`, `x[x .> 0]`.
  ///
  /// Axes without an entry are taken whole. A position out of range stops the program; range bounds are clamped, as in
  /// Python. Assigning writes through, broadcasting the new value, in place if nobody shares the memory.
  ///
  /// Arrays of positions, of any rank, broadcast together: `x[[0, 1], [2, 0]]` is x[0, 2] and x[1, 0]. The axes of their
  /// common shape stand where the arrays do if these are neighbours, else in front. A mask of k axes counts as k arrays,
  /// the positions where it holds. An integer beside arrays, or an integer tensor of rank 0, is a plain position, as in
  /// PyTorch. Where an assignment names a place several times, the last value stays.
  public subscript(indices: any TensorIndex...) -> Tensor {
    get { indexed(by: indices) }
    set {
      if let slices = AxisIndex.slices(indices) { return write(newValue, at: slices) }
      write(newValue, at: IndexPlan(indices, for: shape))
    }
  }

  /// The view that a subscript with these entries gives.
  public func sliced(_ indices: [AxisIndex]) -> Tensor {
    var (sizes, steps, start, axis) = ([Int](), [Int](), offset, 0)
    for index in indices.filled(for: shape) {
      switch index {
      case .newAxis:
        sizes.append(1)
        steps.append(0)
      case .position(let i):
        start += resolve(position: i, axis) * strides[axis]
        axis += 1
      case .slice(let from, let to, let step):
        let (first, count) = resolve(from, to, step, axis)
        start += first * strides[axis]
        sizes.append(count)
        steps.append(step * strides[axis])
        axis += 1
      case .ellipsis: break
      }
    }
    return view(Shape(sizes), AxisValues(steps), offset: start)
  }

  package mutating func write(_ value: Tensor, at indices: [AxisIndex]) {
    // `value` may be a view of this tensor's memory: then it shares the storage, and this tensor becomes a copy.
    if !isKnownUniquelyReferenced(&storage) || !isContiguous { self = copied() }
    let target = sliced(indices)
    assign(value.fitted(to: target.shape).to(dtype), to: target)
  }

  /// This value as it is assigned to a slice of a shape: broadcast, leading axes of size 1 beyond its rank dropped.
  package func fitted(to target: Shape) -> Tensor {
    let extra = Swift.max(0, rank - target.rank)
    let value = extra > 0 && shape[..<extra].allSatisfy { $0 == 1 } ? reshaped(Shape(shape[extra...])) : self
    let fits = value.rank <= target.rank && Shape.broadcast(value.shape, target, "subscript") == target
    require(
      fits, "subscript", "a value of shape \(shape) for a slice of shape \(target); expected one that broadcasts to it")
    return value
  }

  private func resolve(position i: Int, _ axis: Int) -> Int {
    let size = shape[axis]
    require(
      i >= -size && i < size, "subscript",
      "index \(i) on axis \(axis) of shape \(shape) is out of range; expected \(-size)..<\(size)")
    return i < 0 ? i + size : i
  }

  /// First position and count of a Python slice.
  private func resolve(_ from: Int?, _ to: Int?, _ step: Int, _ axis: Int) -> (Int, Int) {
    require(step != 0, "subscript", "the step 0 on axis \(axis) of shape \(shape); expected another number")
    let size = shape[axis]
    let (lowest, highest) = step > 0 ? (0, size) : (-1, size - 1)
    func clamp(_ bound: Int?, _ missing: Int) -> Int {
      guard let bound else { return missing }
      return Swift.min(Swift.max(bound < 0 ? bound + size : bound, lowest), highest)
    }
    let first = clamp(from, step > 0 ? 0 : size - 1)
    let end = clamp(to, step > 0 ? size : -1)
    let distance = step > 0 ? end - first : first - end
    return (first, distance <= 0 ? 0 : (distance + Swift.abs(step) - 1) / Swift.abs(step))
  }
}

extension AxisIndex {
  /// The entries of a subscript, if none is an array or a mask.
  package static func slices(_ indices: [any TensorIndex]) -> [AxisIndex]? {
    var slices: [AxisIndex] = []
    slices.reserveCapacity(indices.count)
    for index in indices {
      guard case .basic(let slice) = index.indexEntry else { return nil }
      slices.append(slice)
    }
    return slices
  }
}
