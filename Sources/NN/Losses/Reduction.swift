import Autograd
import Tensors

/// What a loss makes of its elements' losses.
public enum Reduction: Sendable {
  /// Their mean (weighted where the loss has weights).
  case mean
  /// Their sum.
  case sum
  /// Nothing: all of them.
  case none

  /// The mean of nothing would be NaN, and the next step would spread it to every parameter: an empty batch stops the
  /// program.
  func requireNonempty(_ input: Variable, _ loss: String) {
    guard case .mean = self, input.value.elementCount == 0 else { return }
    fail(
      loss, "an empty batch \(input.shape) has no mean; expected at least one element, or the reduction .sum or .none")
  }

  /// Applied to losses of equal weight.
  func callAsFunction(_ losses: Variable) -> Variable {
    switch self {
    case .mean: losses.mean()
    case .sum: losses.sum()
    case .none: losses
    }
  }
}
