import Adjoint

/// Forward and backward passes of whole layers, gradients of the input and of all parameters.
extension Workload {
  static let layers = [
    layer("lstm", [64, 16, 64]) { LSTM(64, 128) },
    layer("gru", [64, 16, 64]) { GRU(64, 128) },
    layer("lstm-bidirectional", [64, 16, 64]) { LSTM(64, 128, numLayers: 2, bidirectional: true) },
    layer("encoder", [16, 128, 128]) {
      TransformerEncoderLayer(dModel: 128, nhead: 4, dimFeedforward: 512, dropout: 0, batchFirst: true)
    },
    layer("batchnorm", [32, 16, 28, 28]) { BatchNorm2d(16) },
    layer("groupnorm", [32, 16, 28, 28]) { GroupNorm(4, 16) },
    layer("upsample", [32, 16, 28, 28]) { Upsample(scaleFactor: 2, mode: .bilinear) },
  ]

  private static func layer(_ name: String, _ shape: Shape, _ make: @escaping @Sendable () -> Module) -> Workload {
    Workload(name: "layer/\(name)") {
      let (module, x) = (make(), Variable(.randn(shape), requiresGrad: true))
      let gradient = Variable(module(x).value.onesLike())
      return (
        1,
        {
          module.zeroGrad()
          x.zeroGrad()
          module(x).backward(gradient: gradient)
        }
      )
    }
  }
}
