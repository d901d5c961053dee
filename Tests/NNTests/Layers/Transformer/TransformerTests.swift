import Autograd
import Tensors
import TestSupport
import Testing

import NN

@Suite struct TransformerTests {
  private static func layer(_ seed: UInt64 = 1, dropout: Double = 0.1) -> TransformerEncoderLayer {
    TransformerEncoderLayer(
      dModel: 4, nhead: 2, dimFeedforward: 3, dropout: dropout, batchFirst: true, generator: Generator(seed: seed))
  }

  @Test func parametersComeInPyTorchsOrder() {
    let model = Transformer(dModel: 4, nhead: 2, numEncoderLayers: 1, numDecoderLayers: 1, dimFeedforward: 3)
    func attention(_ name: String) -> [String] {
      ["in_proj_weight", "in_proj_bias", "out_proj.weight", "out_proj.bias"].map { "\(name).\($0)" }
    }
    func pairs(_ names: String...) -> [String] { names.flatMap { ["\($0).weight", "\($0).bias"] } }
    let encoder = attention("self_attn") + pairs("linear1", "linear2", "norm1", "norm2")
    let decoder =
      attention("self_attn") + attention("multihead_attn") + pairs("linear1", "linear2", "norm1", "norm2", "norm3")
    let expected =
      encoder.map { "encoder.layers.0.\($0)" } + pairs("encoder.norm") + decoder.map { "decoder.layers.0.\($0)" }
      + pairs("decoder.norm")
    #expect(model.namedParameters().map(\.name) == expected)
  }

  @Test func aStackOfALayerIsOfCopies() {
    let layer = Self.layer()
    let encoder = TransformerEncoder(layer, numLayers: 2, norm: LayerNorm(4))
    #expect(encoder.parameters().count == 26)
    for copy in encoder.layers { #expect(copy !== layer && copy.stateDict() == layer.stateDict()) }
    let decoder = TransformerDecoder(TransformerDecoderLayer(dModel: 4, nhead: 2, dimFeedforward: 3), numLayers: 3)
    #expect(decoder.parameters().count == 54 && decoder.layers[0] !== decoder.layers[1])
    #expect(decoder.layers[0].stateDict() == decoder.layers[2].stateDict())
  }

  @Test func aSummaryListsTheAttention() {
    let text = "\(TransformerEncoder([Self.layer()]).summary(input: [2, 3, 4]))"
    #expect(text.contains("MultiheadAttention") && text.contains("TransformerEncoderLayer"), "\(text)")
  }

  @Test func layersOfAStackAreTheirOwn() {
    let generator = Generator(seed: 3)
    let encoder = TransformerEncoder(numLayers: 2) {
      TransformerEncoderLayer(dModel: 4, nhead: 2, dimFeedforward: 3, generator: generator)
    }
    #expect(encoder.layers[0].linear1.weight.value != encoder.layers[1].linear1.weight.value)
    #expect(encoder.stateDict().keys.contains("layers.1.self_attn.in_proj_weight"))
    #expect(encoder.parameters().count == 24)
  }

  @Test func allMatricesStartUniformAfterXavier() {
    let model = Transformer(
      dModel: 16, nhead: 2, numEncoderLayers: 1, numDecoderLayers: 1, dimFeedforward: 24, generator: Generator(seed: 2))
    for (name, parameter) in model.namedParameters() where parameter.rank == 2 {
      let bound = (6 / Double(parameter.shape[0] + parameter.shape[1])).squareRoot()
      let largest: Double = parameter.value.abs().max().item()
      // The largest of 256 draws or more comes within 5 % of the bound but for one seed in 10⁵.
      #expect(largest < bound && largest > 0.95 * bound, "\(name)")
    }
    #expect(model.encoder.layers[0].norm1.weight?.value == .ones([16]))
  }

  /// Both forms of the call are one function.
  @Test func worksInASequential() {
    let layer = Self.layer()
    layer.eval()
    let x = Tensor.randn([2, 3, 4], generator: Generator(seed: 5))
    let masked = layer(Variable(x), srcKeyPaddingMask: Tensor.zeros([2, 3], dtype: .bool))
    expectClose(Sequential(layer)(x).value, masked.value, within: 8, "a mask that hides nothing")
    #expect(TransformerEncoder([layer])(x).value == layer(x).value)
  }

  @Test func dropsInTrainingOnly() {
    let (layer, x) = (Self.layer(dropout: 0.5), Tensor.randn([2, 3, 4], generator: Generator(seed: 5)))
    #expect(layer(x).value != layer(x).value)
    layer.eval()
    #expect(layer(x).value == layer(x).value)
    // With everything dropped, what is left is the way around each part.
    let empty = TransformerEncoderLayer(dModel: 4, nhead: 2, dimFeedforward: 3, dropout: 1, normFirst: true)
    #expect(empty(x).value == x)
  }

  /// What comes later changes nothing before.
  @Test func aCausalDecoderDoesNotLookAhead() {
    let model = Transformer(
      dModel: 4, nhead: 2, numEncoderLayers: 1, numDecoderLayers: 2, dimFeedforward: 3, batchFirst: true,
      generator: Generator(seed: 4))
    model.eval()
    let source = Variable(.randn([1, 3, 4], generator: Generator(seed: 6)))
    let target = Tensor.randn([1, 5, 4], generator: Generator(seed: 7))
    let whole = model(source, Variable(target), tgtIsCausal: true).value
    let start = model(source, Variable(target[0..., ..<2]), tgtIsCausal: true).value
    expectClose(start, whole[0..., ..<2], within: 16, floor: 1, "the first two")
    let masked = model(source, Variable(target), tgtMask: Transformer.generateSquareSubsequentMask(5)).value
    expectClose(masked, whole, within: 16, floor: 1, "mask or flag")
    #expect(model(source, Variable(target)).value != whole)
  }

  @Test func theSubsequentMaskHidesWhatComesLater() {
    let infinity = Double.infinity
    #expect(
      Transformer.generateSquareSubsequentMask(3, dtype: .float64)
        == Tensor([[0, -infinity, -infinity], [0, 0, -infinity], [0, 0, 0]], dtype: .float64))
  }
}
