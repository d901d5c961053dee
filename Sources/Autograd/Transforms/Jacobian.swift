import Tensors

/// J = ∂f/∂x of a function of one input and one output: [n] → [m] gives [m, n], any other shapes output.shape + input.shape.
///
/// ```swift
/// let x = Variable([1.0, 2, 3])
/// print(jacobian(at: x) { $0 * $0 })  // the diagonal matrix of 2, 4, 6
/// ```
///
/// - Parameters:
///   - x: where; neither it nor its ``Variable/grad`` changes.
///   - createGraph: makes the result differentiable.
///   - function: called once, with recording on also inside a ``noGrad(_:)``; inside an ``inferenceMode(_:)`` the program
///     stops.
/// - Returns: the matrix; zeros where the output does not depend on the input.
/// - Complexity: one call, and one sweep an element of the output.
public func jacobian(
  at x: Variable, createGraph: Bool = false, of function: (Variable) throws -> Variable
) rethrows -> Variable {
  try jacobian(at: [x], createGraph: createGraph) { [try function($0[0])] }[0][0]
}

/// ∂outputₖ/∂inputᵢ of a function of several inputs and outputs, as `result[k][i]`, each of outputₖ.shape + inputᵢ.shape.
///
/// - Parameters: as of ``jacobian(at:createGraph:of:)``.
/// - Complexity: one call, and one sweep an element of the outputs, for all inputs together.
public func jacobian(
  at inputs: [Variable], createGraph: Bool = false, of function: ([Variable]) throws -> [Variable]
) rethrows -> [[Variable]] {
  let traced = try Traced("jacobian", at: inputs, createGraph: createGraph, function)
  return traced.outputs.map { rows(of: $0, traced.inputs, createGraph: createGraph) }
}

/// ∂output/∂input for each input, a row of each an element of the output.
private func rows(of output: Variable, _ inputs: [Variable], createGraph: Bool) -> [Variable] {
  guard output.requiresGrad, output.elementCount > 0 else {
    return inputs.map { Variable(.zeros(Shape(Array(output.shape) + $0.shape), dtype: $0.dtype)) }
  }
  let rows = (0..<output.elementCount).map { i in
    vectorJacobianProducts([output], [Variable(unit(i, like: output.value))], inputs, createGraph: createGraph)
  }
  return inputs.enumerated().map { i, input in
    withGradMode(createGraph) {
      Variable.stack(rows.map { $0[i] }).reshaped(Shape(Array(output.shape) + input.shape))
    }
  }
}

/// 1 at a position in row-major order, 0 elsewhere.
private func unit(_ position: Int, like tensor: Tensor) -> Tensor {
  var result = Tensor.zeros([tensor.elementCount], dtype: tensor.dtype)
  result[position] = Tensor(1.0, dtype: tensor.dtype)
  return result.reshaped(tensor.shape)
}
