import Autograd
import Tensors

/// What ``crossEntropy(_:_:_:)`` can be told.
public struct CrossEntropyOptions: Sendable {
  /// A weight for each class, [C], or nil for 1.
  public var weight: Tensor?
  /// Class indices equal to this one count for nothing, in the loss and in the mean's divisor.
  public var ignoreIndex: Int
  /// ε: the target becomes (1 − ε)·target + ε/C, 0 ≤ ε ≤ 1.
  public var labelSmoothing: Double
  /// Mean, sum or none. The mean over class indices divides by the sum of their weights.
  public var reduction: Reduction

  /// PyTorch's defaults.
  public init(
    weight: Tensor? = nil, ignoreIndex: Int = -100, labelSmoothing: Double = 0, reduction: Reduction = .mean
  ) {
    require(
      labelSmoothing >= 0 && labelSmoothing <= 1, "crossEntropy", "label smoothing \(labelSmoothing); expected 0 ... 1")
    (self.weight, self.ignoreIndex) = (weight, ignoreIndex)
    (self.labelSmoothing, self.reduction) = (labelSmoothing, reduction)
  }
}

/// −ln softmax(logits) at the target class: logits [N, C] or [N, C, d…] or [C], and the target either class indices
/// ([N], [N, d…] or [], integers) or probabilities (the logits' shape, floating point) → [] (or the indices' shape for
/// `.none`). An empty batch has no mean and stops the program.
public func crossEntropy(
  _ logits: Variable, _ target: Variable, _ options: CrossEntropyOptions = CrossEntropyOptions()
) -> Variable {
  require(
    logits.dtype.isFloatingPoint && logits.rank > 0, "crossEntropy",
    "logits \(logits.dtype)\(logits.shape); expected floating point with a class axis")
  options.reduction.requireNonempty(logits, "crossEntropy")
  let axis = logits.rank == 1 ? 0 : 1
  let classes = logits.shape[axis]
  if let weight = options.weight {
    require(weight.shape == [classes], "crossEntropy", "weight \(weight.shape); expected [\(classes)]")
  }
  let terms = CrossEntropyTerms(logProbabilities: logits.logSoftmax(axis: axis), axis: axis, options: options)
  return target.dtype.isFloatingPoint ? terms.loss(probabilities: target) : terms.loss(indices: target.value)
}

/// ``crossEntropy(_:_:_:)`` with class indices or constant probabilities.
public func crossEntropy(
  _ logits: Variable, _ target: Tensor, _ options: CrossEntropyOptions = CrossEntropyOptions()
) -> Variable {
  crossEntropy(logits, Variable(target), options)
}

private struct CrossEntropyTerms {
  let logProbabilities: Variable
  let axis: Int
  let options: CrossEntropyOptions

  private var classes: Int { logProbabilities.shape[axis] }
  private var smoothing: Double { options.labelSmoothing }

  /// The class weights, shaped to multiply the log-probabilities.
  private var broadcastWeight: Variable? {
    options.weight.map { weight in
      let shape = (0..<logProbabilities.rank).map { $0 == axis ? classes : 1 }
      return Variable(weight.to(logProbabilities.dtype).reshaped(Shape(shape)))
    }
  }

  func loss(indices: Tensor) -> Variable {
    var expected = Array(logProbabilities.shape)
    expected.remove(at: axis)
    require(
      indices.shape == Shape(expected) && indices.dtype != .bool, "crossEntropy",
      "target \(indices.dtype)\(indices.shape) for logits \(logProbabilities.shape); expected integers of shape "
        + "\(expected), or probabilities of the logits' shape")
    let isCounted = indices .!= options.ignoreIndex
    let safe = Tensor.where(isCounted, indices.to(.int64), Tensor(0))
    requireRange(safe)
    let zero = Variable(Tensor(0.0, dtype: logProbabilities.dtype))
    let chosen = logProbabilities.gather(axis: axis, index: safe.unsqueezed(axis: axis)).squeezed(axis: axis)
    let weights = weight(of: safe, isCounted)
    var losses = Variable.where(isCounted, -chosen * Variable(weights), zero)
    if smoothing > 0 {
      let all = broadcastWeight.map { logProbabilities * $0 } ?? logProbabilities
      let uniform = Variable.where(isCounted, -all.sum(axis: axis), zero)
      losses = losses * (1 - smoothing) + uniform * (smoothing / Double(classes))
    }
    if options.reduction == .mean { return losses.sum() / Variable(weights.sum()) }
    return options.reduction(losses)
  }

  /// The weight of each target class, 0 where it is ignored.
  private func weight(of indices: Tensor, _ isCounted: Tensor) -> Tensor {
    let counted = isCounted.to(logProbabilities.dtype)
    guard let weight = options.weight else { return counted }
    let chosen = weight.to(counted.dtype).gather(axis: 0, index: indices.flattened()).reshaped(indices.shape)
    return chosen * counted
  }

  private func requireRange(_ indices: Tensor) {
    guard indices.elementCount > 0 else { return }
    let (low, high) = (indices.min().item(as: Int.self), indices.max().item(as: Int.self))
    require(
      low >= 0 && high < classes, "crossEntropy",
      "label \(low < 0 ? low : high) is out of range for \(classes) classes; expected 0..<\(classes), or the ignored "
        + "index \(options.ignoreIndex)")
  }

  func loss(probabilities: Variable) -> Variable {
    require(
      probabilities.shape == logProbabilities.shape, "crossEntropy",
      "probabilities \(probabilities.shape) for logits \(logProbabilities.shape); expected equal shapes")
    let target = smoothing == 0 ? probabilities : probabilities * (1 - smoothing) + smoothing / Double(classes)
    let products = logProbabilities * target
    let losses = -(broadcastWeight.map { products * $0 } ?? products).sum(axis: axis)
    return options.reduction(losses)
  }
}

/// ``crossEntropy(_:_:_:)`` as an object.
public struct CrossEntropyLoss: Sendable {
  private let options: CrossEntropyOptions

  /// PyTorch's defaults, unless told otherwise; see ``CrossEntropyOptions``.
  public init(
    weight: Tensor? = nil, ignoreIndex: Int = -100, labelSmoothing: Double = 0, reduction: Reduction = .mean
  ) {
    options = CrossEntropyOptions(
      weight: weight, ignoreIndex: ignoreIndex, labelSmoothing: labelSmoothing, reduction: reduction)
  }

  /// The loss of logits against class indices or probabilities.
  public func callAsFunction(_ logits: Variable, _ target: Tensor) -> Variable { crossEntropy(logits, target, options) }

  /// The loss of logits against class indices or probabilities.
  public func callAsFunction(_ logits: Variable, _ target: Variable) -> Variable {
    crossEntropy(logits, target, options)
  }
}
