import Adjoint

/// A class for the last output of a sequence: [L, N, 64] → [N, 10].
final class LSTMClassifier: Module {
  let lstm = LSTM(64, 128)
  let head = Linear(128, 10)

  override func forward(_ x: Variable) -> Variable { head(lstm(x).output[-1]) }

  /// Of a forward and backward pass of one sequence, without the gradient of the sequence.
  static func flops(length: Int) -> Double { Double(2 * 4 * 128 * (2 * 64 + 3 * 128) * length) }
}
