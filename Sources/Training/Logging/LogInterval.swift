/// What a log has a line for.
public enum LogInterval: Sendable, Hashable {
  /// Each epoch: `epoch`, `steps`, `samples`, `seconds`, `learning_rate`, then `training_loss` and `validation_loss`
  /// and every metric likewise. Several parameter groups have `learning_rate_0`, `learning_rate_1` and so on.
  case epoch
  /// Each step of the optimizer: `step`, `epoch`, `samples`, `loss`, `gradient_norm` where gradients are clipped by
  /// norm, and `learning_rate`.
  case step
}
