import Autograd
import Tensors

/// Self-attention, then two linear layers at each position, each part with a way around it and a layer norm:
/// y = norm1(x + attention(x)), z = norm2(y + linear2(f(linear1(y)))); the norms stand before the parts with `normFirst`.
///
/// [L, N, dModel] → [L, N, dModel]; with `batchFirst` [N, L, dModel]; without a batch [L, dModel]. State and initial
/// values are those of PyTorch's layer.
///
/// A. Vaswani et al., Attention Is All You Need, arXiv:1706.03762; norms first: R. Xiong et al., On Layer Normalization in
/// the Transformer Architecture, arXiv:2002.04745.
public final class TransformerEncoderLayer: Module {
  /// The attention of the input to itself.
  public let selfAttn: MultiheadAttention
  /// From dModel to dimFeedforward features.
  public let linear1: Linear
  /// Between the two linear layers.
  public let dropout: Dropout
  /// From dimFeedforward to dModel features.
  public let linear2: Linear
  /// Of the attention.
  public let norm1: LayerNorm
  /// Of the linear layers.
  public let norm2: LayerNorm
  /// Of the attention's result.
  public let dropout1: Dropout
  /// Of the linear layers' result.
  public let dropout2: Dropout
  /// What stands between the linear layers.
  public let activation: Activation
  /// Whether the norms stand before the parts.
  public let normFirst: Bool

  /// A layer of `dModel` features and `nhead` heads.
  ///
  /// - Parameters:
  ///   - dropout: the probability of all dropouts, that of attention weights among them.
  ///   - layerNormEps: what the norms add to the variance.
  ///   - batchFirst: whether the first axis is the batch.
  ///   - normFirst: whether the norms stand before the parts.
  ///   - bias: whether linear layers and norms add one.
  public init(
    dModel: Int, nhead: Int, dimFeedforward: Int = 2048, dropout: Double = 0.1,
    activation: Activation = .relu, layerNormEps: Double = 1e-5, batchFirst: Bool = false,
    normFirst: Bool = false, bias: Bool = true, dtype: DType = .float32, generator: Generator = .default
  ) {
    func linear(_ inputs: Int, _ outputs: Int) -> Linear {
      Linear(inputs, outputs, bias: bias, dtype: dtype, generator: generator)
    }
    func norm() -> LayerNorm { LayerNorm(dModel, eps: layerNormEps, bias: bias, dtype: dtype) }
    func drop() -> Dropout { Dropout(dropout, generator: generator) }
    (self.activation, self.normFirst) = (activation, normFirst)
    selfAttn = MultiheadAttention(
      embedDim: dModel, numHeads: nhead, dropout: dropout, bias: bias, batchFirst: batchFirst, dtype: dtype,
      generator: generator)
    linear1 = linear(dModel, dimFeedforward)
    self.dropout = drop()
    linear2 = linear(dimFeedforward, dModel)
    (norm1, norm2, dropout1, dropout2) = (norm(), norm(), drop(), drop())
  }

  public override func forward(_ x: Variable) -> Variable { encoded(x, nil, nil, false) }

  /// The output for an input and masks.
  ///
  /// - Parameters:
  ///   - srcMask: what a position does not see, [L, L] or [N·nhead, L, L]: booleans, true where hidden, or summands.
  ///   - srcKeyPaddingMask: what no position sees, [N, L], likewise.
  ///   - isCausal: each position sees itself and those before, together with the masks.
  public func callAsFunction(
    _ src: Variable, srcMask: (any TensorProtocol)? = nil, srcKeyPaddingMask: (any TensorProtocol)? = nil,
    isCausal: Bool = false
  ) -> Variable {
    withinCall { encoded(src, srcMask, srcKeyPaddingMask, isCausal) }
  }

  private func encoded(
    _ src: Variable, _ mask: (any TensorProtocol)?, _ padding: (any TensorProtocol)?, _ isCausal: Bool
  ) -> Variable {
    let x = residual(src, norm1, normFirst: normFirst) { x in
      dropout1(
        selfAttn(x, x, x, keyPaddingMask: padding, needWeights: false, attnMask: mask, isCausal: isCausal).output)
    }
    return residual(x, norm2, normFirst: normFirst) { x in dropout2(linear2(dropout(activation(linear1(x))))) }
  }
}
