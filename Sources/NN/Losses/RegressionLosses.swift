import Autograd
import Tensors

/// (x − y)², reduced: the squared error of a prediction x. [..], [..] → [], or [..] for `.none`. Shapes must be equal. An
/// empty batch has no mean and stops the program.
public struct MSELoss: Loss {
  /// Mean, sum or none.
  public let reduction: Reduction

  /// The mean of the squares, unless told otherwise.
  public init(reduction: Reduction = .mean) { self.reduction = reduction }

  /// The loss of a prediction.
  public func callAsFunction(_ prediction: Variable, _ target: Variable) -> Variable {
    reduction.requireAlike(prediction, target, "mseLoss")
    return reduction((prediction - target).square())
  }
}

/// ``MSELoss`` as a function.
public func mseLoss(
  _ prediction: Variable, _ target: some TensorProtocol, reduction: Reduction = .mean
) -> Variable { MSELoss(reduction: reduction)(prediction, .from(target)) }

/// |x − y|, reduced: the absolute error of a prediction x, whose derivative is 0 where it is. [..], [..] → [], or [..] for
/// `.none`. Shapes must be equal. An empty batch has no mean and stops the program.
public struct L1Loss: Loss {
  /// Mean, sum or none.
  public let reduction: Reduction

  /// The mean of the magnitudes, unless told otherwise.
  public init(reduction: Reduction = .mean) { self.reduction = reduction }

  /// The loss of a prediction.
  public func callAsFunction(_ prediction: Variable, _ target: Variable) -> Variable {
    reduction.requireAlike(prediction, target, "l1Loss")
    return reduction((prediction - target).abs())
  }
}

/// ``L1Loss`` as a function.
public func l1Loss(
  _ prediction: Variable, _ target: some TensorProtocol, reduction: Reduction = .mean
) -> Variable { L1Loss(reduction: reduction)(prediction, .from(target)) }

/// d²/2β where d = |x − y| < β, else d − β/2, reduced: a parabola with straight sides of slope 1. β = 0 is ``L1Loss``.
/// [..], [..] → [], or [..] for `.none`. Shapes must be equal. An empty batch has no mean and stops the program.
///
/// R. Girshick, Fast R-CNN, arXiv:1504.08083.
public struct SmoothL1Loss: Loss {
  /// Mean, sum or none.
  public let reduction: Reduction
  /// The distance at which the parabola ends, 0 at least.
  public let beta: Double

  /// PyTorch's defaults.
  public init(reduction: Reduction = .mean, beta: Double = 1) {
    require(beta >= 0, "smoothL1Loss", "beta \(beta); expected 0 at least")
    (self.reduction, self.beta) = (reduction, beta)
  }

  /// The loss of a prediction.
  public func callAsFunction(_ prediction: Variable, _ target: Variable) -> Variable {
    reduction.requireAlike(prediction, target, "smoothL1Loss")
    let difference = prediction - target
    if beta == 0 { return reduction(difference.abs()) }
    // s·(d − s·β/2) with s = d/β within −1 … 1 is both: d/β·d/2 inside, |d| − β/2 outside.
    let slope = (difference / beta).clamp(min: -1.0, max: 1.0)
    return reduction(slope * (difference - slope * (beta / 2)))
  }
}

/// ``SmoothL1Loss`` as a function.
public func smoothL1Loss(
  _ prediction: Variable, _ target: some TensorProtocol, reduction: Reduction = .mean, beta: Double = 1
) -> Variable { SmoothL1Loss(reduction: reduction, beta: beta)(prediction, .from(target)) }

/// d²/2 where d = |x − y| < δ, else δ·(d − δ/2), reduced: a parabola with straight sides of slope δ; δ times
/// ``SmoothL1Loss``. [..], [..] → [], or [..] for `.none`. Shapes must be equal. An empty batch has no mean and stops the
/// program.
///
/// P. J. Huber, Robust Estimation of a Location Parameter, 1964, doi:10.1214/aoms/1177703732.
public struct HuberLoss: Loss {
  /// Mean, sum or none.
  public let reduction: Reduction
  /// The distance at which the parabola ends, above 0.
  public let delta: Double

  /// PyTorch's defaults.
  public init(reduction: Reduction = .mean, delta: Double = 1) {
    require(delta > 0, "huberLoss", "delta \(delta); expected a number above 0")
    (self.reduction, self.delta) = (reduction, delta)
  }

  /// The loss of a prediction.
  public func callAsFunction(_ prediction: Variable, _ target: Variable) -> Variable {
    reduction.requireAlike(prediction, target, "huberLoss")
    let difference = prediction - target
    // c·(d − c/2) with c = d within −δ … δ is both.
    let slope = difference.clamp(min: -delta, max: delta)
    return reduction(slope * (difference - slope * 0.5))
  }
}

/// ``HuberLoss`` as a function.
public func huberLoss(
  _ prediction: Variable, _ target: some TensorProtocol, reduction: Reduction = .mean, delta: Double = 1
) -> Variable { HuberLoss(reduction: reduction, delta: delta)(prediction, .from(target)) }
