import Adjoint

/// A transformer that only decodes: each character looks at itself and at those before it, and says what follows.
///
/// A. Vaswani et al., "Attention Is All You Need", arXiv:1706.03762; with the norms first, arXiv:2002.04745.
final class LanguageModel: Module {
  let embedding: Embedding
  let position: LearnedPositionalEncoding
  let blocks: TransformerEncoder
  let output: Linear

  /// How many characters it can look back at, the present one included.
  var context: Int { position.weight.shape[0] }

  init(characters: Int, context: Int, width: Int, heads: Int, layers: Int, dropout: Double) {
    embedding = Embedding(characters, width)
    embedding.weight.value *= 0.02  // as small as the positions, so that both count
    position = LearnedPositionalEncoding(maxLength: context, dModel: width, batchFirst: true)
    blocks = TransformerEncoder(numLayers: layers, norm: LayerNorm(width)) {
      TransformerEncoderLayer(
        dModel: width, nhead: heads, dimFeedforward: 4 * width, dropout: dropout, activation: .gelu, batchFirst: true,
        normFirst: true)
    }
    output = Linear(width, characters)
  }

  /// Characters [N, L] → logits of the character after each, [N, L, characters].
  override func forward(_ characters: Variable) -> Variable {
    output(blocks(position(embedding(characters)), isCausal: true))
  }
}

/// Mean cross-entropy of logits [N, L, characters] and the characters that did follow, [N, L].
func textLoss(_ logits: Variable, _ targets: Tensor) -> Variable {
  crossEntropy(logits.flattened(through: 1), targets.flattened())
}
