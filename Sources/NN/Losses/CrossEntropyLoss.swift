import Autograd
import Tensors

/// −w·ln softmax(x) at the target class, reduced: logits x [N, C] or [N, C, d…] or [C], and the target either class indices
/// ([N], [N, d…] or [], integers) or probabilities (the logits' shape, floating point) → [], or the indices' shape for
/// `.none`. An empty batch has no mean and stops the program; the mean of labels that are all ignored is NaN.
public struct CrossEntropyLoss: Loss {
  /// A weight for each class, [C], or nil for 1.
  public let weight: Tensor?
  /// Class indices equal to this one count for nothing, in the loss and in the mean's divisor.
  public let ignoreIndex: Int
  /// Mean, sum or none. The mean over class indices divides by the sum of their weights.
  public let reduction: Reduction
  /// ε: the target becomes (1 − ε)·target + ε/C, 0 ≤ ε ≤ 1.
  public let labelSmoothing: Double

  /// PyTorch's defaults.
  public init(
    weight: Tensor? = nil, ignoreIndex: Int = -100, reduction: Reduction = .mean, labelSmoothing: Double = 0
  ) {
    require(
      labelSmoothing >= 0 && labelSmoothing <= 1, "crossEntropy", "label smoothing \(labelSmoothing); expected 0 ... 1")
    (self.weight, self.ignoreIndex) = (weight, ignoreIndex)
    (self.reduction, self.labelSmoothing) = (reduction, labelSmoothing)
  }

  /// The loss of logits against class indices or probabilities.
  public func callAsFunction(_ logits: Variable, _ target: Variable) -> Variable {
    logits.requireScores("crossEntropy")
    reduction.requireNonempty(logits, "crossEntropy")
    return target.dtype.isFloatingPoint ? soft(logits, target) : hard(logits, target.value)
  }

  private func hard(_ logits: Variable, _ indices: Tensor) -> Variable {
    let targets = ClassTargets(indices, for: logits, weight: weight, ignoring: ignoreIndex, "crossEntropy")
    let axis = ClassTargets.axis(of: logits)
    let losses =
      labelSmoothing > 0
      ? smoothed(logits, axis, targets) : targets.weighted(logits.crossEntropy(axis: axis, labels: targets.labels))
    return targets.reduced(losses, reduction)
  }

  /// (1 − ε)·loss − ε/C·Σ ln softmax over the classes, with their weights, all from one set of log-probabilities; 0 where
  /// the label is ignored.
  private func smoothed(_ logits: Variable, _ axis: Int, _ targets: ClassTargets) -> Variable {
    let logProbabilities = logits.logSoftmax(axis: axis)
    let chosen = targets.weighted(targets.chosen(of: logProbabilities))
    let uniform = targets.ifCounted(weighted(logProbabilities, axis).sum(axis: axis))
    return -(chosen * (1 - labelSmoothing) + uniform * (labelSmoothing / Double(logits.shape[axis])))
  }

  private func soft(_ logits: Variable, _ probabilities: Variable) -> Variable {
    require(
      probabilities.shape == logits.shape, "crossEntropy",
      "probabilities \(probabilities.shape) for logits \(logits.shape); expected equal shapes")
    let axis = ClassTargets.axis(of: logits)
    let (kept, share) = (1 - labelSmoothing, labelSmoothing / Double(logits.shape[axis]))
    let target = labelSmoothing == 0 ? probabilities : probabilities * kept + share
    let losses = -weighted(logits.logSoftmax(axis: axis) * target, axis).sum(axis: axis)
    return reduction(losses)
  }

  /// Numbers for each class times the classes' weights.
  private func weighted(_ x: Variable, _ axis: Int) -> Variable {
    guard let weight else { return x }
    ClassTargets.requireWeights(weight, of: x.shape[axis], "crossEntropy")
    let shape = (0..<x.rank).map { $0 == axis ? x.shape[axis] : 1 }
    return x * Variable(weight.to(x.dtype).reshaped(Shape(shape)))
  }
}

/// ``CrossEntropyLoss`` as a function.
public func crossEntropy(
  _ logits: Variable, _ target: some TensorProtocol, weight: Tensor? = nil, ignoreIndex: Int = -100,
  reduction: Reduction = .mean, labelSmoothing: Double = 0
) -> Variable {
  CrossEntropyLoss(weight: weight, ignoreIndex: ignoreIndex, reduction: reduction, labelSmoothing: labelSmoothing)(
    logits, .from(target))
}

/// −w·x at the target class, reduced: the negative log-likelihood of log-probabilities x [N, C] or [N, C, d…] or [C] and
/// class indices [N], [N, d…] or [] → [], or the indices' shape for `.none`. An empty batch has no mean and stops the
/// program; the mean of labels that are all ignored is NaN.
public struct NLLLoss: Loss {
  /// A weight for each class, [C], or nil for 1.
  public let weight: Tensor?
  /// Class indices equal to this one count for nothing, in the loss and in the mean's divisor.
  public let ignoreIndex: Int
  /// Mean, sum or none. The mean divides by the sum of the labels' weights.
  public let reduction: Reduction

  /// PyTorch's defaults.
  public init(weight: Tensor? = nil, ignoreIndex: Int = -100, reduction: Reduction = .mean) {
    (self.weight, self.ignoreIndex, self.reduction) = (weight, ignoreIndex, reduction)
  }

  /// The loss of log-probabilities against class indices.
  public func callAsFunction(_ prediction: Variable, _ target: Variable) -> Variable {
    prediction.requireScores("nllLoss")
    reduction.requireNonempty(prediction, "nllLoss")
    let targets = ClassTargets(target.value, for: prediction, weight: weight, ignoring: ignoreIndex, "nllLoss")
    return targets.reduced(targets.weighted(-targets.chosen(of: prediction)), reduction)
  }
}

/// ``NLLLoss`` as a function.
public func nllLoss(
  _ prediction: Variable, _ target: some TensorProtocol, weight: Tensor? = nil, ignoreIndex: Int = -100,
  reduction: Reduction = .mean
) -> Variable { NLLLoss(weight: weight, ignoreIndex: ignoreIndex, reduction: reduction)(prediction, .from(target)) }
