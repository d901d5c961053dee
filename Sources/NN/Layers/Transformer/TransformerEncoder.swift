import Autograd
import Tensors

/// Layers of a transformer's encoder one after the other, then a norm if there is one: [L, N, dModel] → [L, N, dModel],
/// or [N, L, dModel] where the layers take the batch first.
///
/// ```swift
/// let encoder = TransformerEncoder(TransformerEncoderLayer(dModel: 512, nhead: 8), numLayers: 6)
/// ```
public final class TransformerEncoder: Module {
  /// The layers in order.
  public let layers: [TransformerEncoderLayer]
  /// Of the last layer's result.
  public let norm: Module?

  /// These layers in order.
  public init(_ layers: [TransformerEncoderLayer], norm: Module? = nil) { (self.layers, self.norm) = (layers, norm) }

  /// So many copies of a layer, which begin with its values, as PyTorch's do.
  public convenience init(_ layer: TransformerEncoderLayer, numLayers: Int, norm: Module? = nil) {
    self.init(numLayers: numLayers, norm: norm) { layer.copied() }
  }

  /// So many layers, each made anew, with initial values of its own.
  public convenience init(numLayers: Int, norm: Module? = nil, layer: () -> TransformerEncoderLayer) {
    require(numLayers >= 0, "TransformerEncoder", "\(numLayers) layers; expected 0 at least")
    self.init((0..<numLayers).map { _ in layer() }, norm: norm)
  }

  public override func forward(_ x: Variable) -> Variable {
    let y = layers.reduce(x) { $1($0) }
    return norm.map { $0(y) } ?? y
  }

  /// The output for an input and masks, which every layer gets.
  ///
  /// - Parameters:
  ///   - mask: what a position does not see, [L, L] or [N·nhead, L, L]: booleans, true where hidden, or summands.
  ///   - srcKeyPaddingMask: what no position sees, [N, L], likewise.
  ///   - isCausal: each position sees itself and those before, together with the masks.
  public func callAsFunction(
    _ src: Variable, mask: (any TensorProtocol)? = nil, srcKeyPaddingMask: (any TensorProtocol)? = nil,
    isCausal: Bool = false
  ) -> Variable {
    withinCall {
      let y = layers.reduce(src) { x, layer in
        layer(x, srcMask: mask, srcKeyPaddingMask: srcKeyPaddingMask, isCausal: isCausal)
      }
      return norm.map { $0(y) } ?? y
    }
  }
}
