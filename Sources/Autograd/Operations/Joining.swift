import Tensors

extension Variable {
  /// Variables joined along an existing axis; dtypes promote, and empty vectors, [0], add nothing.  ∂L/∂xᵢ = the part of g
  /// that came from xᵢ.
  public static func concatenate(_ variables: [Variable], axis: Int = 0) -> Variable {
    let value = timed { Tensor.concatenate(variables.map(\.value), axis: axis) }
    let axis = value.shape.resolve(axis: axis, "concatenate")
    let shapes = variables.map(\.shape)
    var starts = [0]
    for shape in shapes { starts.append(starts.last! + (shape == [0] ? 0 : shape[axis])) }
    return record("concatenate", value, inputs: variables) { i in
      let part = starts[i]..<starts[i + 1]
      return { $0.along(axis, part).reshaped(shapes[i]) }
    }
  }

  /// The entries along an axis one by one, without the axis: n parts [.., ..] of [.., n, ..]. One operation of n outputs, so
  /// that the way back is linear in their number.  ∂L/∂x = the parts' gradients, stacked.
  public func unbound(axis: Int = 0) -> [Variable] {
    let axis = shape.resolve(axis: axis, "unbound")
    let values = timed { value.unbound(axis: axis) }
    return Variable.record("unbound", outputs: values, keepsOutputs: false, inputs: [self]) { gradients, _ in
      let zeros = gradients.lazy.compactMap { $0 }.first.map { Variable($0.value.zerosLike()) }
      return [.stack(gradients.map { $0 ?? zeros! }, axis: axis)]
    }
  }
}

package let joiningProbes: [Probe] = [
  Probe("concatenate", [.init([2, 2]), .init([2, 3]), .init([2, 1])]) { Variable.concatenate($0, axis: 1) },
  Probe("stack", [.init([2, 3]), .init([2, 3])]) { Variable.stack($0, axis: 1) },
  Probe("split", [.init([5, 2])]) { x in
    let parts = x[0].split(size: 2)
    return (parts[0] * parts[1]).sum() + parts[2].sum()
  },
  Probe("unbound", [.init([2, 3])]) { x in
    let parts = x[0].unbound(axis: 1)
    return parts[0] * parts[2]
  },
]
