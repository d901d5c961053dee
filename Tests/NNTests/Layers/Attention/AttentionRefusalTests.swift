import Autograd
import Tensors
import TestSupport
import Testing

import NN

@Suite struct AttentionRefusalTests {
  @Test func refusesOptionsThatDoNotFit() async {
    let heads = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = MultiheadAttention(embedDim: 6, numHeads: 4)
    }
    expectMessage(heads, "MultiheadAttention", "6 features in 4 heads; expected a multiple of the number of heads")
    let share = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = MultiheadAttention(embedDim: 6, numHeads: 2, dropout: 2)
    }
    expectMessage(share, "MultiheadAttention", "the probability 2.0; expected 0 ... 1")
  }

  @Test func refusesSequencesOfAnotherSize() async {
    let query = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let x = Variable(.zeros([3, 2, 5]))
      _ = MultiheadAttention(embedDim: 4, numHeads: 2)(x, x, x)
    }
    expectMessage(query, "MultiheadAttention", "expected query [L, N, 4] or [L, 4], got [3, 2, 5]")
    let batch = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let (x, y) = (Variable(.zeros([2, 3, 4])), Variable(.zeros([1, 3, 4])))
      _ = MultiheadAttention(embedDim: 4, numHeads: 2, batchFirst: true)(x, y, y)
    }
    expectMessage(
      batch, "MultiheadAttention",
      "expected key [N, S, 4] or [S, 4] and value [N, S, 4] or [S, 4] for query [2, 3, 4], got [1, 3, 4] and [1, 3, 4]")
    let lengths = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let x = Variable(.zeros([3, 4]))
      _ = MultiheadAttention(embedDim: 4, numHeads: 2)(x, x, Variable(.zeros([2, 4])))
    }
    expectMessage(lengths, "MultiheadAttention", "for query [3, 4], got [3, 4] and [2, 4]")
  }

  @Test func refusesMasksOfAnotherShape() async {
    let attention = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let x = Variable(.zeros([3, 5, 4]))
      _ = MultiheadAttention(embedDim: 4, numHeads: 2)(x, x, x, attnMask: Tensor.zeros([3, 2]))
    }
    expectMessage(
      attention, "MultiheadAttention",
      "expected attnMask [3, 3] or [10, 3, 3] of bool or floating-point numbers, got float32[3, 2]")
    let padding = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let x = Variable(.zeros([3, 5, 4]))
      _ = MultiheadAttention(embedDim: 4, numHeads: 2)(x, x, x, keyPaddingMask: Tensor.zeros([5, 3], dtype: .int64))
    }
    expectMessage(
      padding, "MultiheadAttention",
      "expected keyPaddingMask [5, 3] of bool or floating-point numbers, got int64[5, 3]")
  }

  /// A failure inside names the layer of the stack.
  @Test func namesItsPlaceInATransformer() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let encoder = TransformerEncoder(numLayers: 3) { TransformerEncoderLayer(dModel: 4, nhead: 2, dimFeedforward: 3) }
      _ = encoder(Tensor.zeros([3, 5, 6]))
    }
    expectMessage(
      result, "MultiheadAttention at layers.0.self_attn", "expected query [L, N, 4] or [L, 4], got [3, 5, 6]")
    let decoder = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let model = Transformer(
        dModel: 4, nhead: 2, numEncoderLayers: 1, numDecoderLayers: 2, dimFeedforward: 3, batchFirst: true)
      let x = Variable(.zeros([1, 3, 4]))
      _ = model(x, x, memoryMask: Tensor.zeros([3, 2]))
    }
    expectMessage(decoder, "MultiheadAttention at decoder.layers.0.multihead_attn", "expected attnMask [3, 3]")
    let sizes = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let model = Transformer(dModel: 4, nhead: 2, numEncoderLayers: 1, numDecoderLayers: 1, dimFeedforward: 3)
      _ = model(Variable(.zeros([3, 1, 4])), Variable(.zeros([3, 2, 4])))
    }
    expectMessage(
      sizes, "Transformer",
      "expected src [S, N, 4] and tgt [L, N, 4], or [S, 4] and [L, 4], got [3, 1, 4] and [3, 2, 4]")
  }
}
