import Tensors

extension Variable {
  /// Differentiates this variable with respect to every leaf it depends on, adding each gradient to the leaf's ``grad``.
  ///
  /// - Parameters:
  ///   - gradient: ∂L/∂self, in this variable's shape. May be left out for a variable with one element: 1.
  ///   - retainGraph: keeps what the pullbacks have saved, so that the graph can be swept again. Otherwise it is freed node
  ///     by node during the sweep. Defaults to `createGraph`.
  ///   - createGraph: records the sweep itself, so that the gradients can be differentiated in turn.
  ///   - inputs: the variables whose gradients are wanted, leaves or not; all others are left alone, and what leads to none
  ///     of these is not computed. nil means every leaf.
  /// - Complexity: O(operations recorded), beside their pullbacks.
  public func backward(
    gradient: Variable? = nil, retainGraph: Bool? = nil, createGraph: Bool = false, inputs: [Variable]? = nil
  ) {
    let root = (node: root("backward"), gradient: seed(gradient, "backward"))
    let targets = inputs.map { targetNodes($0, "backward") }
    var sweep = Sweep(retainGraph: retainGraph ?? createGraph, createGraph: createGraph, wanted: targets)
    sweep.run(from: [root])
    if let targets { sweep.accumulate(at: targets) }
  }

  /// ``backward(gradient:retainGraph:createGraph:inputs:)`` with a tensor.
  public func backward(
    gradient: Tensor, retainGraph: Bool? = nil, createGraph: Bool = false, inputs: [Variable]? = nil
  ) {
    backward(gradient: Variable(gradient), retainGraph: retainGraph, createGraph: createGraph, inputs: inputs)
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

/// The nodes of variables whose gradients are asked for.
private func targetNodes(_ inputs: [Variable], _ operation: String) -> [Node] {
  inputs.enumerated().map { i, input in
    guard let node = input.node else {
      fail(operation, "input \(i), of shape \(input.shape), does not require a gradient")
    }
    return node
  }
}

/// Σₖ ∂outputₖ/∂input for each input, without touching any ``Variable/grad``; nil for an input that no output depends on.
/// What leads to none of the inputs is not computed.
///
/// - Parameters:
///   - outputs: the variables to differentiate.
///   - inputs: leaves or intermediate results.
///   - gradients: ∂L/∂outputₖ; nil, or a nil among them, stands for 1 at an output with one element.
///   - retainGraph: keeps the graph for another sweep. Defaults to `createGraph`.
///   - createGraph: makes the results differentiable.
///   - allowUnused: whether an input may be one that no output depends on; otherwise it stops the program.
public func grad(
  of outputs: [Variable], withRespectTo inputs: [Variable], gradients: [Variable?]? = nil, retainGraph: Bool? = nil,
  createGraph: Bool = false, allowUnused: Bool
) -> [Variable?] {
  require(
    gradients == nil || gradients!.count == outputs.count, "grad",
    "\(gradients!.count) gradients for \(outputs.count) outputs; expected one each")
  let roots = outputs.enumerated().map { k, output in
    (node: output.root("grad"), gradient: output.seed(gradients?[k], "grad"))
  }
  let targets = targetNodes(inputs, "grad")
  var sweep = Sweep(retainGraph: retainGraph ?? createGraph, createGraph: createGraph, wanted: targets)
  sweep.run(from: roots)
  return targets.enumerated().map { i, node in
    let gradient = sweep.gradient(at: node)
    require(
      gradient != nil || allowUnused, "grad",
      "no output depends on input \(i), of shape \(inputs[i].shape); pass allowUnused: true to get nil for it")
    // A handle of its own: what has arrived may be another input's gradient, or the seed, too.
    return gradient.map { Variable($0.value, node: createGraph ? $0.node : nil) }
  }
}

/// ∂output/∂input for each input, without touching any ``Variable/grad``; an input that the output does not depend on stops
/// the program.
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
) -> [Variable] {
  grad(
    of: output, withRespectTo: inputs, gradient: gradient, retainGraph: retainGraph, createGraph: createGraph,
    allowUnused: false
  ).map { $0! }
}

/// ``grad(of:withRespectTo:gradient:retainGraph:createGraph:)``, with nil for an input that the output does not depend on
/// if `allowUnused` is set.
public func grad(
  of output: Variable, withRespectTo inputs: [Variable], gradient: Variable? = nil, retainGraph: Bool? = nil,
  createGraph: Bool = false, allowUnused: Bool
) -> [Variable?] {
  grad(
    of: [output], withRespectTo: inputs, gradients: [gradient], retainGraph: retainGraph, createGraph: createGraph,
    allowUnused: allowUnused)
}
