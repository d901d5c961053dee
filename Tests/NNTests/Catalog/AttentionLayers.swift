import Autograd
import NN
import Tensors
import TestSupport

/// Three dot products one after the other, of 4, 2 and 4 terms, and a softmax between them; the gradients of queries and
/// keys are differences g·v − Σ p·(g·v) of numbers several times as large.
private let attention = Tolerance.ulps(8, of: .largest, gradient: 56)

let attentionLayers: [CatalogEntry] = [
  .layer(
    "MultiheadAttention",
    "MultiheadAttention(embedDim:numHeads:dropout:bias:addBiasKV:addZeroAttn:kdim:vdim:batchFirst:)", attention
  ) { a, dtype in
    let layer = MultiheadAttention(
      embedDim: a["embed_dim"], numHeads: a["num_heads"], bias: a["bias", default: true],
      addBiasKV: a["add_bias_kv", default: false], addZeroAttn: a["add_zero_attn", default: false],
      kdim: a[optional: "kdim"], vdim: a[optional: "vdim"], batchFirst: a["batch_first", default: false], dtype: dtype)
    let (needsWeights, averages): (Bool, Bool) = (a["need_weights"], a["average_attn_weights", default: true])
    let isCausal: Bool = a["is_causal", default: false]
    let masks = GivenMasks(a)
    return Subject(layer) { inputs in
      let x = masks.sequences(of: inputs)
      let (y, weights) = layer(
        x[0], x.count == 3 ? x[1] : x[0], x.count == 3 ? x[2] : x[0],
        keyPaddingMask: masks["key_padding_mask", inputs], needWeights: needsWeights,
        attnMask: masks["attn_mask", inputs], averageAttnWeights: averages, isCausal: isCausal)
      return weights.map { [y, $0] } ?? [y]
    }
  }
]

/// The masks of a case: its last inputs, by name.
struct GivenMasks {
  private let names: [String]

  init(_ arguments: Arguments) { names = arguments["masks"] }

  /// The inputs before the masks.
  func sequences(of inputs: [Variable]) -> [Variable] { Array(inputs.dropLast(names.count)) }

  /// A mask of this name, if the case has one.
  subscript(name: String, inputs: [Variable]) -> Variable? {
    names.firstIndex(of: name).map { inputs[inputs.count - names.count + $0] }
  }
}
