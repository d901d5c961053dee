import Tensors

/// ∂lossᵢ/∂input for every element of a vector of losses: for each input, [batch] + input.shape.
///
/// For losses that are already there, from one forward pass over the batch:
///
/// ```swift
/// let losses = CrossEntropyLoss(reduction: .none)(model(images), labels)
/// let gradients = perSampleGradients(of: losses, withRespectTo: model.parameters())
/// ```
///
/// - Parameters:
///   - losses: [batch], one loss a sample.
///   - inputs: leaves or intermediate results; no ``Variable/grad`` changes.
///   - retainGraph: keeps the graph of the losses for another sweep.
/// - Returns: constants; zeros for an input that the losses don't depend on.
/// - Complexity: one sweep a sample, each over the operations of the whole batch: quadratic in the batch. Where a forward
///   pass is not much dearer than its sweep, ``perSampleGradients(withRespectTo:samples:loss:)`` is faster.
public func perSampleGradients(
  of losses: Variable, withRespectTo inputs: [Variable], retainGraph: Bool = false
) -> [Variable] {
  require(losses.rank == 1, "perSampleGradients", "losses of shape \(losses.shape); expected [batch]")
  let count = losses.elementCount
  return stacked(inputs, count) { i in
    grad(
      of: enableGrad { losses[i] }, withRespectTo: inputs, retainGraph: retainGraph || i + 1 < count, allowUnused: true)
  }
}

/// ∂lossᵢ/∂input for each of `samples` losses that are computed one by one: for each input, [samples] + input.shape.
///
/// ```swift
/// let gradients = perSampleGradients(withRespectTo: model.parameters(), samples: 32) { i in
///   crossEntropy(model(images[i..<(i + 1)]), labels[i..<(i + 1)])
/// }
/// ```
///
/// - Parameters:
///   - inputs: leaves or intermediate results; no ``Variable/grad`` changes.
///   - samples: how many.
///   - loss: the loss of sample i, of one element; called with recording on.
/// - Returns: constants; zeros where a loss does not depend on an input.
/// - Complexity: one call and one sweep a sample; one sample's graph is in memory at a time.
public func perSampleGradients(
  withRespectTo inputs: [Variable], samples: Int, loss: (Int) throws -> Variable
) rethrows -> [Variable] {
  require(!isInferenceMode, "perSampleGradients", "called inside inferenceMode; expected outside")
  require(samples >= 0, "perSampleGradients", "\(samples) samples; expected at least 0")
  return try stacked(inputs, samples) { i in
    let value = try enableGrad { try loss(i) }
    requireScalar(value, "perSampleGradients")
    // Retained: the losses may share what was computed before.
    return value.requiresGrad
      ? grad(of: value, withRespectTo: inputs, retainGraph: true, allowUnused: true) : inputs.map { _ in nil }
  }
}

/// The gradients of each sample under one another, for each input.
private func stacked(
  _ inputs: [Variable], _ count: Int, _ gradients: (Int) throws -> [Variable?]
) rethrows -> [Variable] {
  let rows = try (0..<count).map(gradients)
  return inputs.enumerated().map { k, input in
    if count == 0 { return Variable(.zeros(Shape([0] + input.shape), dtype: input.dtype)) }
    return Variable(Tensor.stack(rows.map { $0[k]?.value ?? input.value.zerosLike() }))
  }
}
