import Autograd
import NN
import Tensors
import TestSupport

/// Copies, whose gradients add up where an element was copied several times.
private let copies = Tolerance.ulps(0, gradient: 2)
/// Sums of at most six elements where windows overlap.
private let overlaps = Tolerance.ulps(4, of: .largest, gradient: 2)
/// Sums of up to sixteen products with weights from positions that PyTorch rounds.
private let blended = Tolerance.ulps(8, of: .largest, gradient: 8)

private func padding(_ name: String, _ make: @escaping @Sendable (PaddingWidths) -> PaddingLayer) -> CatalogEntry {
  .layer(name, "\(name)(_:)", copies) { a, _ in make(widths(a)) }
}

private func constant(
  _ name: String, _ make: @escaping @Sendable (PaddingWidths, Double) -> PaddingLayer
) -> CatalogEntry {
  .layer(name, "\(name)(_:value:)", copies) { a, _ in make(widths(a), a["value"]) }
}

private func widths(_ a: Arguments) -> PaddingWidths {
  let values: [Int] = a["padding"]
  return values.count == 1 ? PaddingWidths(values[0]) : PaddingWidths(values)
}

private func upsample(_ a: Arguments) -> Upsample {
  let mode = InterpolationMode(rawValue: a["mode", default: "nearest"]) ?? .nearest
  let corners = a["align_corners", default: false]
  if let size = a.perAxis("size") { return Upsample(size: size, mode: mode, alignCorners: corners) }
  let factors: [Double] = a["scale_factor"]
  return factors.count == 1
    ? Upsample(scaleFactor: factors[0], mode: mode, alignCorners: corners)
    : Upsample(scaleFactor: factors, mode: mode, alignCorners: corners)
}

let spatialLayers: [CatalogEntry] =
  paddingLayers + [
    .layer("Upsample", "Upsample(size:mode:alignCorners:), Upsample(scaleFactor:mode:alignCorners:)", blended) { a, _ in
      upsample(a)
    },
    .layer("PixelShuffle", "PixelShuffle(_:)") { a, _ in PixelShuffle(a["upscale_factor"]) },
    .layer("PixelUnshuffle", "PixelUnshuffle(_:)") { a, _ in PixelUnshuffle(a["downscale_factor"]) },
    .layer("Unfold", "Unfold(kernelSize:dilation:padding:stride:)", overlaps) { a, _ in
      Unfold(kernelSize: a.kernelSize, dilation: a.dilation, padding: a.padding, stride: a.stride)
    },
    .layer("Fold", "Fold(outputSize:kernelSize:dilation:padding:stride:)", overlaps) { a, _ in
      Fold(
        outputSize: a.perAxis("output_size") ?? 1, kernelSize: a.kernelSize, dilation: a.dilation, padding: a.padding,
        stride: a.stride)
    },
  ]

private let paddingLayers: [CatalogEntry] = [
  padding("ZeroPad1d", ZeroPad1d.init), padding("ZeroPad2d", ZeroPad2d.init), padding("ZeroPad3d", ZeroPad3d.init),
  constant("ConstantPad1d", ConstantPad1d.init), constant("ConstantPad2d", ConstantPad2d.init),
  constant("ConstantPad3d", ConstantPad3d.init),
  padding("ReflectionPad1d", ReflectionPad1d.init), padding("ReflectionPad2d", ReflectionPad2d.init),
  padding("ReflectionPad3d", ReflectionPad3d.init),
  padding("ReplicationPad1d", ReplicationPad1d.init), padding("ReplicationPad2d", ReplicationPad2d.init),
  padding("ReplicationPad3d", ReplicationPad3d.init),
  padding("CircularPad1d", CircularPad1d.init), padding("CircularPad2d", CircularPad2d.init),
  padding("CircularPad3d", CircularPad3d.init),
]
