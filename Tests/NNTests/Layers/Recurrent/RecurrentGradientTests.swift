import Autograd
import Tensors
import TestSupport
import Testing

import NN

/// First and second derivatives where the catalog's first smooth case does not look.
@Suite struct RecurrentGradientTests {
  /// With respect to the input, the initial states and all parameters.
  private func check(
    _ layer: RNNBase, states: [Int], _ call: (Variable, [Variable]) -> [Variable]
  ) throws {
    let count = layer.numLayers * (layer.bidirectional ? 2 : 1)
    let x = Tensor.randn([3, 2, 2], dtype: .float64, generator: Generator(seed: 2))
    let initial = states.map { Tensor.randn([count, 2, $0], dtype: .float64, generator: Generator(seed: UInt64($0))) }
    let function = { (inputs: [Variable]) in
      layer.withParameters(Array(inputs.dropFirst(1 + states.count))) {
        call(inputs[0], Array(inputs[1..<1 + states.count]))
      }
    }
    let inputs = [x] + initial + layer.parameters().map(\.value)
    try gradcheck(function, inputs: inputs).check()
    try gradgradcheck(function, inputs: inputs, mode: .fast).check()
  }

  @Test(.steadyKernels) func ofPackedProjectedLSTMs() throws {
    let lstm = LSTM(2, 3, bidirectional: true, projSize: 2, dtype: .float64, generator: Generator(seed: 1))
    try check(lstm, states: [2, 3]) {
      let (output, (h, c)) = lstm($0, ($1[0], $1[1]), lengths: [1, 3])
      return [output, h, c]
    }
  }

  @Test(.steadyKernels) func ofPackedGRUs() throws {
    let gru = GRU(2, 2, numLayers: 2, bidirectional: true, dtype: .float64, generator: Generator(seed: 1))
    try check(gru, states: [2]) {
      let (output, h) = gru($0, $1[0], lengths: [3, 2])
      return [output, h]
    }
  }

  @Test(.steadyKernels) func ofRectifiedRNNs() throws {
    let rnn = RNN(2, 3, nonlinearity: .relu, dtype: .float64, generator: Generator(seed: 1))
    try check(rnn, states: [3]) { [rnn($0, $1[0]).output] }
  }

  /// The output's gradient, or the state's, has not arrived.
  @Test(.steadyKernels) func ofTheStateAlone() throws {
    let lstm = LSTM(2, 2, dtype: .float64, generator: Generator(seed: 1))
    try check(lstm, states: [2, 2]) { [lstm($0, ($1[0], $1[1])).state.c] }
    let gru = GRU(2, 2, dtype: .float64, generator: Generator(seed: 1))
    try check(gru, states: [2]) { [gru($0, $1[0]).h] }
  }

  @Test(.steadyKernels) func ofCells() throws {
    let cell = LSTMCell(2, 2, dtype: .float64, generator: Generator(seed: 1))
    let inputs = (1...3).map { Tensor.randn([2, 2], dtype: .float64, generator: Generator(seed: $0)) }
    let function = { (x: [Variable]) in
      let first = cell(x[0], (x[1], x[2]))
      let (h, c) = cell(x[0], first)
      return [h, c]
    }
    try gradcheck(function, inputs: inputs).check()
    try gradgradcheck(function, inputs: inputs, mode: .fast).check()
  }

  /// A sweep runs kernels; one that is recorded composes operations. Sizes with full vectors, rests and both.
  @Test(.steadyKernels, arguments: [1, 5, 16, 35], [DType.float32, .float64])
  func kernelsAgreeWithCompositions(hidden: Int, dtype: DType) {
    let layers: [Module] = [
      LSTM(2, hidden, dtype: dtype, generator: Generator(seed: 1)),
      GRU(2, hidden, dtype: dtype, generator: Generator(seed: 1)),
    ]
    let x = Tensor.randn([3, 2, 2], dtype: dtype, generator: Generator(seed: 2))
    for layer in layers {
      let inputs = [Variable(x, requiresGrad: true)] + layer.parameters()
      let loss = (layer(inputs[0]) * Variable(.randn([3, 2, hidden], dtype: dtype, generator: Generator(seed: 3))))
        .sum()
      let composed = grad(of: loss, withRespectTo: inputs, createGraph: true)
      let fused = grad(of: loss, withRespectTo: inputs)
      for (a, b) in zip(fused, composed) {
        // Errors of three steps, in units of the largest element.
        let scale = b.value.abs().max().item(as: Double.self)
        expectClose(a.value, b.value, within: 32, floor: scale, "\(type(of: layer))")
      }
    }
  }
}
