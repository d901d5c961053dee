import Autograd
import Tensors
import TestSupport
import Testing

import NN

/// Dropout between the layers.
@Suite struct RecurrentDropoutTests {
  private let x = Variable(Tensor.randn([4, 3, 2], generator: Generator(seed: 2)))

  private func gru(_ dropout: Double, layers: Int = 2) -> GRU {
    GRU(2, 3, numLayers: layers, dropout: dropout, generator: Generator(seed: 1))
  }

  @Test func zeroIsNone() {
    #expect(gru(0)(x).value == GRU(2, 3, numLayers: 2, generator: Generator(seed: 1))(x).value)
  }

  @Test func oneLeavesTheSecondLayerWithoutInput() throws {
    let layer = gru(1)
    let second = GRU(3, 3)
    let state = layer.stateDict().filter { $0.key.hasSuffix("_l1") }
    try second.loadStateDict(Dictionary(uniqueKeysWithValues: state.map { ($0.key.dropLast() + "0", $0.value) }))
    #expect(layer(x).value == second(Variable(.zeros([4, 3, 3]))).value)
  }

  @Test func evaluationIgnoresIt() {
    let layer = gru(0.5)
    layer.eval()
    #expect(layer(x).value == gru(0)(x).value)
    layer.train()
    #expect(layer(x).value != gru(0)(x).value)
  }

  @Test func theLastLayerHasNone() {
    #expect(gru(0.9, layers: 1)(x).value == gru(0, layers: 1)(x).value)
    // Of two layers the second's outputs are no zeros.
    #expect((gru(0.9)(x).value .== 0).to(.int32).sum().item(as: Int.self) == 0)
  }

  @Test func theFinalStateOfALayerIsBeforeIt() {
    let (_, h) = gru(1)(x)
    let (_, plain) = gru(0)(x)
    #expect(h.value[0] == plain.value[0] && h.value[1] != plain.value[1])
  }

  @Test func everyCallDrawsAnew() {
    let layer = gru(0.5)
    #expect(layer(x).value != layer(x).value)
  }
}
