import Autograd
import Tensors

/// Gated recurrent units: [L, N, input] → [L, N, hidden].
///
/// r = σ(W_ir·x_t + b_ir + W_hr·h_{t−1} + b_hr), z = σ(W_iz·x_t + b_iz + W_hz·h_{t−1} + b_hz),
/// n = tanh(W_in·x_t + b_in + r·(W_hn·h_{t−1} + b_hn)), h_t = (1 − z)·n + z·h_{t−1}.
///
/// Cho et al., "Learning Phrase Representations using RNN Encoder–Decoder", 2014, arXiv:1406.1078; the reset gate stands
/// behind the recurrent product, as in PyTorch. What all recurrent layers share is at ``RNNBase``.
public final class GRU: RNNBase {
  /// From `inputSize` to `hiddenSize` features. With `dropout`, each element between two layers is zeroed with this
  /// probability in training.
  public init(
    _ inputSize: Int, _ hiddenSize: Int, numLayers: Int = 1, bias: Bool = true,
    batchFirst: Bool = false, dropout: Double = 0, bidirectional: Bool = false, dtype: DType = .float32,
    generator: Generator = .default
  ) {
    super.init(
      .gru, inputSize, hiddenSize, numLayers: numLayers, bias: bias, batchFirst: batchFirst,
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
