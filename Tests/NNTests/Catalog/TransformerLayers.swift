import Autograd
import NN
import Tensors
import TestSupport

/// An attention, two more products and two or three layer norms of four features, whose differences from the mean lose a bit
/// or two; they lose as much on the way back, on which the attention's come on top.
private let layer = Tolerance.ulps(16, of: .largest, gradient: 128)
/// Of two layers one after the other.
private let stack = Tolerance.ulps(32, of: .largest, gradient: 256)

let transformerLayers: [CatalogEntry] = [
  .layer("TransformerEncoderLayer", "TransformerEncoderLayer(dModel:nhead:…)", layer) { a, dtype in
    let (layer, masks, isCausal) = (encoderLayer(a, dtype), GivenMasks(a), flag("is_causal", a))
    return Subject(layer) { inputs in
      layer(
        inputs[0], srcMask: masks["src_mask", inputs], srcKeyPaddingMask: masks["src_key_padding_mask", inputs],
        isCausal: isCausal)
    }
  },
  .layer("TransformerEncoder", "TransformerEncoder(numLayers:norm:layer:)", stack) { a, dtype in
    let encoder = TransformerEncoder(numLayers: a["num_layers"], norm: norm(a, dtype)) { encoderLayer(a, dtype) }
    let (masks, isCausal) = (GivenMasks(a), flag("is_causal", a))
    return Subject(encoder) { inputs in
      encoder(
        inputs[0], mask: masks["mask", inputs], srcKeyPaddingMask: masks["src_key_padding_mask", inputs],
        isCausal: isCausal)
    }
  },
  .layer("TransformerDecoderLayer", "TransformerDecoderLayer(dModel:nhead:…)", layer) { a, dtype in
    let (layer, masks) = (decoderLayer(a, dtype), GivenMasks(a))
    let (tgtIsCausal, memoryIsCausal) = (flag("tgt_is_causal", a), flag("memory_is_causal", a))
    return Subject(layer) { x in
      layer(
        x[0], x[1], tgtMask: masks["tgt_mask", x], memoryMask: masks["memory_mask", x],
        tgtKeyPaddingMask: masks["tgt_key_padding_mask", x],
        memoryKeyPaddingMask: masks["memory_key_padding_mask", x], tgtIsCausal: tgtIsCausal,
        memoryIsCausal: memoryIsCausal)
    }
  },
  .layer("TransformerDecoder", "TransformerDecoder(numLayers:norm:layer:)", stack) { a, dtype in
    let decoder = TransformerDecoder(numLayers: a["num_layers"], norm: norm(a, dtype)) { decoderLayer(a, dtype) }
    let (masks, tgtIsCausal, memoryIsCausal) = (GivenMasks(a), flag("tgt_is_causal", a), flag("memory_is_causal", a))
    return Subject(decoder) { x in
      decoder(
        x[0], x[1], tgtMask: masks["tgt_mask", x], memoryMask: masks["memory_mask", x],
        tgtKeyPaddingMask: masks["tgt_key_padding_mask", x],
        memoryKeyPaddingMask: masks["memory_key_padding_mask", x], tgtIsCausal: tgtIsCausal,
        memoryIsCausal: memoryIsCausal)
    }
  },
  .layer("Transformer", "Transformer(dModel:nhead:…)", stack) { a, dtype in
    let model = Transformer(
      dModel: a["d_model"], nhead: a["nhead"], numEncoderLayers: a["num_encoder_layers"],
      numDecoderLayers: a["num_decoder_layers"], dimFeedforward: a["dim_feedforward"], dropout: a["dropout"],
      activation: activation(a), batchFirst: flag("batch_first", a), normFirst: flag("norm_first", a),
      bias: a["bias", default: true], dtype: dtype)
    let (masks, tgtIsCausal) = (GivenMasks(a), flag("tgt_is_causal", a))
    return Subject(model) { x in
      model(
        x[0], x[1], srcMask: masks["src_mask", x], tgtMask: masks["tgt_mask", x], memoryMask: masks["memory_mask", x],
        srcKeyPaddingMask: masks["src_key_padding_mask", x], tgtKeyPaddingMask: masks["tgt_key_padding_mask", x],
        memoryKeyPaddingMask: masks["memory_key_padding_mask", x], tgtIsCausal: tgtIsCausal)
    }
  },
]

private func encoderLayer(_ a: Arguments, _ dtype: DType) -> TransformerEncoderLayer {
  TransformerEncoderLayer(
    dModel: a["d_model"], nhead: a["nhead"], dimFeedforward: a["dim_feedforward"], dropout: a["dropout"],
    activation: activation(a), layerNormEps: a["layer_norm_eps", default: 1e-5], batchFirst: flag("batch_first", a),
    normFirst: flag("norm_first", a), bias: a["bias", default: true], dtype: dtype)
}

private func decoderLayer(_ a: Arguments, _ dtype: DType) -> TransformerDecoderLayer {
  TransformerDecoderLayer(
    dModel: a["d_model"], nhead: a["nhead"], dimFeedforward: a["dim_feedforward"], dropout: a["dropout"],
    activation: activation(a), layerNormEps: a["layer_norm_eps", default: 1e-5], batchFirst: flag("batch_first", a),
    normFirst: flag("norm_first", a), bias: a["bias", default: true], dtype: dtype)
}

private func norm(_ a: Arguments, _ dtype: DType) -> LayerNorm? {
  a["norm"] ? LayerNorm(a["d_model"] as Int, dtype: dtype) : nil
}

private func activation(_ a: Arguments) -> Activation {
  switch a["activation", default: "relu"] {
  case "gelu": .gelu
  case "silu": .function { $0.silu() }
  default: .relu
  }
}

private func flag(_ name: String, _ a: Arguments) -> Bool { a[name, default: false] }
