import Autograd
import Tensors

/// h′ = tanh(W_ih·x + b_ih + W_hh·h + b_hh), or with max(·, 0) in place of tanh: [N, input], [N, hidden] → [N, hidden].
/// See ``RNNCellBase`` and ``RNN``.
public final class RNNCell: RNNCellBase {
  /// The function of the step.
  public let nonlinearity: RNN.Nonlinearity

  /// From `inputSize` to `hiddenSize` features.
  public init(
    _ inputSize: Int, _ hiddenSize: Int, bias: Bool = true, nonlinearity: RNN.Nonlinearity = .tanh,
    dtype: DType = .float32, generator: Generator = .default
  ) {
    self.nonlinearity = nonlinearity
    super.init(nonlinearity.cell, inputSize, hiddenSize, bias: bias, dtype: dtype, generator: generator)
  }

  /// The next state from the state `h`, zeros if it is nil.
  public func callAsFunction(_ x: Variable, _ h: Variable?) -> Variable {
    withinCall { step(x, h.map { [$0] })[0] }
  }

  public override var extraDescription: String {
    super.extraDescription + (nonlinearity == .tanh ? "" : ", nonlinearity=\(nonlinearity.rawValue)")
  }
}

/// One step of an ``LSTM``: [N, input], h and c [N, hidden] → h′ and c′ [N, hidden]. See ``RNNCellBase``.
public final class LSTMCell: RNNCellBase {
  /// From `inputSize` to `hiddenSize` features.
  public init(
    _ inputSize: Int, _ hiddenSize: Int, bias: Bool = true, dtype: DType = .float32, generator: Generator = .default
  ) {
    super.init(.lstm, inputSize, hiddenSize, bias: bias, dtype: dtype, generator: generator)
  }

  /// The next state from `state`, zeros unless given.
  public func callAsFunction(
    _ x: Variable, _ state: (h: Variable, c: Variable)? = nil
  ) -> (h: Variable, c: Variable) {
    withinCall {
      let next = step(x, state.map { [$0.h, $0.c] })
      return (next[0], next[1])
    }
  }
}

/// One step of a ``GRU``: [N, input], [N, hidden] → [N, hidden]. See ``RNNCellBase``.
public final class GRUCell: RNNCellBase {
  /// From `inputSize` to `hiddenSize` features.
  public init(
    _ inputSize: Int, _ hiddenSize: Int, bias: Bool = true, dtype: DType = .float32, generator: Generator = .default
  ) {
    super.init(.gru, inputSize, hiddenSize, bias: bias, dtype: dtype, generator: generator)
  }

  /// The next state from the state `h`, zeros if it is nil.
  public func callAsFunction(_ x: Variable, _ h: Variable?) -> Variable {
    withinCall { step(x, h.map { [$0] })[0] }
  }
}
