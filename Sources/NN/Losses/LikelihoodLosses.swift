import Autograd
import Tensors

/// What ``KLDivLoss`` makes of its elements' losses.
public enum KLDivReduction: Sendable {
  /// Their mean over all elements, which is no divergence.
  case mean
  /// Their sum over the size of the first axis: the mean divergence of a batch.
  case batchMean
  /// Their sum.
  case sum
  /// Nothing: all of them.
  case none
}

/// y·(ln y − x), reduced: the Kullback–Leibler divergence of a target distribution y from the one whose logarithms x are;
/// eʸ·(y − x) if the targets are logarithms too. 0 where y is. [..], [..] → [], or [..] for `.none`. Shapes must be equal.
/// An empty batch has no mean and stops the program.
public struct KLDivLoss: Loss {
  /// Mean, mean over the batch, sum or none.
  public let reduction: KLDivReduction
  /// Whether the targets are logarithms of probabilities.
  public let logTarget: Bool

  /// PyTorch's defaults.
  public init(reduction: KLDivReduction = .mean, logTarget: Bool = false) {
    (self.reduction, self.logTarget) = (reduction, logTarget)
  }

  /// The loss of logarithms of probabilities.
  public func callAsFunction(_ prediction: Variable, _ target: Variable) -> Variable {
    elementwise.requireAlike(prediction, target, "klDiv")
    let target = target.floating(like: prediction)
    let losses = logTarget ? target.exp() * (target - prediction) : target.xlogy(target) - target * prediction
    guard case .batchMean = reduction, prediction.rank > 0 else { return elementwise(losses) }
    return losses.sum() / Double(prediction.shape[0])
  }

  private var elementwise: Reduction {
    switch reduction {
    case .mean, .batchMean: .mean
    case .sum: .sum
    case .none: .none
    }
  }
}

/// ``KLDivLoss`` as a function.
public func klDiv(
  _ prediction: Variable, _ target: some TensorProtocol, reduction: KLDivReduction = .mean, logTarget: Bool = false
) -> Variable { KLDivLoss(reduction: reduction, logTarget: logTarget)(prediction, .from(target)) }

/// eˣ − y·x, reduced: the negative log-likelihood of counts y that are Poisson-distributed with the logarithm x of their
/// rate; x − y·ln(x + eps) for the rate itself. `full` adds Stirling's y·ln y − y + ln(2πy)/2 for ln y! where y > 1.
/// [..], [..] → [], or [..] for `.none`. Shapes must be equal. An empty batch has no mean and stops the program.
public struct PoissonNLLLoss: Loss {
  /// Whether predictions are logarithms of rates.
  public let logInput: Bool
  /// Whether the term of the counts alone is added.
  public let full: Bool
  /// What keeps the logarithm of a rate of 0 finite.
  public let eps: Double
  /// Mean, sum or none.
  public let reduction: Reduction

  /// PyTorch's defaults.
  public init(logInput: Bool = true, full: Bool = false, eps: Double = 1e-8, reduction: Reduction = .mean) {
    (self.logInput, self.full) = (logInput, full)
    (self.eps, self.reduction) = (eps, reduction)
  }

  /// The loss of rates or their logarithms.
  public func callAsFunction(_ prediction: Variable, _ target: Variable) -> Variable {
    reduction.requireAlike(prediction, target, "poissonNLLLoss")
    let target = target.floating(like: prediction)
    let losses = logInput ? prediction.exp() - target * prediction : prediction - target * (prediction + eps).log()
    return reduction(full ? losses + stirling(target) : losses)
  }

  private func stirling(_ counts: Variable) -> Variable {
    let (isLarge, one) = (counts .> 1, Variable(Tensor(1.0, dtype: counts.dtype)))
    let y = Variable.where(isLarge, counts, one)
    return .where(isLarge, y * y.log() - y + (y * (2 * Double.pi)).log() * 0.5, Variable(counts.value.zerosLike()))
  }
}

/// ``PoissonNLLLoss`` as a function.
public func poissonNLLLoss(
  _ prediction: Variable, _ target: some TensorProtocol, logInput: Bool = true, full: Bool = false,
  eps: Double = 1e-8, reduction: Reduction = .mean
) -> Variable {
  PoissonNLLLoss(logInput: logInput, full: full, eps: eps, reduction: reduction)(prediction, .from(target))
}

/// (ln v + (x − y)²/v)/2, reduced: the negative log-likelihood of y, normally distributed with mean x and variance v. `full`
/// adds ln(2π)/2. [..], [..] and variances [..], or without the last axis, or of size 1 on one axis, or one for all → [], or
/// [..] for `.none`. An empty batch has no mean, a negative variance no logarithm: they stop the program.
///
/// Variances below `eps` count as `eps`, and the derivative passes as if they were that, so that they can grow again.
///
/// D. A. Nix and A. S. Weigend, Estimating the mean and variance of the target probability distribution, 1994,
/// doi:10.1109/ICNN.1994.374138.
public struct GaussianNLLLoss: Sendable {
  /// Whether the constant term is added.
  public let full: Bool
  /// The least variance.
  public let eps: Double
  /// Mean, sum or none.
  public let reduction: Reduction

  /// PyTorch's defaults.
  public init(full: Bool = false, eps: Double = 1e-6, reduction: Reduction = .mean) {
    require(eps > 0, "gaussianNLLLoss", "eps \(eps); expected a number above 0")
    (self.full, self.eps, self.reduction) = (full, eps, reduction)
  }

  /// The loss of means and variances.
  public func callAsFunction(_ prediction: Variable, _ target: some TensorProtocol, _ variance: some TensorProtocol)
    -> Variable
  {
    let target = Variable.from(target)
    reduction.requireAlike(prediction, target, "gaussianNLLLoss")
    let variance = bounded(aligned(.from(variance).floating(like: prediction), to: prediction.shape))
    let losses = (variance.log() + (prediction - target).square() / variance) * 0.5
    return reduction(full ? losses + 0.918_938_533_204_672_74 : losses)
  }

  private func aligned(_ variance: Variable, to shape: Shape) -> Variable {
    if variance.shape == shape || variance.rank == 0 { return variance }
    if Array(variance.shape) == Array(shape.dropLast()) { return variance.unsqueezed(axis: -1) }
    let differing = zip(shape, variance.shape).filter { $0 != $1 }
    require(
      variance.rank == shape.rank && differing.count == 1 && differing[0].1 == 1, "gaussianNLLLoss",
      "variance \(variance.shape) for predictions \(shape); expected their shape, that without the last axis, size 1 on "
        + "one axis, or one for all")
    return variance
  }

  private func bounded(_ variance: Variable) -> Variable {
    let x = variance.value
    let isSmall = x .< eps
    if !isSmall.any().item(as: Bool.self) { return variance }
    let least = Tensor.where(isSmall, x, Tensor(0.0, dtype: x.dtype)).min().item(as: Double.self)
    require(least >= 0, "gaussianNLLLoss", "a variance of \(least); expected 0 at least")
    // Nothing is added to the others: infinite ones would become NaN.
    return variance + Variable(Tensor.where(isSmall, eps - x, Tensor(0.0, dtype: x.dtype)))
  }
}

/// ``GaussianNLLLoss`` as a function.
public func gaussianNLLLoss(
  _ prediction: Variable, _ target: some TensorProtocol, _ variance: some TensorProtocol, full: Bool = false,
  eps: Double = 1e-6, reduction: Reduction = .mean
) -> Variable { GaussianNLLLoss(full: full, eps: eps, reduction: reduction)(prediction, target, variance) }
