import Autograd
import Tensors

/// −w·(y·ln x + (1 − y)·ln(1 − x)), reduced: the cross-entropy of probabilities x against targets y in 0 … 1. The logarithms
/// are −100 at least, so that the loss is finite at 0 and 1 too. [..], [..] → [], or [..] for `.none`. Shapes must be equal;
/// the mean divides by the number of elements, whatever their weights. An empty batch has no mean, and a prediction outside
/// of 0 … 1 no logarithm: they stop the program.
///
/// ``BCEWithLogitsLoss`` computes the same from logits and keeps their digits.
public struct BCELoss: Loss {
  /// A weight for each element, or what broadcasts to it; nil for 1.
  public let weight: Tensor?
  /// Mean, sum or none.
  public let reduction: Reduction

  /// The mean without weights, unless told otherwise.
  public init(weight: Tensor? = nil, reduction: Reduction = .mean) {
    (self.weight, self.reduction) = (weight, reduction)
  }

  /// The loss of probabilities.
  public func callAsFunction(_ prediction: Variable, _ target: Variable) -> Variable {
    let name = "binaryCrossEntropy"
    reduction.requireAlike(prediction, target, name)
    requireProbabilities(prediction.value, name)
    return reduction(prediction.binaryCrossEntropy(target).weighted(by: weight, name))
  }

  /// NaN passes: it is for the loss to show it.
  private func requireProbabilities(_ x: Tensor, _ name: String) {
    if x.elementCount == 0 { return }
    let (low, high) = (x.min().item(as: Double.self), x.max().item(as: Double.self))
    require(!(low < 0 || high > 1), name, "predictions in \(low) ... \(high); expected probabilities, 0 ... 1")
  }
}

/// ``BCELoss`` as a function.
public func binaryCrossEntropy(
  _ prediction: Variable, _ target: some TensorProtocol, weight: Tensor? = nil, reduction: Reduction = .mean
) -> Variable { BCELoss(weight: weight, reduction: reduction)(prediction, .from(target)) }

/// −w·(p·y·ln σ(x) + (1 − y)·ln(1 − σ(x))), reduced: the cross-entropy of logits x against targets y in 0 … 1, whose positive
/// part may weigh p times as much. No logit overflows or loses the digits of a small loss. [..], [..] → [], or [..] for
/// `.none`. Shapes must be equal; the mean divides by the number of elements, whatever their weights. An empty batch has no
/// mean and stops the program.
public struct BCEWithLogitsLoss: Loss {
  /// A weight for each element, or what broadcasts to it; nil for 1.
  public let weight: Tensor?
  /// Mean, sum or none.
  public let reduction: Reduction
  /// A weight for the positive part, for each class or what broadcasts to the logits; nil for 1.
  public let posWeight: Tensor?

  /// The mean without weights, unless told otherwise.
  public init(weight: Tensor? = nil, reduction: Reduction = .mean, posWeight: Tensor? = nil) {
    (self.weight, self.reduction, self.posWeight) = (weight, reduction, posWeight)
  }

  /// The loss of logits.
  public func callAsFunction(_ logits: Variable, _ target: Variable) -> Variable {
    let name = "binaryCrossEntropyWithLogits"
    reduction.requireAlike(logits, target, name)
    return reduction(logits.logisticLosses(target, posWeight: posWeight, name).weighted(by: weight, name))
  }
}

/// ``BCEWithLogitsLoss`` as a function.
public func binaryCrossEntropyWithLogits(
  _ logits: Variable, _ target: some TensorProtocol, weight: Tensor? = nil, reduction: Reduction = .mean,
  posWeight: Tensor? = nil
) -> Variable { BCEWithLogitsLoss(weight: weight, reduction: reduction, posWeight: posWeight)(logits, .from(target)) }

extension Variable {
  /// p·y·softplus(−x) + (1 − y)·softplus(x), −ln σ(∓x) for y = 0 and 1: both terms are positive, and nothing cancels.
  func logisticLosses(_ target: Variable, posWeight: Tensor? = nil, _ loss: String) -> Variable {
    let positive = (target * (-self).softplus(threshold: .infinity)).weighted(by: posWeight, loss)
    return positive + (1 - target) * softplus(threshold: .infinity)
  }
}
