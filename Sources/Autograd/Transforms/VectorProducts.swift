import Tensors

/// f(x) and vᵀJ: the outputs, and for each input Σₖ vₖᵀ·∂outputₖ/∂input.
///
/// - Parameters:
///   - inputs: where.
///   - cotangents: v, one for each output in its shape and dtype.
///   - createGraph: makes the results differentiable, with respect to the inputs, the cotangents and what the function
///     captures.
///   - function: called once, with recording on also inside a ``noGrad(_:)``; inside an ``inferenceMode(_:)`` the program
///     stops.
/// - Returns: the outputs, and a product of each input's shape; zeros for an input that no output depends on.
/// - Complexity: one call and one sweep.
public func vjp(
  at inputs: [Variable], cotangents: [Variable], createGraph: Bool = false,
  of function: ([Variable]) throws -> [Variable]
) rethrows -> (values: [Variable], products: [Variable]) {
  let traced = try Traced("vjp", at: inputs, createGraph: createGraph, function)
  requireMatching(cotangents, traced.outputs, "vjp", "cotangent", "output")
  return (traced.values, traced.pulledBack(cotangents))
}

/// f(x) and vᵀJ of a function of one input and one output: see ``vjp(at:cotangents:createGraph:of:)``.
public func vjp(
  at x: Variable, cotangent: Variable, createGraph: Bool = false, of function: (Variable) throws -> Variable
) rethrows -> (value: Variable, product: Variable) {
  let (values, products) = try vjp(at: [x], cotangents: [cotangent], createGraph: createGraph) {
    [try function($0[0])]
  }
  return (values[0], products[0])
}

/// f(x), and the function v ↦ vᵀJ, which can be called any number of times.
///
/// What the pullback needs stays in memory as long as the pullback lives.
///
/// - Parameters: as of ``vjp(at:cotangents:createGraph:of:)``.
/// - Returns: the outputs; and from a cotangent for each output to a product for each input.
/// - Complexity: one call; a call of the pullback is one sweep.
public func vjp(
  at inputs: [Variable], createGraph: Bool = false, of function: ([Variable]) throws -> [Variable]
) rethrows -> (values: [Variable], pullback: ([Variable]) -> [Variable]) {
  let traced = try Traced("vjp", at: inputs, createGraph: createGraph, function)
  return (
    traced.values,
    { cotangents in
      requireMatching(cotangents, traced.outputs, "vjp", "cotangent", "output")
      return traced.pulledBack(cotangents)
    }
  )
}

/// f(x), and the function v ↦ vᵀJ, of one input and one output: see ``vjp(at:createGraph:of:)``.
///
/// ```swift
/// let (y, pullback) = vjp(at: x) { $0.exp() }
/// let (first, second) = (pullback(v), pullback(w))
/// ```
public func vjp(
  at x: Variable, createGraph: Bool = false, of function: (Variable) throws -> Variable
) rethrows -> (value: Variable, pullback: (Variable) -> Variable) {
  let (values, pullback) = try vjp(at: [x], createGraph: createGraph) { [try function($0[0])] }
  return (values[0], { pullback([$0])[0] })
}

/// f(x) and J·v: the outputs, and for each output its derivative in the direction v, Σᵢ ∂output/∂inputᵢ·vᵢ.
///
/// By reverse mode twice: the sweep maps a cotangent u to Jᵀu, which is linear in u and has the derivative J. No operation
/// needs a rule of its own for forward mode.
///
/// - Parameters:
///   - inputs: where.
///   - tangents: v, one for each input in its shape and dtype.
///   - createGraph: makes the results differentiable.
///   - function: as for ``vjp(at:cotangents:createGraph:of:)``.
/// - Returns: the outputs, and a derivative of each output's shape.
/// - Complexity: one call, one sweep that is recorded, and one sweep over that record: three to four calls' time, where
///   forward mode would take two, and the memory of a double backward.
public func jvp(
  at inputs: [Variable], tangents: [Variable], createGraph: Bool = false,
  of function: ([Variable]) throws -> [Variable]
) rethrows -> (values: [Variable], products: [Variable]) {
  requireMatching(tangents, inputs, "jvp", "tangent", "input")
  let traced = try Traced("jvp", at: inputs, createGraph: createGraph, function)
  return (traced.values, traced.pushedForward(tangents))
}

/// f(x) and J·v of a function of one input and one output: see ``jvp(at:tangents:createGraph:of:)``.
public func jvp(
  at x: Variable, tangent: Variable, createGraph: Bool = false, of function: (Variable) throws -> Variable
) rethrows -> (value: Variable, product: Variable) {
  let (values, products) = try jvp(at: [x], tangents: [tangent], createGraph: createGraph) { [try function($0[0])] }
  return (values[0], products[0])
}
