import Autograd
import Tensors

/// An encoder and a decoder that attends to its output, each of layers and a norm: src [S, N, dModel], tgt [L, N, dModel]
/// → [L, N, dModel]; with `batchFirst` [N, S, ..] and [N, L, ..]; without a batch [S, ..] and [L, ..].
///
/// ```swift
/// let transformer = Transformer(dModel: 128, nhead: 4, numEncoderLayers: 2, numDecoderLayers: 2, batchFirst: true)
/// let y = transformer(src, tgt, tgtMask: Transformer.generateSquareSubsequentMask(tgt.shape[1]))
/// ```
///
/// All matrices are at first uniform after Xavier, as PyTorch's.
///
/// A. Vaswani et al., Attention Is All You Need, arXiv:1706.03762.
public final class Transformer: Module {
  /// What reads the source.
  public let encoder: TransformerEncoder
  /// What writes the target.
  public let decoder: TransformerDecoder
  private let dModel: Int
  private let batchFirst: Bool

  /// A transformer of `dModel` features and `nhead` heads. See ``TransformerEncoderLayer``'s for the other parameters.
  public init(
    dModel: Int = 512, nhead: Int = 8, numEncoderLayers: Int = 6, numDecoderLayers: Int = 6, dimFeedforward: Int = 2048,
    dropout: Double = 0.1, activation: Activation = .relu, layerNormEps: Double = 1e-5,
    batchFirst: Bool = false, normFirst: Bool = false, bias: Bool = true, dtype: DType = .float32,
    generator: Generator = .default
  ) {
    func norm() -> LayerNorm { LayerNorm(dModel, eps: layerNormEps, bias: bias, dtype: dtype) }
    (self.dModel, self.batchFirst) = (dModel, batchFirst)
    encoder = TransformerEncoder(numLayers: numEncoderLayers, norm: norm()) {
      TransformerEncoderLayer(
        dModel: dModel, nhead: nhead, dimFeedforward: dimFeedforward, dropout: dropout, activation: activation,
        layerNormEps: layerNormEps, batchFirst: batchFirst, normFirst: normFirst, bias: bias, dtype: dtype,
        generator: generator)
    }
    decoder = TransformerDecoder(numLayers: numDecoderLayers, norm: norm()) {
      TransformerDecoderLayer(
        dModel: dModel, nhead: nhead, dimFeedforward: dimFeedforward, dropout: dropout, activation: activation,
        layerNormEps: layerNormEps, batchFirst: batchFirst, normFirst: normFirst, bias: bias, dtype: dtype,
        generator: generator)
    }
    super.init()
    for matrix in parameters() where matrix.rank > 1 {
      matrix.initialize { Initializer.xavierUniform($0, dtype: $1, generator: generator) }
    }
  }

  /// The decoder's output for a source and a target.
  ///
  /// - Parameters:
  ///   - srcMask: what a position of the source does not see of it, [S, S] or [N·nhead, S, S]: booleans, true where hidden,
  ///     or summands.
  ///   - tgtMask: what a position of the target does not see of it, [L, L] or [N·nhead, L, L], likewise.
  ///   - memoryMask: what it does not see of the encoder's output, [L, S] or [N·nhead, L, S], likewise.
  ///   - srcKeyPaddingMask: what no position of the source sees of it, [N, S], likewise.
  ///   - tgtKeyPaddingMask: what no position of the target sees of it, [N, L], likewise.
  ///   - memoryKeyPaddingMask: what no position of the target sees of the encoder's output, [N, S], likewise.
  ///   - srcIsCausal: each position of the source sees itself and those before, together with the masks.
  ///   - tgtIsCausal: each position of the target sees itself and those before, together with the masks.
  ///   - memoryIsCausal: position i of the target sees positions 0...i of the encoder's output, together with the masks.
  public func callAsFunction(
    _ src: Variable, _ tgt: Variable, srcMask: (any TensorProtocol)? = nil, tgtMask: (any TensorProtocol)? = nil,
    memoryMask: (any TensorProtocol)? = nil, srcKeyPaddingMask: (any TensorProtocol)? = nil,
    tgtKeyPaddingMask: (any TensorProtocol)? = nil, memoryKeyPaddingMask: (any TensorProtocol)? = nil,
    srcIsCausal: Bool = false, tgtIsCausal: Bool = false, memoryIsCausal: Bool = false
  ) -> Variable {
    withinCall {
      check(src, tgt)
      let memory = encoder(src, mask: srcMask, srcKeyPaddingMask: srcKeyPaddingMask, isCausal: srcIsCausal)
      return decoder(
        tgt, memory, tgtMask: tgtMask, memoryMask: memoryMask, tgtKeyPaddingMask: tgtKeyPaddingMask,
        memoryKeyPaddingMask: memoryKeyPaddingMask, tgtIsCausal: tgtIsCausal, memoryIsCausal: memoryIsCausal)
    }
  }

  /// The mask that hides what comes later, for `size` positions: 0 on and below the diagonal, −∞ above. [size, size].
  public static func generateSquareSubsequentMask(_ size: Int, dtype: DType = .float32) -> Tensor {
    .full([size, size], -Double.infinity, dtype: dtype).triu(diagonal: 1)
  }

  private func check(_ src: Variable, _ tgt: Variable) {
    let batch = batchFirst ? 0 : 1
    require(
      (src.rank == 2 || src.rank == 3) && src.rank == tgt.rank && src.shape.last == dModel && tgt.shape.last == dModel
        && (src.rank == 2 || src.shape[batch] == tgt.shape[batch]), "Transformer",
      "expected src \(batchFirst ? "[N, S, \(dModel)]" : "[S, N, \(dModel)]") and tgt "
        + "\(batchFirst ? "[N, L, \(dModel)]" : "[L, N, \(dModel)]"), or [S, \(dModel)] and [L, \(dModel)], "
        + "got \(src.shape) and \(tgt.shape)")
  }
}
