import Autograd
import Tensors
import TestSupport

/// Sums of at most nine elements where windows overlap.
private let overlaps = Tolerance.ulps(4, of: .largest)
/// Sums of up to sixteen products. PyTorch's weights come from positions that are multiples of a rounded distance, an error
/// of an ulp of the position, times the difference of neighbours.
private let blended = Tolerance.ulps(28, of: .largest, gradient: 28)

private let names: [String: InterpolationMode] = Dictionary(
  uniqueKeysWithValues: InterpolationMode.allCases.map { ($0.rawValue, $0) })

private func mode(_ a: Arguments) -> InterpolationMode { names[a["mode"]] ?? .nearest }

let spatialOperations: [Operation] = [
  Operation("im2col", "torch.nn.functional.unfold", "unfolded(kernelSize:dilation:padding:stride:)", overlaps) { x, a in
    x[0].unfolded(
      kernelSize: perAxis(a, "kernel_size") ?? 1, dilation: perAxis(a, "dilation") ?? 1,
      padding: perAxis(a, "padding") ?? 0, stride: perAxis(a, "stride") ?? 1)
  },
  Operation(
    "col2im", "torch.nn.functional.fold", "folded(outputSize:kernelSize:dilation:padding:stride:)", overlaps
  ) { x, a in
    x[0].folded(
      outputSize: perAxis(a, "output_size") ?? 1, kernelSize: perAxis(a, "kernel_size") ?? 1,
      dilation: perAxis(a, "dilation") ?? 1, padding: perAxis(a, "padding") ?? 0, stride: perAxis(a, "stride") ?? 1)
  },
  Operation(
    "interpolate", "torch.nn.functional.interpolate(size=)", "interpolated(size:mode:alignCorners:)", blended
  ) { x, a in
    x[0].interpolated(
      size: perAxis(a, "size") ?? 1, mode: mode(a), alignCorners: a["align_corners", default: false])
  },
  Operation(
    "interpolate_scale", "torch.nn.functional.interpolate(scale_factor=)",
    "interpolated(scaleFactor:mode:alignCorners:)", blended
  ) { x, a in
    let (factors, corners): ([Double], Bool) = (a["scale_factor"], a["align_corners", default: false])
    return factors.count == 1
      ? x[0].interpolated(scaleFactor: factors[0], mode: mode(a), alignCorners: corners)
      : x[0].interpolated(scaleFactor: factors, mode: mode(a), alignCorners: corners)
  },
  Operation("pixel_shuffle", "torch.nn.functional.pixel_shuffle", "pixelShuffle(upscaleFactor:)") { x, a in
    x[0].pixelShuffle(upscaleFactor: a["upscale_factor"])
  },
  Operation("pixel_unshuffle", "torch.nn.functional.pixel_unshuffle", "pixelUnshuffle(downscaleFactor:)") { x, a in
    x[0].pixelUnshuffle(downscaleFactor: a["downscale_factor"])
  },
]
