import Autograd
import NN
import Tensors
import TestSupport

/// Rows as they are; those above a norm by a factor of four roundings: measured 2 ulps. A gradient sums up to three rows.
private let lookup = Tolerance.ulps(4, gradient: 4)
/// Sums of up to seven rows, not in PyTorch's order: measured 2 ulps, of gradients 1.
private let bag = Tolerance.ulps(4, of: .largest, gradient: 4)

let embeddingLayers: [CatalogEntry] = [
  .layer("Embedding", "Embedding(_:_:paddingIndex:maxNorm:normType:scaleGradByFreq:)", lookup) { a, dtype in
    Embedding(
      a["num_embeddings"], a["embedding_dim"], paddingIndex: a[optional: "padding_idx"],
      maxNorm: a[optional: "max_norm"],
      normType: a["norm_type", default: 2], scaleGradByFreq: a["scale_grad_by_freq", default: false], dtype: dtype)
  },
  .layer(
    "EmbeddingBag",
    "EmbeddingBag(_:_:maxNorm:normType:scaleGradByFreq:mode:includeLastOffset:paddingIndex:)", bag
  ) { a, dtype in
    let layer = EmbeddingBag(
      a["num_embeddings"], a["embedding_dim"], maxNorm: a[optional: "max_norm"], normType: a["norm_type", default: 2],
      scaleGradByFreq: a["scale_grad_by_freq", default: false], mode: EmbeddingBag.Mode(rawValue: a["mode"]) ?? .mean,
      includeLastOffset: a["include_last_offset", default: false], paddingIndex: a[optional: "padding_idx"],
      dtype: dtype)
    return Subject(layer) { inputs in
      let offsets = inputs.dropFirst().first { !$0.dtype.isFloatingPoint }?.value
      let weights = inputs.dropFirst().first { $0.dtype.isFloatingPoint }
      return offsets == nil && weights == nil ? layer(inputs[0]) : layer(inputs[0], offsets, perSampleWeights: weights)
    }
  },
]
