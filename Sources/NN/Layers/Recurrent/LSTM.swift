import Autograd
import Tensors

/// Long short-term memory: [L, N, input] → [L, N, hidden].
///
/// i = σ(W_ii·x_t + b_ii + W_hi·h_{t−1} + b_hi), f and o the same with their own weights,
/// g = tanh(W_ig·x_t + b_ig + W_hg·h_{t−1} + b_hg), c_t = f·c_{t−1} + i·g, h_t = o·tanh(c_t). With `projSize`,
/// h_t = W_hr·(o·tanh(c_t)), and the output has this size.
///
/// Hochreiter and Schmidhuber, "Long Short-Term Memory", 1997, doi:10.1162/neco.1997.9.8.1735; the projection: Sak, Senior,
/// Beaufays, 2014, arXiv:1402.1128. What all recurrent layers share is at ``RNNBase``.
///
/// ```swift
/// let lstm = LSTM(64, 128, numLayers: 2, bidirectional: true)
/// let (output, (h, c)) = lstm(x)
/// ```
public final class LSTM: RNNBase {
  /// From `inputSize` to `hiddenSize` features, or to `projSize` if it is not 0. With `dropout`, each element between two
  /// layers is zeroed with this probability in training.
  public init(
    _ inputSize: Int, _ hiddenSize: Int, numLayers: Int = 1, bias: Bool = true, batchFirst: Bool = false,
    dropout: Double = 0, bidirectional: Bool = false, projSize: Int = 0, dtype: DType = .float32,
    generator: Generator = .default
  ) {
    super.init(
      .lstm, inputSize, hiddenSize, numLayers: numLayers, bias: bias, batchFirst: batchFirst, dropout: dropout,
      bidirectional: bidirectional, projSize: projSize, dtype: dtype, generator: generator)
  }

  /// The output sequence and the final state of sequences, from `state`, zeros unless given.
  public func callAsFunction(
    _ x: Variable, _ state: (h: Variable, c: Variable)? = nil, lengths: [Int]? = nil
  ) -> (output: Variable, state: (h: Variable, c: Variable)) {
    withinCall {
      let (output, final) = run(x, state.map { [$0.h, $0.c] }, lengths)
      return (output, (final[0], final[1]))
    }
  }

  /// The same of packed sequences.
  public func callAsFunction(
    _ x: PackedSequence, _ state: (h: Variable, c: Variable)? = nil
  ) -> (output: PackedSequence, state: (h: Variable, c: Variable)) {
    withinCall {
      let (output, final) = run(x, state.map { [$0.h, $0.c] })
      return (output, (final[0], final[1]))
    }
  }
}
