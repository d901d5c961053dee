import Autograd
import Tensors

/// What ``RNNCell``, ``LSTMCell`` and ``GRUCell`` have in common: one step of a recurrent layer, for a batch [N, input] or a
/// single input [input], and states [N, hidden] or [hidden], which are 0 unless given.
///
/// Parameters are called `weight_ih`, `weight_hh`, `bias_ih`, `bias_hh` and laid out as PyTorch's; at first they are uniform
/// on ±1/√hidden.
public class RNNCellBase: Module {
  /// Features of the input.
  public let inputSize: Int
  /// Features of the state.
  public let hiddenSize: Int
  /// Whether there are biases.
  public let bias: Bool
  /// The parameters.
  public let weights: RecurrentWeights
  private let cell: RecurrentCell

  init(
    _ cell: RecurrentCell, _ inputSize: Int, _ hiddenSize: Int, bias: Bool, dtype: DType, generator: Generator
  ) {
    (self.cell, self.inputSize, self.hiddenSize, self.bias) = (cell, inputSize, hiddenSize, bias)
    // Before anything is made: a size of 0 would fail as a bound of the initial values.
    require(
      inputSize > 0 && hiddenSize > 0, "\(Self.self)",
      "\(inputSize) inputs and \(hiddenSize) hidden features; expected at least 1 of each")
    weights = RecurrentWeights(
      cell, inputSize: inputSize, hiddenSize: hiddenSize, bias: bias, dtype: dtype, generator: generator)
  }

  /// The next hidden state, from zeros.
  public override func forward(_ x: Variable) -> Variable { step(x, nil)[0] }

  public override func members() -> [(name: String, value: Any)] { weights.members() }

  public override var extraDescription: String { "\(inputSize), \(hiddenSize)" + (bias ? "" : ", bias=False") }

  /// The next state.
  func step(_ x: Variable, _ state: [Variable]?) -> [Variable] {
    require(
      (x.rank == 1 || x.rank == 2) && x.shape[x.rank - 1] == inputSize, "\(type(of: self))",
      "expected input [N, \(inputSize)] or [\(inputSize)], got \(x.shape)")
    let dtype = weights.weightIH.dtype
    require(x.dtype == dtype, "\(type(of: self))", "expected \(dtype) input, got \(x.dtype)\(x.shape)")
    let shape = Shape(x.shape.dropLast() + [hiddenSize])
    for (name, given) in zip(["h", "c"], state ?? []) {
      require(
        given.shape == shape && given.dtype == dtype, "\(type(of: self))",
        "expected \(name) \(dtype)\(shape), got \(given.dtype)\(given.shape)")
    }
    let initial = state ?? (0..<cell.stateCount).map { _ in Variable(.zeros(shape, dtype: dtype)) }
    if x.rank == 2 { return steps(x, initial) }
    return steps(x.unsqueezed(axis: 0), initial.map { $0.unsqueezed(axis: 0) }).map { $0.squeezed(axis: 0) }
  }

  private func steps(_ x: Variable, _ state: [Variable]) -> [Variable] {
    weights.walk(Recurrence(cell, batchSizes: [x.shape[0]]), x, state).state
  }
}
