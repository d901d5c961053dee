import Autograd
import Tensors
import TestSupport
import Testing

import NN

@Suite struct RNNBaseTests {
  @Test func hasPyTorchsNamesInItsOrder() {
    let lstm = LSTM(5, 3, numLayers: 2, bidirectional: true, projSize: 2)
    let one = ["weight_ih", "weight_hh", "bias_ih", "bias_hh", "weight_hr"]
    let suffixes = ["_l0", "_l0_reverse", "_l1", "_l1_reverse"]
    #expect(lstm.namedParameters().map(\.name) == suffixes.flatMap { suffix in one.map { $0 + suffix } })
    let shapes: [Shape] = [[12, 5], [12, 2], [12], [12], [2, 3]]
    #expect(lstm.parameters().prefix(5).map(\.shape) == shapes)
    #expect(lstm.stateDict()["weight_ih_l1"]?.shape == [12, 4])
    #expect(GRU(5, 3, bias: false).namedParameters().map(\.name) == ["weight_ih_l0", "weight_hh_l0"])
    #expect(GRU(5, 3).weights[0].weightIH.shape == [9, 5])
    #expect(RNN(5, 3, dtype: .float64).weights[0].weightHH.dtype == .float64)
  }

  @Test func startsUniformWithinTheBoundOfPyTorch() {
    let layer = LSTM(40, 25, bidirectional: true, generator: Generator(seed: 4))
    for values in layer.parameters().map({ $0.value.scalars(as: Double.self) }) {
      // Bound 1/√25; the extremes of 100 draws or more come within 20 % of it but for one seed in 10⁴.
      #expect(values.allSatisfy { abs($0) < 0.2 })
      #expect((values.max() ?? 0) > 0.16 && (values.min() ?? 0) < -0.16)
    }
  }

  @Test func printsAsPyTorch() {
    #expect(RNN(3, 4, nonlinearity: .relu).extraDescription == "3, 4")
    #expect(
      LSTM(3, 4, numLayers: 2, bias: false, batchFirst: true, dropout: 0.5, bidirectional: true, projSize: 2)
        .extraDescription
        == "3, 4, proj_size=2, num_layers=2, bias=False, batch_first=True, dropout=0.5, bidirectional=True")
    #expect(GRU(64, 128, numLayers: 3).extraDescription == "64, 128, num_layers=3")
    #expect(RNNCell(3, 4, bias: false, nonlinearity: .relu).extraDescription == "3, 4, bias=False, nonlinearity=relu")
    #expect(LSTMCell(3, 4).extraDescription == "3, 4")
  }

  @Test func givesTheOutputAloneOrWithTheState() {
    let lstm = LSTM(2, 3, generator: Generator(seed: 1))
    let x = Variable(Tensor.randn([4, 5, 2], generator: Generator(seed: 2)))
    let alone = lstm(x)
    let (output, (h, c)) = lstm(x)
    #expect(alone.value == output.value && output.shape == [4, 5, 3])
    #expect(h.shape == [1, 5, 3] && c.shape == [1, 5, 3])
    #expect(h.value[0] == output.value[3])
    let (again, _) = lstm(x, (Variable(.zeros([1, 5, 3])), Variable(.zeros([1, 5, 3]))))
    #expect(again.value == output.value)
  }

  @Test func standsInASequential() {
    let model = Sequential(GRU(2, 3, batchFirst: true, bidirectional: true), Linear(6, 1))
    let y = model(Variable(.randn([5, 4, 2])))
    #expect(y.shape == [5, 4, 1])
    y.sum().backward()
    #expect(model.parameters().allSatisfy { $0.grad != nil })
  }

  @Test func aCopyHasParametersOfItsOwn() {
    for layer in [GRU(2, 3, numLayers: 2), LSTM(2, 3, bidirectional: true), LSTMCell(2, 3)] as [Module] {
      let copy = layer.copied()
      let x = Variable(Tensor.randn([4, 2], generator: Generator(seed: 1)))
      let before = layer(x).value
      #expect(copy(x).value == before)
      copy.parameters().forEach { $0.value = $0.value.zerosLike() }
      #expect(layer(x).value == before && copy(x).value != before)
      #expect(copy.namedParameters().map(\.name) == layer.namedParameters().map(\.name))
    }
  }

  @Test func aParametrizedWeightIsUsed() {
    let gru = GRU(2, 3, generator: Generator(seed: 1))
    let x = Variable(Tensor.randn([4, 2], generator: Generator(seed: 2)))
    let before = gru(x).value
    weightNorm(gru, name: "weight_hh_l0")
    expectClose(gru(x).value, before, within: 8, "normalized by its own norm")
    #expect(gru.stateDict().keys.contains("parametrizations.weight_hh_l0.original0"))
    let (output, _) = gru(x)
    output.sum().backward()
    #expect(gru.namedParameters().allSatisfy { $0.parameter.grad != nil })
  }

  @Test func isSummedUpWithItsOutputs() {
    let text = "\(LSTM(2, 3).summary(input: [4, 5, 2]))"
    #expect(text.contains("[4, 5, 3]"), "\(text)")
    #expect("\(Sequential(LSTM(2, 3)))" == "Sequential(\n  (0): LSTM(2, 3)\n)")
  }

  @Test func changesItsDType() {
    let gru = GRU(2, 3).to(.float64)
    let (output, h) = gru(Variable(Tensor.randn([4, 5, 2], dtype: .float64)))
    #expect(output.dtype == .float64 && h.dtype == .float64)
  }

  @Test func aChainOfCellsIsTheLayer() throws {
    let x = Tensor.randn([5, 2, 3], dtype: .float64, generator: Generator(seed: 1))
    let (lstm, lstmCell) = (LSTM(3, 4, dtype: .float64), LSTMCell(3, 4, dtype: .float64))
    let (gru, gruCell) = (GRU(3, 4, dtype: .float64), GRUCell(3, 4, dtype: .float64))
    for (layer, cell) in [(lstm, lstmCell), (gru, gruCell)] as [(Module, Module)] {
      let state = layer.stateDict().map { (String($0.key.dropLast(3)), $0.value) }
      try cell.loadStateDict(Dictionary(uniqueKeysWithValues: state))
    }
    let (output, (_, c)) = lstm(Variable(x))
    let zeros = Variable(.zeros([2, 4], dtype: .float64))
    var (state, h) = ((h: zeros, c: zeros), zeros)
    for t in 0..<5 {
      state = lstmCell(Variable(x[t]), state)
      h = gruCell(Variable(x[t]), h)
      expectClose(state.h.value, output.value[t], within: 8, "step \(t)")
    }
    expectClose(state.c.value, c.value[0], within: 8, "c")
    expectClose(h.value, gru(Variable(x)).value[4], within: 8, "h")
  }

  @Test func recordsNothingWhereNothingIsAsked() {
    let lstm = LSTM(2, 3)
    #expect(!noGrad { lstm(Variable(.randn([4, 5, 2]))) }.requiresGrad)
    lstm.parameters().forEach { $0.requiresGrad = false }
    let h = Variable(.zeros([1, 5, 3]), requiresGrad: true)
    let (output, _) = lstm(Variable(.randn([4, 5, 2])), (h, Variable(.zeros([1, 5, 3]))))
    output.sum().backward()
    #expect(h.grad?.value.abs().max().item(as: Float.self) ?? 0 > 0)
    #expect(lstm.parameters().allSatisfy { $0.grad == nil })
  }
}
