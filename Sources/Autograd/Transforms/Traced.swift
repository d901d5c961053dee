import Tensors

/// A function on record: its inputs as variables of a graph of their own, and its outputs.
///
/// The caller's variables are not touched: without `createGraph` the inputs here are leaves, with it they are copies that
/// lead back to the caller's.
struct Traced {
  let inputs: [Variable]
  let outputs: [Variable]
  let createGraph: Bool

  /// Calls `function` with recording on, also inside a ``noGrad(_:)``.
  init(
    _ operation: String, at inputs: [Variable], createGraph: Bool, _ function: ([Variable]) throws -> [Variable]
  ) rethrows {
    require(!isInferenceMode, operation, "called inside inferenceMode, where nothing is recorded; expected outside")
    self.createGraph = createGraph
    let own = enableGrad {
      inputs.enumerated().map { i, input in
        require(
          input.dtype.isFloatingPoint, operation, "input \(i) is \(input.dtype); expected float32 or float64")
        return input.owned(connected: createGraph)
      }
    }
    self.inputs = own
    outputs = try enableGrad { try function(own) }
    for (k, output) in outputs.enumerated() {
      require(
        output.dtype.isFloatingPoint, operation, "output \(k) is \(output.dtype); expected float32 or float64")
    }
  }

  /// The outputs for the caller.
  var values: [Variable] { outputs.map(finished) }

  /// What the caller gets: outside every graph unless `createGraph`.
  private func finished(_ result: Variable) -> Variable { createGraph ? result : result.detached() }

  /// Σₖ vₖᵀ·∂outputₖ/∂input for each input. The graph stays, for another call.
  func pulledBack(_ cotangents: [Variable]) -> [Variable] {
    vectorJacobianProducts(outputs, cotangents, inputs, createGraph: createGraph).map(finished)
  }

  /// Σᵢ ∂output/∂inputᵢ·vᵢ for each output.
  func pushedForward(_ tangents: [Variable]) -> [Variable] {
    let (cotangents, pulled) = linearized()
    return vectorJacobianProducts(pulled, tangents, cotangents, createGraph: createGraph).map(finished)
  }

  /// A cotangent u for each output, and Jᵀu for each input, on record. It is linear in u: its derivative with respect to u is
  /// Jᵀ, which makes forward mode of two reverse ones.
  func linearized() -> (cotangents: [Variable], pulled: [Variable]) {
    let cotangents = outputs.map { Variable($0.value.zerosLike(), requiresGrad: true) }
    return (cotangents, vectorJacobianProducts(outputs, cotangents, inputs, createGraph: true))
  }
}

extension Variable {
  /// A variable of the same value for another graph: one that leads back to this one, or a leaf.
  fileprivate func owned(connected: Bool) -> Variable {
    connected && requiresGrad
      ? Variable.record("input", value, self) { $0 } : Variable(value, requiresGrad: true)
  }
}

/// Σₖ vₖᵀ·∂outputₖ/∂input for each input; zeros for one that no output depends on. The outputs' graph stays.
func vectorJacobianProducts(
  _ outputs: [Variable], _ vectors: [Variable], _ inputs: [Variable], createGraph: Bool
) -> [Variable] {
  let recorded = zip(outputs, vectors).filter { $0.0.requiresGrad }
  if recorded.isEmpty { return inputs.map { $0.zerosLike() } }
  let parts = grad(
    of: recorded.map(\.0), withRespectTo: inputs, gradients: recorded.map(\.1), retainGraph: true,
    createGraph: createGraph, allowUnused: true)
  return zip(inputs, parts).map { input, part in part ?? input.zerosLike() }
}

/// Stops unless there is a vector for each variable, of its shape and dtype.
func requireMatching(
  _ vectors: [Variable], _ variables: [Variable], _ operation: String, _ vector: String, _ of: String
) {
  require(
    vectors.count == variables.count, operation,
    "\(vectors.count) \(vector)s for \(variables.count) \(of)s; expected one each")
  for (i, (v, x)) in zip(vectors, variables).enumerated() {
    require(
      v.shape == x.shape && v.dtype == x.dtype, operation,
      "\(vector) \(i) is \(v.dtype)\(v.shape), \(of) \(i) is \(x.dtype)\(x.shape); expected the same")
  }
}

/// Stops unless a function's value has one element.
func requireScalar(_ value: Variable, _ operation: String) {
  require(
    value.elementCount == 1, operation,
    "the function's value has shape \(value.shape), \(value.elementCount) elements; expected one")
}
