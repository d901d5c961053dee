import Tensors

extension Variable {
  /// Differentiates this variable with respect to every leaf it depends on, adding each gradient to the leaf's ``grad``.
  ///
  /// - Parameters:
  ///   - gradient: ∂L/∂self, in this variable's shape. May be left out for a variable with one element: 1.
  ///   - retainGraph: keeps what the pullbacks have saved, so that the graph can be swept again. Otherwise it is freed node
  ///     by node during the sweep. Defaults to `createGraph`.
  ///   - createGraph: records the sweep itself, so that the gradients can be differentiated in turn.
  /// - Complexity: O(operations recorded), beside their pullbacks.
  public func backward(gradient: Variable? = nil, retainGraph: Bool? = nil, createGraph: Bool = false) {
    let node = root("backward")
    var sweep = Sweep(retainGraph: retainGraph ?? createGraph, createGraph: createGraph)
    sweep.run(from: node, seed(gradient, "backward"))
  }

  /// ``backward(gradient:retainGraph:createGraph:)`` with a tensor.
  public func backward(gradient: Tensor, retainGraph: Bool? = nil, createGraph: Bool = false) {
    backward(gradient: Variable(gradient), retainGraph: retainGraph, createGraph: createGraph)
  }

  fileprivate func root(_ operation: String) -> Node {
    guard let node else {
      fail(
        operation,
        "this variable does not require a gradient: no leaf it was computed from does, or it was detached "
          + "or computed inside noGrad")
    }
    return node
  }

  fileprivate func seed(_ gradient: Variable?, _ operation: String) -> Variable {
    guard let gradient else {
      require(
        value.elementCount == 1, operation,
        "shape \(shape) has \(value.elementCount) elements; expected one, or a gradient: of that shape")
      return Variable(value.onesLike())
    }
    require(
      gradient.shape == shape && gradient.dtype == dtype, operation,
      "a gradient of \(gradient.dtype)\(gradient.shape) for a variable of \(dtype)\(shape); expected the same")
    return gradient
  }
}

/// ∂output/∂input for each input, without touching any ``Variable/grad``; nil for an input that the output does not
/// depend on.
///
/// - Parameters:
///   - output: the variable to differentiate.
///   - inputs: leaves or intermediate results.
///   - gradient: ∂L/∂output; may be left out for an output with one element.
///   - retainGraph: keeps the graph for another sweep. Defaults to `createGraph`.
///   - createGraph: makes the results differentiable.
public func grad(
  of output: Variable, withRespectTo inputs: [Variable], gradient: Variable? = nil, retainGraph: Bool? = nil,
  createGraph: Bool = false
) -> [Variable?] {
  let node = output.root("grad")
  let targets = inputs.map { input -> Node in
    guard let node = input.node else { fail("grad", "an input of shape \(input.shape) does not require a gradient") }
    return node
  }
  var sweep = Sweep(retainGraph: retainGraph ?? createGraph, createGraph: createGraph, wanted: targets)
  sweep.run(from: node, output.seed(gradient, "grad"))
  return targets.map { sweep.gradient(at: $0) }
}
