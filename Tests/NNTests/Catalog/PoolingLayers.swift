import Autograd
import NN
import Tensors
import TestSupport

/// Sums of at most twelve elements and a division.
private let averages = Tolerance.ulps(2, of: .largest, gradient: 2)

private func maximum(
  _ name: String, _ make: @escaping @Sendable (PerAxis, PerAxis?, PerAxis, PerAxis, Bool) -> MaxPooling
) -> CatalogEntry {
  .layer(name, "\(name)(_:stride:padding:dilation:ceilMode:)") { a, _ in
    make(a.kernelSize, a.perAxis("stride"), a.padding, a.dilation, a["ceil_mode", default: false])
  }
}

private func average(
  _ name: String, _ make: @escaping @Sendable (PerAxis, PerAxis?, PerAxis, Bool, Bool, Int?) -> AveragePooling
) -> CatalogEntry {
  let override = name == "AvgPool1d" ? "" : "divisorOverride:"
  return .layer(name, "\(name)(_:stride:padding:ceilMode:countIncludePad:\(override))", averages) { a, _ in
    make(
      a.kernelSize, a.perAxis("stride"), a.padding, a["ceil_mode", default: false],
      a["count_include_pad", default: true], a[optional: "divisor_override"])
  }
}

private func adaptive(
  _ name: String, _ tolerance: Tolerance, _ make: @escaping @Sendable (AdaptiveSize) -> AdaptivePooling
) -> CatalogEntry {
  .layer(name, "\(name)(_:)", tolerance) { a, _ in
    // −1 stands for None.
    let sizes = (a["output_size"] as [Int]).map { $0 == -1 ? nil : $0 }
    return make(sizes.count == 1 ? AdaptiveSize(sizes[0] ?? 1) : AdaptiveSize(sizes))
  }
}

let poolingLayers: [CatalogEntry] = [
  maximum("MaxPool1d", MaxPool1d.init), maximum("MaxPool2d", MaxPool2d.init), maximum("MaxPool3d", MaxPool3d.init),
  average("AvgPool1d") { size, stride, padding, ceilMode, countIncludePad, _ in
    AvgPool1d(size, stride: stride, padding: padding, ceilMode: ceilMode, countIncludePad: countIncludePad)
  },
  average("AvgPool2d", AvgPool2d.init), average("AvgPool3d", AvgPool3d.init),
  adaptive("AdaptiveAvgPool1d", averages, AdaptiveAvgPool1d.init),
  adaptive("AdaptiveAvgPool2d", averages, AdaptiveAvgPool2d.init),
  adaptive("AdaptiveAvgPool3d", averages, AdaptiveAvgPool3d.init),
  adaptive("AdaptiveMaxPool1d", .exact, AdaptiveMaxPool1d.init),
  adaptive("AdaptiveMaxPool2d", .exact, AdaptiveMaxPool2d.init),
  adaptive("AdaptiveMaxPool3d", .exact, AdaptiveMaxPool3d.init),
]
