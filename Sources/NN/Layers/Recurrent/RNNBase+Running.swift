import Autograd
import Tensors

/// From sequences as they come to packed rows, and back.
extension RNNBase {
  /// A padded batch or a single sequence, with the initial state and the lengths that are given.
  func run(_ x: Variable, _ state: [Variable]?, _ lengths: [Int]?) -> (output: Variable, state: [Variable]) {
    requireInput(x)
    if let lengths { return run(x, state, lengths: lengths) }
    let isBatch = x.rank == 3
    let steps = !isBatch ? x.unsqueezed(axis: 1) : batchFirst ? x.transposed(0, 1) : x
    let (length, count) = (steps.shape[0], steps.shape[1])
    let initial = initialState(state, isBatch ? count : nil, x.dtype)
    let result = layers(
      steps.reshaped([length * count, inputSize]), Array(repeating: count, count: length),
      isBatch ? initial : initial.map { $0.unsqueezed(axis: 1) })
    if !isBatch { return (result.output, result.state.map { $0.squeezed(axis: 1) }) }
    let output = result.output.reshaped([length, count, result.output.shape[1]])
    return (batchFirst ? output.transposed(0, 1) : output, result.state)
  }

  private func run(_ x: Variable, _ state: [Variable]?, lengths: [Int]) -> (output: Variable, state: [Variable]) {
    require(
      x.rank == 3, "\(type(of: self))", "lengths of an input \(x.shape); expected \(expectedBatch) with lengths")
    let packed = packPaddedSequence(x, lengths: lengths, batchFirst: batchFirst, enforceSorted: false)
    let (output, final) = run(packed, state)
    return (padPackedSequence(output, batchFirst: batchFirst, totalLength: x.shape[batchFirst ? 1 : 0]).padded, final)
  }

  /// A packed batch. States are in the order of the sequences before they were sorted.
  func run(_ x: PackedSequence, _ state: [Variable]?) -> (output: PackedSequence, state: [Variable]) {
    require(
      x.data.rank == 2 && x.data.shape[1] == inputSize, "\(type(of: self))",
      "expected packed rows [*, \(inputSize)], got \(x.data.shape)")
    requireDType(x.data)
    let initial = initialState(state, x.batchSizes[0], x.data.dtype)
    let sorted = x.sortedIndices.map { index in initial.map { $0.indexSelect(axis: 1, index: index) } } ?? initial
    let (output, final) = layers(x.data, x.batchSizes, sorted)
    let unsorted = x.unsortedIndices.map { index in final.map { $0.indexSelect(axis: 1, index: index) } } ?? final
    return (x.replacingData(output), unsorted)
  }

  private func requireDType(_ x: Variable) {
    let dtype = weights[0].weightIH.dtype
    require(x.dtype == dtype, "\(type(of: self))", "expected \(dtype) input, got \(x.dtype)\(x.shape)")
  }

  private var expectedBatch: String { batchFirst ? "[N, L, \(inputSize)]" : "[L, N, \(inputSize)]" }

  private func requireInput(_ x: Variable) {
    require(
      (x.rank == 2 || x.rank == 3) && x.shape[x.rank - 1] == inputSize, "\(type(of: self))",
      "expected input \(expectedBatch) or [L, \(inputSize)], got \(x.shape)")
    require(
      x.shape[x.rank == 3 && batchFirst ? 1 : 0] > 0, "\(type(of: self))",
      "expected at least one step, got input \(x.shape)")
    requireDType(x)
  }

  /// The state that is given, or zeros: [layers·directions, count, size], without `count` of a single sequence.
  private func initialState(_ state: [Variable]?, _ count: Int?, _ dtype: DType) -> [Variable] {
    let shapes = weights[0].stateSizes(cell).map { size in
      count.map { [weights.count, $0, size] as Shape } ?? [weights.count, size]
    }
    guard let state else { return shapes.map { Variable(.zeros($0, dtype: dtype)) } }
    for (name, (given, shape)) in zip(["h", "c"], zip(state, shapes)) {
      require(
        given.shape == shape && given.dtype == dtype, "\(type(of: self))",
        "expected \(name) \(dtype)\(shape), got \(given.dtype)\(given.shape)")
    }
    return state
  }
}
