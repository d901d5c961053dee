import Autograd
import Tensors

/// −ln p(target | x), reduced: the connectionist temporal classification of frames. p sums over all ways to stretch the
/// target over the frames, where classes repeat and blanks stand between, and must between equal classes.
///
/// Log-probabilities x [T, N, C] or [T, C]; targets [N, S], padded, or [Σ lengths], one after the other, integers without the
/// blank; lengths of inputs (T at most) and targets, [N] or [] → [], or [N] or [] for `.none`. The mean is that of the losses
/// over their targets' lengths (at least 1). Where no way fits the loss is infinite, or 0 with `zeroInfinity`, and nothing
/// flows back. O(T·N·S). An empty batch has no mean and stops the program.
///
/// The gradient is the derivative with respect to x, −p(class at the frame | target). (PyTorch's has eˣ added, as if x came
/// of a log-softmax; after one, both give the same.) Composed of operations, it is differentiable again.
///
/// A. Graves et al., Connectionist Temporal Classification, 2006, doi:10.1145/1143844.1143891.
public struct CTCLoss: Sendable {
  /// The class of a frame that belongs to no class of the target.
  public let blank: Int
  /// Mean, sum or none.
  public let reduction: Reduction
  /// Whether infinite losses count as 0.
  public let zeroInfinity: Bool

  /// PyTorch's defaults.
  public init(blank: Int = 0, reduction: Reduction = .mean, zeroInfinity: Bool = false) {
    (self.blank, self.reduction, self.zeroInfinity) = (blank, reduction, zeroInfinity)
  }

  /// The loss of log-probabilities against targets.
  public func callAsFunction(
    _ logProbs: Variable, _ targets: Tensor, _ inputLengths: Tensor, _ targetLengths: Tensor
  ) -> Variable {
    require(
      logProbs.dtype.isFloatingPoint && (logProbs.rank == 2 || logProbs.rank == 3), "ctcLoss",
      "log-probabilities \(logProbs.dtype)\(logProbs.shape); expected floating point of shape [T, N, C] or [T, C]")
    if logProbs.rank == 2 { return unbatched(logProbs, targets, inputLengths, targetLengths) }
    let alignment = CTCAlignment(
      logProbs.shape, targets: targets, frameCounts: inputLengths, lengths: targetLengths, blank: blank)
    reduction.requireNonempty(logProbs, "ctcLoss")
    let losses = alignment.losses(logProbs)
    let isInfinite = losses.isPosInf()
    let finite = zeroInfinity ? losses.maskedFill(isInfinite, 0) : losses
    guard case .mean = reduction else { return reduction(finite) }
    return (finite / Variable(alignment.divisors.to(finite.dtype))).mean()
  }

  private func unbatched(
    _ logProbs: Variable, _ targets: Tensor, _ inputLengths: Tensor, _ targetLengths: Tensor
  ) -> Variable {
    let loss = self(
      logProbs.unsqueezed(axis: 1), targets.reshaped([1, targets.elementCount]), inputLengths.flattened(),
      targetLengths.flattened())
    return loss.reshaped([])
  }
}

/// ``CTCLoss`` as a function.
public func ctcLoss(
  _ logProbs: Variable, _ targets: Tensor, _ inputLengths: Tensor, _ targetLengths: Tensor, blank: Int = 0,
  reduction: Reduction = .mean, zeroInfinity: Bool = false
) -> Variable {
  CTCLoss(blank: blank, reduction: reduction, zeroInfinity: zeroInfinity)(
    logProbs, targets, inputLengths, targetLengths)
}
