import Autograd
import Tensors

/// Self-attention, attention to an encoder's output, then two linear layers at each position, each part with a way around
/// it and a layer norm: y = norm1(x + attention(x, x)), z = norm2(y + attention(y, memory)),
/// norm3(z + linear2(f(linear1(z)))); the norms stand before the parts with `normFirst`.
///
/// tgt [L, N, dModel], memory [S, N, dModel] → [L, N, dModel]; with `batchFirst` [N, L, ..] and [N, S, ..]; without a batch
/// [L, ..] and [S, ..]. State and initial values are those of PyTorch's layer.
///
/// A. Vaswani et al., Attention Is All You Need, arXiv:1706.03762.
public final class TransformerDecoderLayer: Module {
  /// The attention of the input to itself.
  public let selfAttn: MultiheadAttention
  /// The attention to the encoder's output.
  public let multiheadAttn: MultiheadAttention
  /// From dModel to dimFeedforward features.
  public let linear1: Linear
  /// Between the two linear layers.
  public let dropout: Dropout
  /// From dimFeedforward to dModel features.
  public let linear2: Linear
  /// Of the attention to itself.
  public let norm1: LayerNorm
  /// Of the attention to the encoder's output.
  public let norm2: LayerNorm
  /// Of the linear layers.
  public let norm3: LayerNorm
  /// Of the result of the attention to itself.
  public let dropout1: Dropout
  /// Of the result of the attention to the encoder's output.
  public let dropout2: Dropout
  /// Of the linear layers' result.
  public let dropout3: Dropout
  /// What stands between the linear layers.
  public let activation: Activation
  /// Whether the norms stand before the parts.
  public let normFirst: Bool

  /// A layer of `dModel` features and `nhead` heads. See ``TransformerEncoderLayer``'s for the parameters.
  public init(
    dModel: Int, nhead: Int, dimFeedforward: Int = 2048, dropout: Double = 0.1,
    activation: Activation = .relu, layerNormEps: Double = 1e-5, batchFirst: Bool = false,
    normFirst: Bool = false, bias: Bool = true, dtype: DType = .float32, generator: Generator = .default
  ) {
    func attention() -> MultiheadAttention {
      MultiheadAttention(
        embedDim: dModel, numHeads: nhead, dropout: dropout, bias: bias, batchFirst: batchFirst, dtype: dtype,
        generator: generator)
    }
    func linear(_ inputs: Int, _ outputs: Int) -> Linear {
      Linear(inputs, outputs, bias: bias, dtype: dtype, generator: generator)
    }
    func norm() -> LayerNorm { LayerNorm(dModel, eps: layerNormEps, bias: bias, dtype: dtype) }
    func drop() -> Dropout { Dropout(dropout, generator: generator) }
    (self.activation, self.normFirst) = (activation, normFirst)
    (selfAttn, multiheadAttn) = (attention(), attention())
    linear1 = linear(dModel, dimFeedforward)
    self.dropout = drop()
    linear2 = linear(dimFeedforward, dModel)
    (norm1, norm2, norm3) = (norm(), norm(), norm())
    (dropout1, dropout2, dropout3) = (drop(), drop(), drop())
  }

  /// The output for an input, the encoder's output and masks.
  ///
  /// - Parameters:
  ///   - tgtMask: what a position of the input does not see of it, [L, L] or [N·nhead, L, L]: booleans, true where hidden, or
  ///     summands.
  ///   - memoryMask: what it does not see of the encoder's output, [L, S] or [N·nhead, L, S], likewise.
  ///   - tgtKeyPaddingMask: what no position sees of the input, [N, L], likewise.
  ///   - memoryKeyPaddingMask: what no position sees of the encoder's output, [N, S], likewise.
  ///   - tgtIsCausal: each position sees itself and those before, together with the masks.
  ///   - memoryIsCausal: position i sees positions 0...i of the encoder's output, together with the masks.
  public func callAsFunction(
    _ tgt: Variable, _ memory: Variable, tgtMask: (any TensorProtocol)? = nil, memoryMask: (any TensorProtocol)? = nil,
    tgtKeyPaddingMask: (any TensorProtocol)? = nil, memoryKeyPaddingMask: (any TensorProtocol)? = nil,
    tgtIsCausal: Bool = false, memoryIsCausal: Bool = false
  ) -> Variable {
    withinCall {
      let x = residual(tgt, norm1, normFirst: normFirst) { x in
        let (y, _) = selfAttn(
          x, x, x, keyPaddingMask: tgtKeyPaddingMask, needWeights: false, attnMask: tgtMask, isCausal: tgtIsCausal)
        return dropout1(y)
      }
      let y = residual(x, norm2, normFirst: normFirst) { x in
        let (y, _) = multiheadAttn(
          x, memory, memory, keyPaddingMask: memoryKeyPaddingMask, needWeights: false, attnMask: memoryMask,
          isCausal: memoryIsCausal)
        return dropout2(y)
      }
      return residual(y, norm3, normFirst: normFirst) { x in dropout3(linear2(dropout(activation(linear1(x))))) }
    }
  }
}
