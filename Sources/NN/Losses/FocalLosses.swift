import Autograd
import Tensors

/// −α·(1 − p)^γ·ln p, reduced, with p = σ(x) where the target y is 1 and 1 − σ(x) where it is 0: ``BCEWithLogitsLoss`` in
/// which easy examples weigh less. α weighs the positive ones and 1 − α the negative ones; targets between 0 and 1 mix.
/// [..], [..] → [..], or [] for mean and sum. Shapes must be equal. An empty batch has no mean and stops the program.
///
/// T.-Y. Lin et al., Focal Loss for Dense Object Detection, arXiv:1708.02002; as torchvision's `sigmoid_focal_loss`, all
/// losses are returned unless told otherwise.
public struct SigmoidFocalLoss: Loss {
  /// The weight of positive examples, or nil for no weights.
  public let alpha: Double?
  /// How much less easy examples weigh; 0 for not at all.
  public let gamma: Double
  /// Mean, sum or none.
  public let reduction: Reduction

  /// The paper's α and γ.
  public init(alpha: Double? = 0.25, gamma: Double = 2, reduction: Reduction = .none) {
    requireExponent(gamma, "sigmoidFocalLoss")
    let isShare = alpha.map { $0 >= 0 && $0 <= 1 } ?? true
    require(isShare, "sigmoidFocalLoss", "alpha \(alpha ?? 0); expected 0 ... 1, or nil")
    (self.alpha, self.gamma, self.reduction) = (alpha, gamma, reduction)
  }

  /// The loss of logits.
  public func callAsFunction(_ logits: Variable, _ target: Variable) -> Variable {
    reduction.requireAlike(logits, target, "sigmoidFocalLoss")
    let target = target.floating(like: logits)
    let losses = logits.logisticLosses(target, "sigmoidFocalLoss")
    let doubt = mixed(target, (-logits).sigmoid(), logits.sigmoid())
    let focused = losses * doubt.raised(gamma)
    return reduction(alpha.map { focused * (target * (2 * $0 - 1) + (1 - $0)) } ?? focused)
  }

  /// y·a + (1 − y)·b.
  private func mixed(_ y: Variable, _ a: Variable, _ b: Variable) -> Variable { y * a + (1 - y) * b }
}

/// ``SigmoidFocalLoss`` as a function.
public func sigmoidFocalLoss(
  _ logits: Variable, _ target: some TensorProtocol, alpha: Double? = 0.25, gamma: Double = 2,
  reduction: Reduction = .none
) -> Variable { SigmoidFocalLoss(alpha: alpha, gamma: gamma, reduction: reduction)(logits, .from(target)) }

/// −w·(1 − p)^γ·ln p, reduced, with p = softmax(x) at the target class: ``CrossEntropyLoss`` in which easy examples weigh
/// less. Logits x [N, C] or [N, C, d…] or [C] and class indices [N], [N, d…] or [] → [], or the indices' shape for `.none`.
/// An empty batch has no mean and stops the program; the mean of labels that are all ignored is NaN.
///
/// T.-Y. Lin et al., Focal Loss for Dense Object Detection, arXiv:1708.02002.
public struct FocalLoss: Loss {
  /// A weight for each class, the paper's α: [C], or nil for 1.
  public let weight: Tensor?
  /// How much less easy examples weigh; 0 for not at all.
  public let gamma: Double
  /// Class indices equal to this one count for nothing, in the loss and in the mean's divisor.
  public let ignoreIndex: Int
  /// Mean, sum or none. The mean divides by the sum of the labels' weights.
  public let reduction: Reduction

  /// The paper's γ, and the cross-entropy's other options.
  public init(weight: Tensor? = nil, gamma: Double = 2, ignoreIndex: Int = -100, reduction: Reduction = .mean) {
    requireExponent(gamma, "focalLoss")
    (self.weight, self.gamma) = (weight, gamma)
    (self.ignoreIndex, self.reduction) = (ignoreIndex, reduction)
  }

  /// The loss of logits against class indices.
  public func callAsFunction(_ logits: Variable, _ target: Variable) -> Variable {
    logits.requireScores("focalLoss")
    reduction.requireNonempty(logits, "focalLoss")
    let targets = ClassTargets(target.value, for: logits, weight: weight, ignoring: ignoreIndex, "focalLoss")
    let losses = logits.crossEntropy(axis: ClassTargets.axis(of: logits), labels: targets.labels)
    let doubt = -(-losses).expm1()
    return targets.reduced(targets.weighted(losses * doubt.raised(gamma)), reduction)
  }
}

/// ``FocalLoss`` as a function.
public func focalLoss(
  _ logits: Variable, _ target: some TensorProtocol, weight: Tensor? = nil, gamma: Double = 2, ignoreIndex: Int = -100,
  reduction: Reduction = .mean
) -> Variable {
  FocalLoss(weight: weight, gamma: gamma, ignoreIndex: ignoreIndex, reduction: reduction)(logits, .from(target))
}

private func requireExponent(_ gamma: Double, _ loss: String) {
  require(gamma >= 0, loss, "gamma \(gamma); expected 0 at least")
}

extension Variable {
  /// A probability's power, whose derivative is 0 at 0 for exponents below 1 too: there the loss that it weighs is 0.
  fileprivate func raised(_ exponent: Double) -> Variable {
    clamp(min: dtype == .float32 ? Double(Float.leastNormalMagnitude) : .leastNormalMagnitude).pow(exponent)
  }
}
