import Autograd
import Tensors

/// The parameters of one direction of one recurrent layer, or of a cell. Gates stand one below the other: i, f, g, o of an
/// LSTM, r, z, n of a GRU.
///
/// A module, so that copies of a layer have their own. The layer lists the parameters as its own, and does the computing.
public final class RecurrentWeights: Module {
  /// From the input to the gates, [gates·hidden, input]: `weight_ih`.
  public let weightIH: Variable
  /// From the last output to the gates, [gates·hidden, output]: `weight_hh`.
  public let weightHH: Variable
  /// [gates·hidden], or nil: `bias_ih`.
  public let biasIH: Variable?
  /// [gates·hidden], or nil: `bias_hh`.
  public let biasHH: Variable?
  /// From the hidden state to a smaller output, [output, hidden], or nil: `weight_hr`.
  public let weightHR: Variable?

  /// Uniform on ±1/√hidden.
  init(
    _ cell: RecurrentCell, inputSize: Int, hiddenSize: Int, projSize: Int = 0, bias: Bool, dtype: DType,
    generator: Generator
  ) {
    let (rows, bound) = (cell.gateCount * hiddenSize, 1 / Double(hiddenSize).squareRoot())
    func initial(_ shape: Shape) -> Variable {
      Variable(.uniform(shape, low: -bound, high: bound, dtype: dtype, generator: generator), requiresGrad: true)
    }
    weightIH = initial([rows, inputSize])
    weightHH = initial([rows, projSize > 0 ? projSize : hiddenSize])
    biasIH = bias ? initial([rows]) : nil
    biasHH = bias ? initial([rows]) : nil
    weightHR = projSize > 0 ? initial([projSize, hiddenSize]) : nil
  }

  public override func members() -> [(name: String, value: Any)] { members(suffix: "") }

  /// By PyTorch's names, in its order.
  func members(suffix: String) -> [(name: String, value: Any)] {
    let all = [
      ("weight_ih", weightIH), ("weight_hh", weightHH), ("bias_ih", biasIH), ("bias_hh", biasHH),
      ("weight_hr", weightHR),
    ]
    return all.compactMap { name, parameter in parameter.map { (name + suffix, $0) } }
  }

  /// The sizes of h and c.
  func stateSizes(_ cell: RecurrentCell) -> [Int] {
    let hidden = weightHH.shape[0] / cell.gateCount
    return [weightHR?.shape[0] ?? hidden, hidden].prefix(cell.stateCount).map { $0 }
  }

  /// Rows [rows, input] through a walk from the state of each sequence.
  func walk(_ recurrence: Recurrence, _ rows: Variable, _ state: [Variable]) -> (output: Variable, state: [Variable]) {
    let isSeparate = recurrence.cell.separatesRecurrentBias
    let both = biasIH.flatMap { a in biasHH.map { a + $0 } }
    return recurrence(
      Recurrence.Inputs(
        x: rows.linear(weightIH, isSeparate ? biasIH : both), weight: weightHH, bias: isSeparate ? biasHH : nil,
        projection: weightHR, state: state))
  }
}
