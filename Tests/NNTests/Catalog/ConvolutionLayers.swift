import Autograd
import NN
import Tensors
import TestSupport

/// Sums of at most fifty products, of which gradients have as many.
private let products = Tolerance.ulps(5, of: .largest, gradient: 5)

private typealias Maker<Layer> =
  @Sendable (Int, Int, PerAxis, PerAxis, ConvolutionPadding, PerAxis, Int, Bool, PaddingMode, DType, Generator) -> Layer
private typealias TransposedMaker<Layer> =
  @Sendable (Int, Int, PerAxis, PerAxis, PerAxis, PerAxis, Int, Bool, PerAxis, DType, Generator) -> Layer

private func convolution(_ name: String, _ make: @escaping Maker<Convolution>) -> CatalogEntry {
  let spelling = "\(name)(_:_:kernelSize:stride:padding:dilation:groups:bias:paddingMode:)"
  return .layer(name, spelling, products) { a, dtype in
    make(
      a["in_channels"], a["out_channels"], a.kernelSize, a.stride, a.convolutionPadding, a.dilation,
      a["groups", default: 1], a["bias", default: true], a.paddingMode, dtype, .default)
  }
}

private func transposed(_ name: String, _ make: @escaping TransposedMaker<TransposedConvolution>) -> CatalogEntry {
  let spelling = "\(name)(_:_:kernelSize:stride:padding:outputPadding:groups:bias:dilation:)"
  return .layer(name, spelling, products) { a, dtype in
    let layer = make(
      a["in_channels"], a["out_channels"], a.kernelSize, a.stride, a.padding, a.perAxis("output_padding") ?? 0,
      a["groups", default: 1], a["bias", default: true], a.dilation, dtype, .default)
    guard let size = a.perAxis("output_size") else { return Subject(layer) }
    return Subject(layer) { layer($0[0], outputSize: size) }
  }
}

let convolutionLayers: [CatalogEntry] = [
  convolution("Conv1d", Conv1d.init), convolution("Conv2d", Conv2d.init), convolution("Conv3d", Conv3d.init),
  transposed("ConvTranspose1d", ConvTranspose1d.init), transposed("ConvTranspose2d", ConvTranspose2d.init),
  transposed("ConvTranspose3d", ConvTranspose3d.init),
]
