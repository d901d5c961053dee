import Tensors

extension Variable {
  /// Variables joined along an existing axis.  ∂L/∂xᵢ = the part of g that came from xᵢ.
  public static func concatenate(_ variables: [Variable], axis: Int = 0) -> Variable {
    let value = Tensor.concatenate(variables.map(\.value), axis: axis)
    let axis = value.shape.resolve(axis: axis, "concatenate")
    var starts = [0]
    for variable in variables { starts.append(starts.last! + variable.shape[axis]) }
    return record("concatenate", value, inputs: variables) { i in
      let whole = Array(repeating: AxisIndex.slice(from: nil, to: nil, step: 1), count: axis)
      let part = whole + [AxisIndex.slice(from: starts[i], to: starts[i + 1], step: 1)]
      return { $0.sliced(part) }
    }
  }

  /// Variables of one shape joined along a new axis.
  public static func stack(_ variables: [Variable], axis: Int = 0) -> Variable {
    for variable in variables {
      require(variable.shape == variables[0].shape, "stack", "shapes \(variables.map(\.shape)); expected all equal")
    }
    return concatenate(variables.map { $0.unsqueezed(axis: axis) }, axis: axis)
  }

  /// Slices of `size` entries each along an axis, the last one shorter if need be.
  public func split(size: Int, axis: Int = 0) -> [Variable] {
    require(size > 0, "split", "the size \(size); expected at least 1")
    let axis = shape.resolve(axis: axis, "split")
    let count = Swift.max(1, (shape[axis] + size - 1) / size)
    return (0..<count).map { i in
      let whole = Array(repeating: AxisIndex.slice(from: nil, to: nil, step: 1), count: axis)
      return sliced(whole + [.slice(from: i * size, to: Swift.min((i + 1) * size, shape[axis]), step: 1)])
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
]
