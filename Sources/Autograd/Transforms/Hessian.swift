import Tensors

/// H = ∂²f/∂x² of a function whose value has one element: x.shape + x.shape.
///
/// - Parameters:
///   - x: where; neither it nor its ``Variable/grad`` changes.
///   - createGraph: makes the result differentiable.
///   - function: called once, with recording on also inside a ``noGrad(_:)``; inside an ``inferenceMode(_:)`` the program
///     stops.
/// - Complexity: one call, one sweep that is recorded, and one sweep over both an element of the input.
public func hessian(
  at x: Variable, createGraph: Bool = false, of function: (Variable) throws -> Variable
) rethrows -> Variable {
  try hessian(at: [x], createGraph: createGraph) { try function($0[0]) }[0][0]
}

/// ∂²f/∂inputᵢ∂inputⱼ of a function of several inputs, as `result[i][j]`, each of inputᵢ.shape + inputⱼ.shape.
///
/// - Parameters: as of ``hessian(at:createGraph:of:)``.
/// - Complexity: one call, one sweep that is recorded, and one sweep over both an element of the inputs.
public func hessian(
  at inputs: [Variable], createGraph: Bool = false, of function: ([Variable]) throws -> Variable
) rethrows -> [[Variable]] {
  try jacobian(at: inputs, createGraph: createGraph) { inputs in
    gradients(of: try function(inputs), inputs, "hessian")
  }
}

/// f(x) and vᵀH, by reverse mode over reverse mode. H is symmetric where the second derivatives are continuous; then this is
/// ``hvp(at:vectors:createGraph:of:)`` at a lower price.
///
/// - Parameters:
///   - inputs: where.
///   - vectors: v, one for each input in its shape and dtype.
///   - createGraph: makes the results differentiable.
///   - function: as for ``hessian(at:createGraph:of:)``.
/// - Returns: the value, and a product of each input's shape.
/// - Complexity: one call, one sweep that is recorded, and one sweep over both.
public func vhp(
  at inputs: [Variable], vectors: [Variable], createGraph: Bool = false, of function: ([Variable]) throws -> Variable
) rethrows -> (value: Variable, products: [Variable]) {
  requireMatching(vectors, inputs, "vhp", "vector", "input")
  let (value, traced) = try tracedGradient("vhp", inputs, createGraph, function)
  return (value, traced.pulledBack(vectors))
}

/// f(x) and vᵀH of a function of one input: see ``vhp(at:vectors:createGraph:of:)``.
public func vhp(
  at x: Variable, vector: Variable, createGraph: Bool = false, of function: (Variable) throws -> Variable
) rethrows -> (value: Variable, product: Variable) {
  let (value, products) = try vhp(at: [x], vectors: [vector], createGraph: createGraph) { try function($0[0]) }
  return (value, products[0])
}

/// f(x) and H·v: the derivative of the gradient in the direction v, forward mode over reverse mode, with forward mode by the
/// recorded sweep as in ``jvp(at:tangents:createGraph:of:)``.
///
/// - Parameters: as of ``vhp(at:vectors:createGraph:of:)``.
/// - Returns: the value, and a product of each input's shape.
/// - Complexity: one call, two sweeps that are recorded, and one over the second record. ``vhp(at:vectors:createGraph:of:)``
///   saves a sweep and gives the same where H is symmetric.
public func hvp(
  at inputs: [Variable], vectors: [Variable], createGraph: Bool = false, of function: ([Variable]) throws -> Variable
) rethrows -> (value: Variable, products: [Variable]) {
  requireMatching(vectors, inputs, "hvp", "vector", "input")
  let (value, traced) = try tracedGradient("hvp", inputs, createGraph, function)
  return (value, traced.pushedForward(vectors))
}

/// f(x) and H·v of a function of one input: see ``hvp(at:vectors:createGraph:of:)``.
public func hvp(
  at x: Variable, vector: Variable, createGraph: Bool = false, of function: (Variable) throws -> Variable
) rethrows -> (value: Variable, product: Variable) {
  let (value, products) = try hvp(at: [x], vectors: [vector], createGraph: createGraph) { try function($0[0]) }
  return (value, products[0])
}

/// The gradient of a function as a function on record, and the function's value.
private func tracedGradient(
  _ operation: String, _ inputs: [Variable], _ createGraph: Bool, _ function: ([Variable]) throws -> Variable
) rethrows -> (value: Variable, gradient: Traced) {
  var value: Variable?
  let traced = try Traced(operation, at: inputs, createGraph: createGraph) { inputs in
    let output = try function(inputs)
    value = output
    return gradients(of: output, inputs, operation)
  }
  return (createGraph ? value! : value!.detached(), traced)
}

/// ∂value/∂input for each input, recorded.
private func gradients(of value: Variable, _ inputs: [Variable], _ operation: String) -> [Variable] {
  requireScalar(value, operation)
  return vectorJacobianProducts([value], [value.onesLike()], inputs, createGraph: true)
}
