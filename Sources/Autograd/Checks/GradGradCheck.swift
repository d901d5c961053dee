import Tensors

/// Checks the second derivatives of `function`: its gradients vᵀJ(x), as a function of the inputs x and of the outputs'
/// gradients v, pass ``gradcheck(_:inputs:withRespectTo:mode:eps:atol:rtol:nondeterminismTolerance:nonContiguous:)``.
///
/// ```swift
/// try gradgradcheck({ $0[0].tanh() }, inputs: [x]).check()
/// ```
///
/// The first derivatives are taken as given: a function whose gradients are wrong, but consistently so, passes. In the
/// result ``GradCheckResult/Entry/output`` is the position of the input whose gradient it is, and
/// ``GradCheckResult/Entry/input`` counts on, past the inputs, over the gradients of the floating-point outputs.
///
/// - Parameters:
///   - function: from the inputs to one or more outputs; what is recorded while a gradient is computed must be
///     differentiable itself.
///   - inputs: see `gradcheck`.
///   - gradients: v, float64, one for each floating-point output in its shape; nil draws fixed ones from ±[0.5, 1.5).
///   - positions: which inputs to differentiate with respect to, twice; nil means all that are floating-point.
///   - mode: whether each entry is compared, or random sums of them.
///   - eps: half the distance of the points between which differences are taken.
///   - atol: what derivative and difference may differ by, absolutely.
///   - rtol: what they may differ by in addition, relative to the difference.
///   - nondeterminismTolerance: how far two runs may be apart; 0 asks for the same bits.
///   - nonContiguous: whether to repeat the sweeps with strided inputs and gradients.
public func gradgradcheck(
  _ function: ([Variable]) -> [Variable], inputs: [Tensor], gradients: [Tensor]? = nil,
  withRespectTo positions: [Int]? = nil, mode: GradCheckMode = .full, eps: Double = 1e-6, atol: Double = 1e-7,
  rtol: Double = 1e-6, nondeterminismTolerance: Double = 0, nonContiguous: Bool = true
) -> GradCheckResult {
  withoutActuallyEscaping(function) { function in
    let first = CheckedFunction("gradgradcheck", inputs, positions, function)
    return GradientCheck(
      first.differentiated(gradients), mode: mode, eps: eps, tolerance: Tolerance(atol: atol, rtol: rtol),
      nondeterminismTolerance: nondeterminismTolerance, nonContiguous: nonContiguous
    ).verdict()
  }
}

/// ``gradgradcheck(_:inputs:gradients:withRespectTo:mode:eps:atol:rtol:nondeterminismTolerance:nonContiguous:)`` for a
/// function of one output.
public func gradgradcheck(
  _ function: ([Variable]) -> Variable, inputs: [Tensor], gradients: [Tensor]? = nil,
  withRespectTo positions: [Int]? = nil, mode: GradCheckMode = .full, eps: Double = 1e-6, atol: Double = 1e-7,
  rtol: Double = 1e-6, nondeterminismTolerance: Double = 0, nonContiguous: Bool = true
) -> GradCheckResult {
  gradgradcheck(
    { [function($0)] }, inputs: inputs, gradients: gradients, withRespectTo: positions, mode: mode, eps: eps,
    atol: atol, rtol: rtol, nondeterminismTolerance: nondeterminismTolerance, nonContiguous: nonContiguous)
}

extension CheckedFunction {
  /// x, v ↦ vᵀJ(x) for each checked input.
  func differentiated(_ gradients: [Tensor]?) -> CheckedFunction {
    let (call, count, checked) = (self.call, inputs.count, self.checked)
    let outputs = values(at: inputs)
    let sources = outputs.indices.filter { outputs[$0] != nil }
    let cotangents = self.cotangents(sources.map { outputs[$0]! }, gradients)
    return CheckedFunction(
      operation: operation, order: 2, inputs: inputs + cotangents,
      checked: checked + cotangents.indices.map { $0 + count },
      inputNames: inputNames + sources.map { "gradient of output \($0)" },
      outputNames: { "gradient of \(inputNames[$0])" }
    ) { arguments in
      let createGraph = isGradEnabled
      return enableGrad {
        let x = arguments.prefix(count).enumerated().map { i, x in
          checked.contains(i) && !x.requiresGrad ? Variable(x.value, requiresGrad: true) : x
        }
        let y = call(x)
        let pulled = pullback(sources.map { y[$0]! }, checked.map { x[$0] }, arguments.dropFirst(count), createGraph)
        var results: [Variable?] = Array(repeating: nil, count: count)
        for (i, gradient) in zip(checked, pulled) { results[i] = gradient }
        return results
      }
    }
  }

  /// The outputs' gradients to start from, one for each output.
  private func cotangents(_ outputs: [Tensor], _ given: [Tensor]?) -> [Tensor] {
    guard let given else { return outputs.enumerated().map { k, y in signedWeights(y.shape, seed: 100 + k) } }
    require(
      given.count == outputs.count, operation,
      "\(given.count) gradients for \(outputs.count) floating-point outputs; expected one each")
    for (k, (gradient, y)) in zip(given, outputs).enumerated() {
      require(
        gradient.shape == y.shape && gradient.dtype == .float64, operation,
        "gradient \(k) is \(gradient.dtype)\(gradient.shape) for an output of float64\(y.shape); expected the same")
    }
    return given
  }
}

/// Σₖ vₖᵀ∂yₖ/∂x for each x, with zeros where nothing depends on it.
private func pullback(_ y: [Variable], _ x: [Variable], _ v: ArraySlice<Variable>, _ createGraph: Bool) -> [Variable] {
  let sources = zip(y, v).filter { $0.0.requiresGrad }
  let found = grad(
    of: sources.map(\.0), withRespectTo: x, gradients: sources.map { $0.1 }, createGraph: createGraph, allowUnused: true
  )
  return zip(found, x).map { $0 ?? Variable($1.value.zerosLike()) }
}
