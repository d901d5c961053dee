import Autograd
import NN
import Tensors
import TestSupport

/// Four steps, each a product of three terms, biases, gates and what the step before was off: measured 5 ulps, of gradients 9.
private let walk = Tolerance.ulps(10, of: .largest, gradient: 20)
/// The same; in the case of hidden size 1 the terms of a gradient of one element cancel: measured 40 ulps.
private let cancelling = Tolerance.ulps(10, of: .largest, gradient: 80)
/// One step: measured 3 ulps, of gradients 8.
private let step = Tolerance.ulps(6, of: .largest, gradient: 16)

/// The input of a case and the initial state if it gives one.
private func parts(_ inputs: [Variable]) -> (x: Variable, h: Variable?, state: (h: Variable, c: Variable)?) {
  (inputs[0], inputs.count == 2 ? inputs[1] : nil, inputs.count == 3 ? (inputs[1], inputs[2]) : nil)
}

/// How a case passes the lengths of its sequences.
private enum Form {
  case whole
  case lengths([Int])
  case packed([Int])

  init(_ arguments: Arguments) {
    let lengths: [Int]? = arguments[optional: "lengths"]
    guard let lengths else {
      self = .whole
      return
    }
    self = arguments["form", default: ""] == "packed" ? .packed(lengths) : .lengths(lengths)
  }

  /// The output, padded if it is packed, and the final state.
  func call<State>(
    _ layer: RNNBase, _ x: Variable, padded: (Variable, [Int]?) -> (output: Variable, state: State),
    packed: (PackedSequence) -> (output: PackedSequence, state: State)
  ) -> (output: Variable, state: State) {
    switch self {
    case .whole: return padded(x, nil)
    case .lengths(let lengths): return padded(x, lengths)
    case .packed(let lengths):
      let first = layer.batchFirst
      let (output, state) = packed(
        packPaddedSequence(x, lengths: lengths, batchFirst: first, enforceSorted: false))
      let length = x.shape[first ? 1 : 0]
      return (padPackedSequence(output, batchFirst: first, totalLength: length).padded, state)
    }
  }
}

/// RNN and GRU, which have one state.
private func subject(
  _ layer: RNNBase, _ a: Arguments, _ padded: @escaping (Variable, Variable?, [Int]?) -> (Variable, Variable),
  _ packed: @escaping (PackedSequence, Variable?) -> (PackedSequence, Variable)
) -> Subject {
  let form = Form(a)
  return Subject(layer) { inputs in
    let (x, h, _) = parts(inputs)
    let (output, state) = form.call(layer, x, padded: { padded($0, h, $1) }, packed: { packed($0, h) })
    return [output, state]
  }
}

private func subject(_ lstm: LSTM, _ a: Arguments) -> Subject {
  let form = Form(a)
  return Subject(lstm) { inputs in
    let (x, _, initial) = parts(inputs)
    let (output, (h, c)) = form.call(
      lstm, x, padded: { lstm($0, initial, lengths: $1) }, packed: { lstm($0, initial) })
    return [output, h, c]
  }
}

let recurrentLayers: [CatalogEntry] = [
  .layer("RNN", "RNN(_:_:numLayers:nonlinearity:bias:batchFirst:dropout:bidirectional:)", cancelling) { a, dtype in
    let rnn = RNN(
      a["input_size"], a["hidden_size"], numLayers: a["num_layers", default: 1],
      nonlinearity: a["nonlinearity", default: "tanh"] == "relu" ? .relu : .tanh, bias: a["bias", default: true],
      batchFirst: a["batch_first", default: false], dropout: a["dropout", default: 0],
      bidirectional: a["bidirectional", default: false], dtype: dtype)
    return subject(rnn, a, { rnn($0, $1, lengths: $2) }, { rnn($0, $1) })
  },
  .layer("LSTM", "LSTM(_:_:numLayers:bias:batchFirst:dropout:bidirectional:projSize:)", walk) { a, dtype in
    subject(
      LSTM(
        a["input_size"], a["hidden_size"], numLayers: a["num_layers", default: 1], bias: a["bias", default: true],
        batchFirst: a["batch_first", default: false], dropout: a["dropout", default: 0],
        bidirectional: a["bidirectional", default: false], projSize: a["proj_size", default: 0], dtype: dtype), a)
  },
  .layer("GRU", "GRU(_:_:numLayers:bias:batchFirst:dropout:bidirectional:)", walk) { a, dtype in
    let gru = GRU(
      a["input_size"], a["hidden_size"], numLayers: a["num_layers", default: 1], bias: a["bias", default: true],
      batchFirst: a["batch_first", default: false], dropout: a["dropout", default: 0],
      bidirectional: a["bidirectional", default: false], dtype: dtype)
    return subject(gru, a, { gru($0, $1, lengths: $2) }, { gru($0, $1) })
  },
  .layer("RNNCell", "RNNCell(_:_:bias:nonlinearity:)", step) { a, dtype in
    let cell = RNNCell(
      a["input_size"], a["hidden_size"], bias: a["bias", default: true],
      nonlinearity: a["nonlinearity", default: "tanh"] == "relu" ? .relu : .tanh, dtype: dtype)
    return Subject(cell) { inputs in parts(inputs).h.map { cell(inputs[0], $0) } ?? cell(inputs[0]) }
  },
  .layer("LSTMCell", "LSTMCell(_:_:bias:)", step) { a, dtype in
    let cell = LSTMCell(a["input_size"], a["hidden_size"], bias: a["bias", default: true], dtype: dtype)
    return Subject(cell) { inputs in
      let (h, c) = cell(inputs[0], parts(inputs).state)
      return [h, c]
    }
  },
  .layer("GRUCell", "GRUCell(_:_:bias:)", step) { a, dtype in
    let cell = GRUCell(a["input_size"], a["hidden_size"], bias: a["bias", default: true], dtype: dtype)
    return Subject(cell) { inputs in parts(inputs).h.map { cell(inputs[0], $0) } ?? cell(inputs[0]) }
  },
]
