import Autograd
import Tensors

/// max(0, 1 − y·x), reduced: scores x against labels y of 1 and −1. [..], [..] → [], or [..] for `.none`. Shapes must be
/// equal. An empty batch has no mean and stops the program.
public struct HingeLoss: Loss {
  /// Mean, sum or none.
  public let reduction: Reduction

  /// The mean, unless told otherwise.
  public init(reduction: Reduction = .mean) { self.reduction = reduction }

  /// The loss of scores against labels of 1 and −1.
  public func callAsFunction(_ prediction: Variable, _ target: Variable) -> Variable {
    reduction.requireAlike(prediction, target, "hingeLoss")
    return reduction((1 - target * prediction).relu())
  }
}

/// ``HingeLoss`` as a function.
public func hingeLoss(
  _ prediction: Variable, _ target: some TensorProtocol, reduction: Reduction = .mean
) -> Variable { HingeLoss(reduction: reduction)(prediction, .from(target)) }

/// x where the label is 1, max(0, margin − x) where it is −1, reduced: distances x of pairs that are similar or not.
/// [..], [..] → [], or [..] for `.none`. Shapes must be equal. An empty batch has no mean and stops the program.
public struct HingeEmbeddingLoss: Loss {
  /// How far from each other dissimilar pairs shall be.
  public let margin: Double
  /// Mean, sum or none.
  public let reduction: Reduction

  /// PyTorch's defaults.
  public init(margin: Double = 1, reduction: Reduction = .mean) { (self.margin, self.reduction) = (margin, reduction) }

  /// The loss of distances against labels of 1 and −1.
  public func callAsFunction(_ prediction: Variable, _ target: Variable) -> Variable {
    reduction.requireAlike(prediction, target, "hingeEmbeddingLoss")
    return reduction(.where(target .== 1, prediction, (margin - prediction).relu()))
  }
}

/// ``HingeEmbeddingLoss`` as a function.
public func hingeEmbeddingLoss(
  _ prediction: Variable, _ target: some TensorProtocol, margin: Double = 1, reduction: Reduction = .mean
) -> Variable { HingeEmbeddingLoss(margin: margin, reduction: reduction)(prediction, .from(target)) }

/// ln(1 + e^{−y·x}), reduced: scores x against labels y of 1 and −1, without overflow. [..], [..] → [], or [..] for `.none`.
/// Shapes must be equal. An empty batch has no mean and stops the program.
public struct SoftMarginLoss: Loss {
  /// Mean, sum or none.
  public let reduction: Reduction

  /// The mean, unless told otherwise.
  public init(reduction: Reduction = .mean) { self.reduction = reduction }

  /// The loss of scores against labels of 1 and −1.
  public func callAsFunction(_ prediction: Variable, _ target: Variable) -> Variable {
    reduction.requireAlike(prediction, target, "softMarginLoss")
    return reduction((-(target * prediction)).softplus(threshold: .infinity))
  }
}

/// ``SoftMarginLoss`` as a function.
public func softMarginLoss(
  _ prediction: Variable, _ target: some TensorProtocol, reduction: Reduction = .mean
) -> Variable { SoftMarginLoss(reduction: reduction)(prediction, .from(target)) }

/// max(0, margin − y·(a − b)), reduced: a shall be the larger where the label y is 1, b where it is −1. [..], [..], [..] →
/// [], or [..] for `.none`. Shapes must be equal. An empty batch has no mean and stops the program.
public struct MarginRankingLoss: Sendable {
  /// By how much the one shall be larger.
  public let margin: Double
  /// Mean, sum or none.
  public let reduction: Reduction

  /// PyTorch's defaults.
  public init(margin: Double = 0, reduction: Reduction = .mean) { (self.margin, self.reduction) = (margin, reduction) }

  /// The loss of two rankings against labels of 1 and −1.
  public func callAsFunction(_ a: Variable, _ b: Variable, _ target: some TensorProtocol) -> Variable {
    let target = Variable.from(target)
    require(
      a.shape == b.shape, "marginRankingLoss",
      "predictions \(a.shape) and \(b.shape); expected equal shapes")
    reduction.requireAlike(a, target, "marginRankingLoss")
    return reduction((target * (b - a) + margin).relu())
  }
}

/// ``MarginRankingLoss`` as a function.
public func marginRankingLoss(
  _ a: Variable, _ b: Variable, _ target: some TensorProtocol, margin: Double = 0, reduction: Reduction = .mean
) -> Variable { MarginRankingLoss(margin: margin, reduction: reduction)(a, b, target) }
