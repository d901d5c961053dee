import Adjoint
import ExampleSupport

/// The recurrent layer of a model.
enum Cell: String, CaseIterable {
  case lstm, gru, rnn

  func layer(_ inputs: Int, _ hidden: Int) -> RNNBase {
    switch self {
    case .lstm: LSTM(inputs, hidden, batchFirst: true)
    case .gru: GRU(inputs, hidden, batchFirst: true)
    case .rnn: RNN(inputs, hidden, batchFirst: true)
    }
  }
}

/// Reads characters one after the other and says after each what may come next.
final class CharacterModel: Module {
  /// What the recurrent layer remembers: h, and c where there is one.
  typealias State = [Variable]

  let embedding: Embedding
  let recurrent: RNNBase
  let dropout: Dropout
  let output: Linear

  init(_ cell: Cell, characters: Int, hidden: Int, dropout: Double = 0.1) {
    embedding = Embedding(characters, hidden / 2)
    recurrent = cell.layer(hidden / 2, hidden)
    self.dropout = Dropout(dropout)
    output = Linear(hidden, characters)
  }

  /// Characters [N, L] → logits of those that follow [N, L, characters], and the state after the last.
  func callAsFunction(_ characters: Tensor, _ state: State? = nil) -> (logits: Variable, state: State) {
    withinCall {
      let (y, state) = walk(dropout(embedding(characters)), state)
      return (output(dropout(y)), state)
    }
  }

  private func walk(_ x: Variable, _ state: State?) -> (Variable, State) {
    switch recurrent {
    case let lstm as LSTM:
      let (y, (h, c)) = lstm(x, state.map { ($0[0], $0[1]) })
      return (y, [h, c])
    case let gru as GRU:
      let (y, h) = gru(x, state?[0])
      return (y, [h])
    case let rnn as RNN:
      let (y, h) = rnn(x, state?[0])
      return (y, [h])
    default: preconditionFailure("a layer that no Cell makes")
    }
  }
}
