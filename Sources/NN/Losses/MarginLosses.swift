import Autograd
import Tensors

/// w·Σ max(0, margin − x_y + x_i)^p/C over the classes i ≠ y, reduced: scores x [N, C] or [C] and class indices y [N] or [] → [],
/// or the indices' shape for `.none`. w is the weight of the class y; the mean divides by N, whatever the weights. An empty
/// batch has no mean and stops the program.
public struct MultiMarginLoss: Loss {
  /// The exponent, 1 or 2.
  public let p: Int
  /// By how much the right class's score shall be larger than the others.
  public let margin: Double
  /// A weight for each class, [C], or nil for 1.
  public let weight: Tensor?
  /// Mean, sum or none.
  public let reduction: Reduction

  /// PyTorch's defaults.
  public init(p: Int = 1, margin: Double = 1, weight: Tensor? = nil, reduction: Reduction = .mean) {
    require(p == 1 || p == 2, "multiMarginLoss", "p = \(p); expected 1 or 2")
    (self.p, self.margin) = (p, margin)
    (self.weight, self.reduction) = (weight, reduction)
  }

  /// The loss of scores against class indices.
  public func callAsFunction(_ prediction: Variable, _ target: Variable) -> Variable {
    let name = "multiMarginLoss"
    prediction.requireLines(of: "C", name)
    reduction.requireNonempty(prediction, name)
    let targets = ClassTargets(target.value, for: prediction, weight: weight, ignoring: nil, name)
    let right = targets.chosen(of: prediction).unsqueezed(axis: -1)
    let isRight = targets.labels.unsqueezed(axis: -1) .== Tensor.arange(prediction.shape[prediction.rank - 1])
    let excess = (prediction - right + margin).relu().maskedFill(isRight, 0)
    return reduction(targets.weighted((p == 1 ? excess : excess.square()).mean(axis: -1)))
  }
}

/// ``MultiMarginLoss`` as a function.
public func multiMarginLoss(
  _ prediction: Variable, _ target: some TensorProtocol, p: Int = 1, margin: Double = 1, weight: Tensor? = nil,
  reduction: Reduction = .mean
) -> Variable { MultiMarginLoss(p: p, margin: margin, weight: weight, reduction: reduction)(prediction, .from(target)) }

/// Σ max(0, 1 − x_j + x_i)/C over the classes j that a line is told and the others i, reduced: scores x [N, C] or [C] and
/// targets of the same shape, in each line some class indices and then −1 → [], or [N] or [] for `.none`. An empty batch has
/// no mean and stops the program. O(C²) a line.
public struct MultiLabelMarginLoss: Loss {
  /// Mean, sum or none.
  public let reduction: Reduction

  /// The mean, unless told otherwise.
  public init(reduction: Reduction = .mean) { self.reduction = reduction }

  /// The loss of scores against lists of class indices.
  public func callAsFunction(_ prediction: Variable, _ target: Variable) -> Variable {
    let name = "multilabelMarginLoss"
    prediction.requireLines(of: "C", name)
    reduction.requireAlike(prediction, target, name)
    let classes = prediction.shape[prediction.rank - 1]
    let labels = checked(target.value, classes, name)
    let isTold = (labels .< 0).to(.int64).cumsum(axis: -1) .== 0
    let told = Tensor.where(isTold, labels, Tensor(0))
    let isAmongThem = labels.zerosLike().scatterAdd(axis: -1, index: told, source: isTold.to(.int64)) .> 0
    let right = prediction.gather(axis: -1, index: told).unsqueezed(axis: -1)
    let excess = (prediction.unsqueezed(axis: -2) - right + 1).relu()
    let counts = isTold.unsqueezed(axis: -1) .& .!isAmongThem.unsqueezed(axis: -2)
    return reduction(excess.maskedFill(.!counts, 0).sum(axes: [-2, -1]) / Double(classes))
  }

  private func checked(_ target: Tensor, _ classes: Int, _ name: String) -> Tensor {
    require(
      !target.dtype.isFloatingPoint && target.dtype != .bool, name,
      "target \(target.dtype)\(target.shape); expected integers")
    let (labels, _, range) = target.classLabels(ignoring: -1)
    let isInside = range.map { $0.lowerBound >= 0 && $0.upperBound < classes } ?? true
    require(isInside, name, "labels in \(range!) for \(classes) classes; expected 0..<\(classes), or −1 after the last")
    return labels
  }
}

/// ``MultiLabelMarginLoss`` as a function.
public func multilabelMarginLoss(
  _ prediction: Variable, _ target: some TensorProtocol, reduction: Reduction = .mean
) -> Variable { MultiLabelMarginLoss(reduction: reduction)(prediction, .from(target)) }

/// −Σ w·(y·ln σ(x) + (1 − y)·ln σ(−x))/C over the classes, reduced: logits x [.., C] and targets y of the same shape in 0 … 1
/// → [], or [..] for `.none`. An empty batch has no mean and stops the program.
public struct MultiLabelSoftMarginLoss: Loss {
  /// A weight for each class, or what broadcasts to the logits; nil for 1.
  public let weight: Tensor?
  /// Mean, sum or none.
  public let reduction: Reduction

  /// The mean without weights, unless told otherwise.
  public init(weight: Tensor? = nil, reduction: Reduction = .mean) {
    (self.weight, self.reduction) = (weight, reduction)
  }

  /// The loss of logits.
  public func callAsFunction(_ logits: Variable, _ target: Variable) -> Variable {
    let name = "multilabelSoftMarginLoss"
    logits.requireScores(name)
    reduction.requireAlike(logits, target, name)
    return reduction(logits.logisticLosses(target, name).weighted(by: weight, name).mean(axis: -1))
  }
}

/// ``MultiLabelSoftMarginLoss`` as a function.
public func multilabelSoftMarginLoss(
  _ logits: Variable, _ target: some TensorProtocol, weight: Tensor? = nil, reduction: Reduction = .mean
) -> Variable { MultiLabelSoftMarginLoss(weight: weight, reduction: reduction)(logits, .from(target)) }

extension Variable {
  /// Stops the program unless these are lines of floating-point numbers, [N, size] or [size].
  func requireLines(of size: String, _ loss: String) {
    require(
      dtype.isFloatingPoint && (rank == 1 || rank == 2), loss,
      "\(dtype)\(shape); expected floating point of shape [N, \(size)] or [\(size)]")
  }
}
