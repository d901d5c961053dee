import Autograd
import Tensors

/// (prediction − target)², reduced: [..], [..] → [] (or [..] for `.none`). Shapes must be equal. An
/// empty batch has no mean and stops the program.
public func mseLoss(_ prediction: Variable, _ target: Variable, reduction: Reduction = .mean) -> Variable {
  require(
    prediction.shape == target.shape, "mseLoss",
    "prediction \(prediction.shape) and target \(target.shape); expected equal shapes")
  reduction.requireNonempty(prediction, "mseLoss")
  return reduction((prediction - target).square())
}

/// ``mseLoss(_:_:reduction:)`` as an object.
public struct MSELoss: Sendable {
  private let reduction: Reduction

  /// The mean of the squares, unless told otherwise.
  public init(reduction: Reduction = .mean) { self.reduction = reduction }

  /// The loss of a prediction.
  public func callAsFunction(_ prediction: Variable, _ target: Variable) -> Variable {
    mseLoss(prediction, target, reduction: reduction)
  }

  /// The loss of a prediction.
  public func callAsFunction(_ prediction: Variable, _ target: Tensor) -> Variable {
    mseLoss(prediction, Variable(target), reduction: reduction)
  }
}
