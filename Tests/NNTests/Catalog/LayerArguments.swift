import NN
import Tensors
import TestSupport

/// Arguments of layers over spatial axes.
extension Arguments {
  /// One number for all axes, or one for each.
  func perAxis(_ name: String) -> PerAxis? {
    let values: [Int]? = self[optional: name]
    return values.map { $0.count == 1 ? PerAxis($0[0]) : PerAxis($0) }
  }

  /// The kernel's size, which every case names.
  var kernelSize: PerAxis { perAxis("kernel_size") ?? 1 }
  var stride: PerAxis { perAxis("stride") ?? 1 }
  var padding: PerAxis { perAxis("padding") ?? 0 }
  var dilation: PerAxis { perAxis("dilation") ?? 1 }

  /// Numbers, `same` or `valid`.
  var convolutionPadding: ConvolutionPadding {
    switch self["padding_name", default: ""] {
    case "same": .same
    case "valid": .valid
    default: .explicit(padding)
    }
  }

  /// What surrounds the input of a convolution.
  var paddingMode: PaddingMode {
    let modes: [String: PaddingMode] = ["reflect": .reflect, "replicate": .replicate, "circular": .circular]
    return modes[self["padding_mode", default: "zeros"]] ?? .zeros
  }
}
