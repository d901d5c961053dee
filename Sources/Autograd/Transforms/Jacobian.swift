import Tensors

/// How a ``jacobian(at:mode:createGraph:of:)`` is computed; both give the same matrix but for rounding.
public enum JacobianMode: Sendable {
  /// Row by row: one sweep an element of the outputs.
  case reverse
  /// Column by column: one recorded sweep, and one sweep over it an element of the inputs. For functions of many more outputs
  /// than inputs.
  case forward
}

/// J = ∂f/∂x of a function of one input and one output: [n] → [m] gives [m, n], any other shapes output.shape + input.shape.
///
/// ```swift
/// let x = Variable([1.0, 2, 3])
/// print(jacobian(at: x) { $0 * $0 })  // the diagonal matrix of 2, 4, 6
/// ```
///
/// - Parameters:
///   - x: where; neither it nor its ``Variable/grad`` changes.
///   - mode: by rows or by columns.
///   - createGraph: makes the result differentiable.
///   - function: called once, with recording on also inside a ``noGrad(_:)``; inside an ``inferenceMode(_:)`` the program
///     stops.
/// - Returns: the matrix; zeros where the output does not depend on the input.
/// - Complexity: one call, and the sweeps of the mode.
public func jacobian(
  at x: Variable, mode: JacobianMode = .reverse, createGraph: Bool = false, of function: (Variable) throws -> Variable
) rethrows -> Variable {
  try jacobian(at: [x], mode: mode, createGraph: createGraph) { [try function($0[0])] }[0][0]
}

/// ∂outputₖ/∂inputᵢ of a function of several inputs and outputs, as `result[k][i]`, each of outputₖ.shape + inputᵢ.shape.
///
/// - Parameters: as of ``jacobian(at:mode:createGraph:of:)`` with one input.
/// - Complexity: one call, and the sweeps of the mode: a row is computed for all inputs together, a column for all outputs.
public func jacobian(
  at inputs: [Variable], mode: JacobianMode = .reverse, createGraph: Bool = false,
  of function: ([Variable]) throws -> [Variable]
) rethrows -> [[Variable]] {
  let traced = try Traced("jacobian", at: inputs, createGraph: createGraph, function)
  return withGradMode(createGraph) { traced.jacobian(mode) }
}

extension Traced {
  fileprivate func jacobian(_ mode: JacobianMode) -> [[Variable]] {
    switch mode {
    case .reverse:
      return outputs.map { rows(of: $0, inputs, axis: 0) }
    case .forward:
      let (cotangents, pulled) = linearized()
      let columns = pulled.map { rows(of: $0, cotangents, axis: -1) }
      return outputs.indices.map { k in columns.map { $0[k] } }
    }
  }

  /// ∂output/∂input for each input. The elements of the output come first (axis 0) or last (axis −1).
  private func rows(of output: Variable, _ inputs: [Variable], axis: Int) -> [Variable] {
    func shape(_ input: Variable) -> Shape {
      axis == 0 ? Shape(Array(output.shape) + input.shape) : Shape(Array(input.shape) + output.shape)
    }
    guard output.requiresGrad, output.elementCount > 0 else {
      return inputs.map { Variable(.zeros(shape($0), dtype: $0.dtype)) }
    }
    let rows = (0..<output.elementCount).map { i in
      vectorJacobianProducts([output], [Variable(unit(i, like: output.value))], inputs, createGraph: createGraph)
    }
    return inputs.enumerated().map { i, input in
      Variable.stack(rows.map { $0[i] }, axis: axis).reshaped(shape(input))
    }
  }
}

/// 1 at a position in row-major order, 0 elsewhere.
private func unit(_ position: Int, like tensor: Tensor) -> Tensor {
  var result = Tensor.zeros([tensor.elementCount], dtype: tensor.dtype)
  result[position] = Tensor(1.0, dtype: tensor.dtype)
  return result.reshaped(tensor.shape)
}
