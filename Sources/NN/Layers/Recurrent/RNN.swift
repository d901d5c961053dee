import Autograd
import Tensors

/// h_t = tanh(W_ih·x_t + b_ih + W_hh·h_{t−1} + b_hh), or with max(·, 0) in place of tanh: [L, N, input] → [L, N, hidden].
///
/// Elman, "Finding Structure in Time", 1990, doi:10.1207/s15516709cog1402_1. What all recurrent layers share is at
/// ``RNNBase``.
public final class RNN: RNNBase {
  /// The function of a step.
  public enum Nonlinearity: String, Sendable {
    /// The hyperbolic tangent.
    case tanh
    /// max(·, 0).
    case relu

    var cell: RecurrentCell { self == .tanh ? .tanh : .relu }
  }

  /// The function of a step.
  public let nonlinearity: Nonlinearity

  /// From `inputSize` to `hiddenSize` features. With `dropout`, each element between two layers is zeroed with this
  /// probability in training.
  public init(
    _ inputSize: Int, _ hiddenSize: Int, numLayers: Int = 1, nonlinearity: Nonlinearity = .tanh, bias: Bool = true,
    batchFirst: Bool = false, dropout: Double = 0, bidirectional: Bool = false, dtype: DType = .float32,
    generator: Generator = .default
  ) {
    self.nonlinearity = nonlinearity
    super.init(
      nonlinearity.cell, inputSize, hiddenSize, numLayers: numLayers, bias: bias, batchFirst: batchFirst,
      dropout: dropout, bidirectional: bidirectional, dtype: dtype, generator: generator)
  }

  /// The output sequence and the final state of sequences, from the state `h`, zeros unless given.
  public func callAsFunction(
    _ x: Variable, _ h: Variable? = nil, lengths: [Int]? = nil
  ) -> (output: Variable, h: Variable) {
    withinCall {
      let (output, state) = run(x, h.map { [$0] }, lengths)
      return (output, state[0])
    }
  }

  /// The same of packed sequences.
  public func callAsFunction(_ x: PackedSequence, _ h: Variable? = nil) -> (output: PackedSequence, h: Variable) {
    withinCall {
      let (output, state) = run(x, h.map { [$0] })
      return (output, state[0])
    }
  }
}
