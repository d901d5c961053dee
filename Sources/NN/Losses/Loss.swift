import Autograd
import Tensors

/// What measures how far a prediction is from a target: a value of options, called as `loss(prediction, target)`.
///
/// Every loss is a function too, which takes the same options: `MSELoss(reduction: .sum)(prediction, target)` and
/// `mseLoss(prediction, target, reduction: .sum)`.
public protocol Loss: Sendable {
  /// The loss of a prediction. Gradients flow to the target too, where it requires one and is no class.
  func callAsFunction(_ prediction: Variable, _ target: Variable) -> Variable
}

extension Loss {
  /// The loss of a prediction against a constant target.
  public func callAsFunction(_ prediction: Variable, _ target: Tensor) -> Variable {
    self(prediction, Variable(target))
  }
}

extension Variable {
  /// A variable as it is, a tensor as a constant.
  static func from(_ operand: some TensorProtocol) -> Variable { operand as? Variable ?? Variable(operand.value) }

  /// A target's numbers, integers in the prediction's type.
  func floating(like prediction: Variable) -> Variable { dtype.isFloatingPoint ? self : to(prediction.dtype) }

  /// Stops the program unless these are numbers that gradients can flow through.
  func requireFloatingPoint(_ loss: String) {
    require(dtype.isFloatingPoint, loss, "prediction \(dtype)\(shape); expected floating point")
  }

  /// These losses times constant weights, which broadcast to them; nil for 1.
  func weighted(by weight: Tensor?, _ loss: String) -> Variable {
    guard let weight else { return self }
    require(
      Shape.broadcast(weight.shape, shape, loss) == shape, loss,
      "weight \(weight.shape) for \(shape); expected a shape that broadcasts to it")
    return self * Variable(weight.to(dtype))
  }
}

extension Reduction {
  /// What elementwise losses ask of their operands. Nothing is broadcast: [N] against [N, 1] is the classic silent mistake.
  func requireAlike(_ prediction: Variable, _ target: Variable, _ loss: String) {
    prediction.requireFloatingPoint(loss)
    require(
      prediction.shape == target.shape, loss,
      "prediction \(prediction.shape) and target \(target.shape); expected equal shapes")
    requireNonempty(prediction, loss)
  }
}
