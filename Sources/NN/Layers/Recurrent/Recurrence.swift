import Autograd
import Tensors

/// A walk of a cell through sequences, in one direction of one layer, as one operation of the graph.
///
/// The sequences are packed: their first steps as rows one below the other, then their second ones, and so on, the longest
/// sequence first, so that each step's rows are as many as the sequences that take it. Sequences of equal length are packed as
/// they are. The input's products with its weights are made before, for all steps at once; the weights' gradients come of one
/// product each, too.
struct Recurrence {
  let cell: RecurrentCell
  /// The rows of each step, in the order in which the steps are taken.
  private let steps: [Range<Int>]
  private let isReversed: Bool

  /// How many steps the longest sequence takes.
  var stepCount: Int { steps.count }

  /// - Parameters:
  ///   - batchSizes: how many sequences take each step; at least one step, never more than the one before.
  ///   - isReversed: whether each sequence is walked from its last step to its first.
  init(_ cell: RecurrentCell, batchSizes: [Int], isReversed: Bool = false) {
    (self.cell, self.isReversed) = (cell, isReversed)
    var start = 0
    let steps = batchSizes.map { count in
      defer { start += count }
      return start..<start + count
    }
    self.steps = isReversed ? steps.reversed() : steps
  }

  /// What a walk starts from.
  struct Inputs<T> {
    /// The gates as far as they come from the input, with the biases that can be added there: [rows, gates·hidden].
    var x: T
    /// W, [gates·hidden, output].
    var weight: T
    /// The recurrent product's own bias, [gates·hidden].
    var bias: T?
    /// From h to the output, [output, hidden], if they differ.
    var projection: T?
    /// h [sequences, output], and c [sequences, hidden] if there is one.
    var state: [T]

    /// All, in order.
    var list: [T?] { [x, weight, bias, projection] + state }

    func map<R>(_ transform: (T) -> R) -> Inputs<R> {
      Inputs<R>(
        x: transform(x), weight: transform(weight), bias: bias.map(transform), projection: projection.map(transform),
        state: state.map(transform))
    }
  }

  /// What a walk has made.
  struct Walk<T> {
    /// [rows, output].
    let output: T
    /// The state of each sequence after its last step.
    let state: [T]
    /// Each step's state before it and what it has made, if they are kept.
    let steps: [(before: T, step: RecurrentCell.Step<T>)]
  }

  /// - Parameter weight: Wᵀ, which each step reads.
  func forward<T: TensorProtocol>(
    _ inputs: Inputs<T>, transposed weight: T, _ rule: RecurrentCell.Rule<T>, keepsSteps: Bool
  ) -> Walk<T> {
    let projection = inputs.projection?.transposed(0, 1)
    var state = inputs.state.map { StateRows($0, count: steps[0].count) }
    var outputs: [T] = []
    var kept: [(before: T, step: RecurrentCell.Step<T>)] = []
    for rows in steps {
      state.indices.forEach { state[$0].resize(to: rows.count) }
      let before = state.map(\.current)
      var product = before[0].matmul(weight)
      if let bias = inputs.bias { product = .combined(product, .add, bias) }
      let step = rule.step(inputs.x.along(0, rows), product, before)
      for (k, next) in step.state.enumerated() { state[k].current = next }
      if let projection { state[0].current = step.state[0].matmul(projection) }
      outputs.append(state[0].current)
      if keepsSteps { kept.append((before[0], step)) }
    }
    return Walk(output: packed(outputs, isBackward: false), state: state.map(\.all), steps: kept)
  }

  /// ∂L/∂input for each input, from those of the output, if any has arrived, and of the final state.
  func backward<T: TensorProtocol>(
    _ inputs: Inputs<T>, _ rule: RecurrentCell.Rule<T>, _ walk: Walk<T>, output: T?, state: [T]
  ) -> Inputs<T> {
    var gradients = state.map { StateRows($0, count: steps[steps.count - 1].count) }
    var (gates, products, befores) = ([T](), [T](), [T]())
    var (projected, hiddens) = ([T](), [T]())
    for (rows, (before, step)) in zip(steps, walk.steps).reversed() {
      gradients.indices.forEach { gradients[$0].resize(to: rows.count) }
      var g = gradients.map(\.current)
      if let output { g[0] = .combined(g[0], .add, output.along(0, rows)) }
      if let projection = inputs.projection {
        projected.append(g[0])
        hiddens.append(step.state[0])
        g[0] = g[0].matmul(projection)
      }
      let found = rule.pullback(g, step.saved)
      gates.append(found.x)
      products.append(found.product ?? found.x)
      befores.append(before)
      let through = products[products.count - 1].matmul(inputs.weight)
      gradients[0].current = found.state[0].map { .combined(through, .add, $0) } ?? through
      if found.state.count > 1, let gc = found.state[1] { gradients[1].current = gc }
    }
    let x = packed(gates, isBackward: true)
    let product = cell.separatesRecurrentBias ? packed(products, isBackward: true) : x
    return Inputs(
      x: x, weight: product.transposed(0, 1).matmul(packed(befores, isBackward: true)),
      bias: inputs.bias.map { _ in product.sum(axes: [0], keepDims: false) },
      projection: inputs.projection.map { _ in
        packed(projected, isBackward: true).transposed(0, 1).matmul(packed(hiddens, isBackward: true))
      },
      state: gradients.map(\.all))
  }

  /// The rows of all steps, collected on the way forward or back, in their order.
  private func packed<T: TensorProtocol>(_ rows: [T], isBackward: Bool) -> T {
    .concatenate(isReversed == isBackward ? rows : rows.reversed(), axis: 0)
  }
}
