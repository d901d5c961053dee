import Tensors

/// f(x₁, …, xₙ) and ∂f/∂xᵢ of a function whose value has one element.
///
/// ```swift
/// let (loss, gradients) = valueAndGrad(at: [w, b]) { mseLoss(x.linear($0[0], $0[1]), target) }
/// ```
///
/// The inputs' ``Variable/grad`` is not touched, and neither is that of variables which the function captures. An input
/// that the value does not depend on has the gradient 0.
///
/// - Parameters:
///   - inputs: where; they need not require gradients. The function gets variables of their values that do.
///   - createGraph: connects the results with the inputs and with what the function captures, so that they can be
///     differentiated in turn. Otherwise they are constants.
///   - function: called once, with recording on also inside a ``noGrad(_:)``. Inside an ``inferenceMode(_:)`` the program
///     stops.
/// - Returns: the value, and a gradient of each input's shape and dtype.
/// - Complexity: one call and one sweep.
public func valueAndGrad(
  at inputs: [Variable], createGraph: Bool = false, of function: ([Variable]) throws -> Variable
) rethrows -> (value: Variable, gradients: [Variable]) {
  let traced = try Traced("valueAndGrad", at: inputs, createGraph: createGraph) { [try function($0)] }
  requireScalar(traced.outputs[0], "valueAndGrad")
  return (traced.values[0], traced.pulledBack([traced.outputs[0].onesLike()]))
}

/// f(x) and ∂f/∂x of a function whose value has one element: see ``valueAndGrad(at:createGraph:of:)``.
///
/// ```swift
/// let (value, gradient) = valueAndGrad(at: x) { ($0 * $0).sum() }
/// ```
public func valueAndGrad(
  at x: Variable, createGraph: Bool = false, of function: (Variable) throws -> Variable
) rethrows -> (value: Variable, gradient: Variable) {
  let (value, gradients) = try valueAndGrad(at: [x], createGraph: createGraph) { try function($0[0]) }
  return (value, gradients[0])
}

/// f(x, y) and both gradients: see ``valueAndGrad(at:createGraph:of:)``.
///
/// ```swift
/// let (loss, (dw, db)) = valueAndGrad(at: w, b) { w, b in (x.matmul(w) + b).square().mean() }
/// ```
public func valueAndGrad(
  at x: Variable, _ y: Variable, createGraph: Bool = false, of function: (Variable, Variable) throws -> Variable
) rethrows -> (value: Variable, gradients: (Variable, Variable)) {
  let (value, gradients) = try valueAndGrad(at: [x, y], createGraph: createGraph) { try function($0[0], $0[1]) }
  return (value, (gradients[0], gradients[1]))
}

/// f(x, y, z) and the three gradients: see ``valueAndGrad(at:createGraph:of:)``.
public func valueAndGrad(
  at x: Variable, _ y: Variable, _ z: Variable, createGraph: Bool = false,
  of function: (Variable, Variable, Variable) throws -> Variable
) rethrows -> (value: Variable, gradients: (Variable, Variable, Variable)) {
  let (value, gradients) = try valueAndGrad(at: [x, y, z], createGraph: createGraph) {
    try function($0[0], $0[1], $0[2])
  }
  return (value, (gradients[0], gradients[1], gradients[2]))
}
