import Autograd
import Tensors

/// max(0, d(a, p) − d(a, n) + margin), reduced: an anchor a shall be nearer to a positive example p than to a negative one n.
/// [.., D] each → [], or [..] for `.none`. Shapes must be equal. An empty batch has no mean and stops the program.
///
/// d is ‖a − b + eps‖, a p-norm along the last axis. With `swap` d(a, n) is d(p, n) where that is smaller (V. Balntas et
/// al., Learning local feature descriptors with triplets and shallow convolutional neural networks, 2016,
/// doi:10.5244/C.30.119).
public struct TripletMarginLoss: Sendable {
  /// By how much the positive example shall be nearer, above 0.
  public let margin: Double
  /// The norm's exponent.
  public let p: Double
  /// What is added to each difference, so that no distance is 0.
  public let eps: Double
  /// Whether the distance of the examples from each other counts too.
  public let swap: Bool
  /// Mean, sum or none.
  public let reduction: Reduction

  /// PyTorch's defaults.
  public init(
    margin: Double = 1, p: Double = 2, eps: Double = 1e-6, swap: Bool = false, reduction: Reduction = .mean
  ) {
    requireMargin(margin, "tripletMarginLoss")
    (self.margin, self.p, self.eps) = (margin, p, eps)
    (self.swap, self.reduction) = (swap, reduction)
  }

  /// The loss of anchors, positive and negative examples.
  public func callAsFunction(_ anchor: Variable, _ positive: Variable, _ negative: Variable) -> Variable {
    let distances = TripletDistances(name: "tripletMarginLoss", margin: margin, swap: swap, reduction: reduction) {
      ($0 - $1 + eps).norm(p, axis: -1)
    }
    return distances.loss(anchor, positive, negative)
  }
}

/// ``TripletMarginLoss`` as a function.
public func tripletMarginLoss(
  _ anchor: Variable, _ positive: Variable, _ negative: Variable, margin: Double = 1, p: Double = 2,
  eps: Double = 1e-6, swap: Bool = false, reduction: Reduction = .mean
) -> Variable {
  TripletMarginLoss(margin: margin, p: p, eps: eps, swap: swap, reduction: reduction)(anchor, positive, negative)
}

/// ``TripletMarginLoss`` with another distance d: from two variables of one shape to one number for each pair.
public struct TripletMarginWithDistanceLoss: Sendable {
  /// The distance of pairs.
  public let distanceFunction: @Sendable (Variable, Variable) -> Variable
  /// By how much the positive example shall be nearer, above 0.
  public let margin: Double
  /// Whether the distance of the examples from each other counts too.
  public let swap: Bool
  /// Mean, sum or none.
  public let reduction: Reduction

  /// PyTorch's defaults.
  public init(
    distanceFunction: @escaping @Sendable (Variable, Variable) -> Variable, margin: Double = 1, swap: Bool = false,
    reduction: Reduction = .mean
  ) {
    requireMargin(margin, "tripletMarginWithDistanceLoss")
    (self.distanceFunction, self.margin) = (distanceFunction, margin)
    (self.swap, self.reduction) = (swap, reduction)
  }

  /// The loss of anchors, positive and negative examples.
  public func callAsFunction(_ anchor: Variable, _ positive: Variable, _ negative: Variable) -> Variable {
    let distances = TripletDistances(
      name: "tripletMarginWithDistanceLoss", margin: margin, swap: swap, reduction: reduction,
      between: distanceFunction)
    return distances.loss(anchor, positive, negative)
  }
}

/// ``TripletMarginWithDistanceLoss`` as a function.
public func tripletMarginWithDistanceLoss(
  _ anchor: Variable, _ positive: Variable, _ negative: Variable,
  distanceFunction: @escaping @Sendable (Variable, Variable) -> Variable, margin: Double = 1, swap: Bool = false,
  reduction: Reduction = .mean
) -> Variable {
  let loss = TripletMarginWithDistanceLoss(
    distanceFunction: distanceFunction, margin: margin, swap: swap, reduction: reduction)
  return loss(anchor, positive, negative)
}

private struct TripletDistances {
  let name: String
  let margin: Double
  let swap: Bool
  let reduction: Reduction
  let between: (Variable, Variable) -> Variable

  func loss(_ anchor: Variable, _ positive: Variable, _ negative: Variable) -> Variable {
    requireAlike(anchor, positive, negative)
    let (near, direct) = (between(anchor, positive), between(anchor, negative))
    let far = swap ? Variable.minimum(direct, between(positive, negative)) : direct
    reduction.requireNonempty(near, name)
    return reduction((near - far + margin).relu())
  }

  private func requireAlike(_ anchor: Variable, _ positive: Variable, _ negative: Variable) {
    require(
      anchor.dtype.isFloatingPoint && anchor.rank > 0, name,
      "anchor \(anchor.dtype)\(anchor.shape); expected floating point of shape [.., D]")
    require(
      anchor.shape == positive.shape && anchor.shape == negative.shape, name,
      "anchor \(anchor.shape), positive \(positive.shape) and negative \(negative.shape); expected equal shapes")
  }
}

private func requireMargin(_ margin: Double, _ loss: String) {
  require(margin > 0, loss, "margin \(margin); expected a number above 0")
}

/// 1 − cos(a, b) where the label is 1, max(0, cos(a, b) − margin) where it is −1, reduced: a and b [N, D] or [D], labels [N] or
/// [] → [], or the labels' shape for `.none`. An empty batch has no mean and stops the program.
///
/// cos(a, b) = a·b/√((a·a + 10⁻¹²)·(b·b + 10⁻¹²)), finite and differentiable at 0 too.
public struct CosineEmbeddingLoss: Sendable {
  /// The cosine that dissimilar pairs may have.
  public let margin: Double
  /// Mean, sum or none.
  public let reduction: Reduction

  /// PyTorch's defaults.
  public init(margin: Double = 0, reduction: Reduction = .mean) { (self.margin, self.reduction) = (margin, reduction) }

  /// The loss of pairs against labels of 1 and −1.
  public func callAsFunction(_ a: Variable, _ b: Variable, _ target: some TensorProtocol) -> Variable {
    let (name, target) = ("cosineEmbeddingLoss", target.value)
    a.requireLines(of: "D", name)
    require(
      a.shape == b.shape && Array(target.shape) == Array(a.shape.dropLast()), name,
      "pairs \(a.shape) and \(b.shape) with labels \(target.shape); expected equal shapes, and theirs without the last axis"
    )
    reduction.requireNonempty(a, name)
    let cosine = (a * b).sum(axis: -1) / (squares(a) * squares(b)).sqrt()
    return reduction(.where(target .== 1, 1 - cosine, (cosine - margin).relu()))
  }

  /// PyTorch's 10⁻¹² is the nearest `Float`.
  private func squares(_ x: Variable) -> Variable { x.square().sum(axis: -1) + Float(1e-12) }
}

/// ``CosineEmbeddingLoss`` as a function.
public func cosineEmbeddingLoss(
  _ a: Variable, _ b: Variable, _ target: some TensorProtocol, margin: Double = 0, reduction: Reduction = .mean
) -> Variable { CosineEmbeddingLoss(margin: margin, reduction: reduction)(a, b, target) }
