import Autograd
import NN
import Tensors
import TestSupport

/// A sum for the mean and one for the deviation, a difference and two products; derivatives subtract two sums more.
private let normalized = Tolerance.ulps(8, of: .largest, gradient: 14)
/// The same, where a running average and a batch's may be of opposite signs, and sums for a weight cancel.
private let averaged = Tolerance.ulps(14, of: .largest, gradient: 36)

private func batch(
  _ name: String, _ make: @escaping @Sendable (Int, Double, Double?, Bool, Bool, Bool, DType) -> BatchNormalization
) -> CatalogEntry {
  .layer(name, "\(name)(_:eps:momentum:affine:trackRunningStats:bias:)", normalized) { a, dtype in
    // Named as null, it is nil.
    let momentum: Double? = a.names("momentum") ? a[optional: "momentum"] : 0.1
    return make(
      a["num_features"], a["eps", default: 1e-5], momentum, a["affine", default: true],
      a["track_running_stats", default: true], a["bias", default: true], dtype)
  }
}

private func instance(
  _ name: String, _ make: @escaping @Sendable (Int, Double, Double, Bool, Bool, Bool, DType) -> InstanceNormalization
) -> CatalogEntry {
  .layer(name, "\(name)(_:eps:momentum:affine:trackRunningStats:bias:)", averaged) { a, dtype in
    make(
      a["num_features"], a["eps", default: 1e-5], a["momentum", default: 0.1], a["affine", default: false],
      a["track_running_stats", default: false], a["bias", default: true], dtype)
  }
}

private func normalizedShape(_ a: Arguments) -> Shape { Shape(a["normalized_shape"] as [Int]) }

let normalizationLayers: [CatalogEntry] = [
  batch("BatchNorm1d", BatchNorm1d.init), batch("BatchNorm2d", BatchNorm2d.init),
  batch("BatchNorm3d", BatchNorm3d.init),
  instance("InstanceNorm1d", InstanceNorm1d.init), instance("InstanceNorm2d", InstanceNorm2d.init),
  instance("InstanceNorm3d", InstanceNorm3d.init),
  .layer("LayerNorm", "LayerNorm(_:eps:elementwiseAffine:bias:)", normalized) { a, dtype in
    LayerNorm(
      normalizedShape(a), eps: a["eps", default: 1e-5], elementwiseAffine: a["elementwise_affine", default: true],
      bias: a["bias", default: true], dtype: dtype)
  },
  .layer("RMSNorm", "RMSNorm(_:eps:elementwiseAffine:)", normalized) { a, dtype in
    RMSNorm(
      normalizedShape(a), eps: a[optional: "eps"], elementwiseAffine: a["elementwise_affine", default: true],
      dtype: dtype)
  },
  .layer("GroupNorm", "GroupNorm(_:_:eps:affine:bias:)", normalized) { a, dtype in
    GroupNorm(
      a["num_groups"], a["num_channels"], eps: a["eps", default: 1e-5], affine: a["affine", default: true],
      bias: a["bias", default: true], dtype: dtype)
  },
  .layer("LocalResponseNorm", "LocalResponseNorm(_:alpha:beta:k:)", normalized) { a, _ in
    LocalResponseNorm(
      a["size"], alpha: a["alpha", default: 1e-4], beta: a["beta", default: 0.75], k: a["k", default: 1])
  },
]
