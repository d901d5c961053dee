import Autograd
import Tensors

/// What ``RNN``, ``LSTM`` and ``GRU`` have in common: layers, each of one or two directions, over sequences.
///
/// Sequences come as a padded batch, [L, N, input] or with `batchFirst` [N, L, input], as a single sequence [L, input], or as
/// a ``PackedSequence``. Of a padded batch, `lengths` says where each sequence ends: outputs after the end are 0, the final
/// state is that after the sequence's last step, and the reverse direction starts there; it is the same as packing the
/// batch. The output is [L, N, directions·output], or as the input is laid out; states are [layers·directions, N, size], or
/// [layers·directions, size] of a single sequence, and 0 unless given.
///
/// `layer(x)` and ``forward(_:)`` give the output alone, so that a layer stands in a ``Sequential``; with
/// `let (output, state) = layer(x)` it gives the final state too.
///
/// Parameters are called `weight_ih_l0`, `weight_hh_l0`, `bias_ih_l0`, `bias_hh_l0`, `weight_hr_l0`, with the layer's number
/// and `_reverse` for the reverse direction, and laid out as PyTorch's; at first they are uniform on ±1/√hidden.
public class RNNBase: Module {
  /// Features of the input.
  public let inputSize: Int
  /// Features of the hidden state.
  public let hiddenSize: Int
  /// How many layers, each on the outputs of the one before.
  public let numLayers: Int
  /// Whether there are biases.
  public let bias: Bool
  /// Whether a padded batch is [N, L, input] instead of [L, N, input].
  public let batchFirst: Bool
  /// With which probability an element between two layers is zeroed in training.
  public let dropout: Double
  /// Whether each layer also walks the sequences from their ends.
  public let bidirectional: Bool
  /// Features of the output if it is a projection of the hidden state, else 0.
  public let projSize: Int
  /// The parameters of each layer's forward and, if there is one, reverse direction, in order.
  public let weights: [RecurrentWeights]
  let cell: RecurrentCell
  private let generator: Generator

  init(
    _ cell: RecurrentCell, _ inputSize: Int, _ hiddenSize: Int, numLayers: Int, bias: Bool, batchFirst: Bool,
    dropout: Double, bidirectional: Bool, projSize: Int = 0, dtype: DType, generator: Generator
  ) {
    (self.cell, self.inputSize, self.hiddenSize, self.numLayers) = (cell, inputSize, hiddenSize, numLayers)
    (self.bias, self.batchFirst, self.dropout, self.bidirectional) = (bias, batchFirst, dropout, bidirectional)
    (self.projSize, self.generator) = (projSize, generator)
    let directions = bidirectional ? 2 : 1
    let output = projSize > 0 ? projSize : hiddenSize
    RNNBase.requireSensible(
      "\(Self.self)", inputSize, hiddenSize, numLayers: numLayers, dropout: dropout, projSize: projSize)
    weights = (0..<numLayers * directions).map { k in
      RecurrentWeights(
        cell, inputSize: k < directions ? inputSize : directions * output, hiddenSize: hiddenSize, projSize: projSize,
        bias: bias, dtype: dtype, generator: generator)
    }
  }

  /// Before anything is made: a size of 0 would fail as a bound of the initial values.
  private static func requireSensible(
    _ name: String, _ inputSize: Int, _ hiddenSize: Int, numLayers: Int, dropout: Double, projSize: Int
  ) {
    require(
      inputSize > 0 && hiddenSize > 0 && numLayers > 0, name,
      "\(inputSize) inputs, \(hiddenSize) hidden features and \(numLayers) layers; expected at least 1 of each")
    require(
      projSize >= 0 && projSize < hiddenSize, name,
      "projSize \(projSize); expected less than the hidden size \(hiddenSize), or 0 for none")
    require(dropout >= 0 && dropout <= 1, name, "the probability \(dropout); expected 0 ... 1")
  }

  /// The output sequence alone.
  public override func forward(_ x: Variable) -> Variable { run(x, nil, nil).output }

  public override func members() -> [(name: String, value: Any)] {
    weights.enumerated().flatMap { k, weights in
      let (layer, isReverse) = bidirectional ? (k / 2, k % 2 == 1) : (k, false)
      return weights.members(suffix: "_l\(layer)\(isReverse ? "_reverse" : "")")
    }
  }

  public override var extraDescription: String {
    var text = "\(inputSize), \(hiddenSize)"
    if projSize != 0 { text += ", proj_size=\(projSize)" }
    if numLayers != 1 { text += ", num_layers=\(numLayers)" }
    if !bias { text += ", bias=False" }
    if batchFirst { text += ", batch_first=True" }
    if dropout != 0 { text += ", dropout=\(dropout)" }
    if bidirectional { text += ", bidirectional=True" }
    return text
  }

  /// All layers over packed rows [rows, input], from states [layers·directions, N, size] to the output
  /// [rows, directions·output] and the final states.
  func layers(_ rows: Variable, _ batchSizes: [Int], _ state: [Variable]) -> (output: Variable, state: [Variable]) {
    let directions = bidirectional ? 2 : 1
    var (x, finals) = (rows, [[Variable]]())
    for layer in 0..<numLayers {
      if layer > 0 { x = x.dropout(dropout, training: isTraining, generator: generator) }
      let walks = (0..<directions).map { direction in
        let k = layer * directions + direction
        let recurrence = Recurrence(cell, batchSizes: batchSizes, isReversed: direction == 1)
        return weights[k].walk(recurrence, x, state.map { $0.select(axis: 0, at: k) })
      }
      x = walks.count == 1 ? walks[0].output : .concatenate(walks.map(\.output), axis: 1)
      finals += walks.map(\.state)
    }
    return (x, state.indices.map { k in .stack(finals.map { $0[k] }) })
  }
}
