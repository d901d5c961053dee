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
  let terms = CrossEntropyTerms(logits: logits, axis: axis, options: options)
  return target.dtype.isFloatingPoint ? terms.loss(probabilities: target) : terms.loss(indices: target.value)
}

/// ``crossEntropy(_:_:_:)`` with class indices or constant probabilities.
public func crossEntropy(
  _ logits: Variable, _ target: Tensor, _ options: CrossEntropyOptions = CrossEntropyOptions()
) -> Variable {
  crossEntropy(logits, Variable(target), options)
}

private struct CrossEntropyTerms {
  let logits: Variable
  let axis: Int
  let options: CrossEntropyOptions

  private var classes: Int { logits.shape[axis] }
  private var smoothing: Double { options.labelSmoothing }

  /// The class weights, shaped to multiply the log-probabilities.
  private var broadcastWeight: Variable? {
    options.weight.map { weight in
      let shape = (0..<logits.rank).map { $0 == axis ? classes : 1 }
      return Variable(weight.to(logits.dtype).reshaped(Shape(shape)))
    }
  }

  func loss(indices: Tensor) -> Variable {
    var expected = Array(logits.shape)
    expected.remove(at: axis)
    require(
      indices.shape == Shape(expected) && indices.dtype != .bool, "crossEntropy",
      "target \(indices.dtype)\(indices.shape) for logits \(logits.shape); expected integers of shape "
        + "\(expected), or probabilities of the logits' shape")
    let (labels, ignoredCount, range) = indices.classLabels(ignoring: options.ignoreIndex)
    if let range { requireInside(range) }
    // Ignored lines have the label −1, and a loss of 0.
    let weights = options.weight.map { classWeights($0, labels) }
    let losses = smoothing > 0 ? smoothed(labels, weights) : weighted(labels, weights)
    guard options.reduction == .mean else { return options.reduction(losses) }
    if let weights { return losses.sum() / Variable(weights.sum()) }
    return losses.sum() / Double(labels.elementCount - ignoredCount)
  }

  private func weighted(_ labels: Tensor, _ weights: Tensor?) -> Variable {
    let losses = logits.crossEntropy(axis: axis, labels: labels)
    return weights.map { losses * Variable($0) } ?? losses
  }

  /// (1 − ε)·loss − ε/C·Σ ln softmax over the classes, with their weights, all from one set of log-probabilities; 0 where
  /// the label is ignored.
  private func smoothed(_ labels: Tensor, _ weights: Tensor?) -> Variable {
    let (isCounted, zero) = (labels .>= 0, Variable(Tensor(0.0, dtype: logits.dtype)))
    let logProbabilities = logits.logSoftmax(axis: axis)
    let safe = Tensor.where(isCounted, labels, Tensor(0))
    let chosen = logProbabilities.gather(axis: axis, index: safe.unsqueezed(axis: axis)).squeezed(axis: axis)
    let losses = Variable.where(isCounted, weights.map { -chosen * Variable($0) } ?? -chosen, zero)
    let all = broadcastWeight.map { logProbabilities * $0 } ?? logProbabilities
    let uniform = Variable.where(isCounted, -all.sum(axis: axis), zero)
    return losses * (1 - smoothing) + uniform * (smoothing / Double(classes))
  }

  /// The weight of each label's class, 0 where it is ignored.
  private func classWeights(_ weight: Tensor, _ labels: Tensor) -> Tensor {
    let isCounted = labels .>= 0
    let safe = Tensor.where(isCounted, labels, Tensor(0))
    let chosen = weight.to(logits.dtype).gather(axis: 0, index: safe.flattened()).reshaped(labels.shape)
    return chosen * isCounted.to(logits.dtype)
  }

  private func requireInside(_ range: ClosedRange<Int>) {
    require(
      range.lowerBound >= 0 && range.upperBound < classes, "crossEntropy",
      "label \(range.lowerBound < 0 ? range.lowerBound : range.upperBound) is out of range for \(classes) classes; "
        + "expected 0..<\(classes), or the ignored index \(options.ignoreIndex)")
  }

  func loss(probabilities: Variable) -> Variable {
    require(
      probabilities.shape == logits.shape, "crossEntropy",
      "probabilities \(probabilities.shape) for logits \(logits.shape); expected equal shapes")
    let target = smoothing == 0 ? probabilities : probabilities * (1 - smoothing) + smoothing / Double(classes)
    let products = logits.logSoftmax(axis: axis) * target
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
