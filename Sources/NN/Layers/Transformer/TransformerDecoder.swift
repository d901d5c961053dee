import Autograd
import Tensors

/// Layers of a transformer's decoder one after the other, then a norm if there is one: tgt [L, N, dModel], memory
/// [S, N, dModel] → [L, N, dModel], or the batch first where the layers take it so.
///
/// ```swift
/// let decoder = TransformerDecoder(TransformerDecoderLayer(dModel: 512, nhead: 8), numLayers: 6)
/// ```
public final class TransformerDecoder: Module {
  /// The layers in order.
  public let layers: [TransformerDecoderLayer]
  /// Of the last layer's result.
  public let norm: Module?

  /// These layers in order.
  public init(_ layers: [TransformerDecoderLayer], norm: Module? = nil) { (self.layers, self.norm) = (layers, norm) }

  /// So many copies of a layer, which begin with its values, as PyTorch's do.
  public convenience init(_ layer: TransformerDecoderLayer, numLayers: Int, norm: Module? = nil) {
    self.init(numLayers: numLayers, norm: norm) { layer.copied() }
  }

  /// So many layers, each made anew, with initial values of its own.
  public convenience init(numLayers: Int, norm: Module? = nil, layer: () -> TransformerDecoderLayer) {
    require(numLayers >= 0, "TransformerDecoder", "\(numLayers) layers; expected 0 at least")
    self.init((0..<numLayers).map { _ in layer() }, norm: norm)
  }

  /// The output for an input, the encoder's output and masks, which every layer gets: see ``TransformerDecoderLayer``.
  public func callAsFunction(
    _ tgt: Variable, _ memory: Variable, tgtMask: (any TensorProtocol)? = nil, memoryMask: (any TensorProtocol)? = nil,
    tgtKeyPaddingMask: (any TensorProtocol)? = nil, memoryKeyPaddingMask: (any TensorProtocol)? = nil,
    tgtIsCausal: Bool = false, memoryIsCausal: Bool = false
  ) -> Variable {
    withinCall {
      let y = layers.reduce(tgt) { x, layer in
        layer(
          x, memory, tgtMask: tgtMask, memoryMask: memoryMask, tgtKeyPaddingMask: tgtKeyPaddingMask,
          memoryKeyPaddingMask: memoryKeyPaddingMask, tgtIsCausal: tgtIsCausal, memoryIsCausal: memoryIsCausal)
      }
      return norm.map { $0(y) } ?? y
    }
  }
}
