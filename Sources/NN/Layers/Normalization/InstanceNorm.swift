import Autograd
import Tensors

/// y = (x − mean)/√(variance + eps)·weight + bias for each feature of each sample, what ``InstanceNorm1d``,
/// ``InstanceNorm2d`` and ``InstanceNorm3d`` share.
///
/// The moments are those over the spatial axes. With `trackRunningStats`, training moves the running ones to the averages
/// of the samples', and evaluation uses them.
public class InstanceNormalization: FeatureNormalization {
  private let axes: Int

  init(
    axes: Int, _ numFeatures: Int, _ eps: Double, _ momentum: Double, _ affine: Bool, _ tracks: Bool, _ bias: Bool,
    _ dtype: DType
  ) {
    self.axes = axes
    super.init(
      "InstanceNorm\(axes)d", numFeatures, eps, momentum, affine: affine, tracks: tracks, bias: bias, dtype)
  }

  public override func forward(_ x: Variable) -> Variable {
    requireSpatial(x, axes: axes, channels: numFeatures)
    require(
      usesRunningStatistics || x.shape.suffix(axes).reduce(1, *) > 1, "InstanceNorm\(axes)d",
      "expected more than one element a feature of a sample for its statistics, got \(x.shape)")
    return x.rank == axes + 1 ? normalized(x.unsqueezed(axis: 0)).squeezed(axis: 0) : normalized(x)
  }

  private func normalized(_ x: Variable) -> Variable {
    if usesRunningStatistics, let running { return x.batchNorm(using: running, weight: weight, bias: bias, eps: eps) }
    if isTraining, runningMean != nil, x.shape[0] > 0 { track(x.value) }
    return x.instanceNorm(weight: weight, bias: bias, eps: eps)
  }

  /// Moves the running statistics to the averages of the samples', whose variances are unbiased. Unlike batch
  /// normalisation, PyTorch counts no batches here.
  private func track(_ x: Tensor) {
    guard let momentum, var running else { return }
    let moments = x.varMean(axes: Array(2..<x.rank))
    running.mean = running.mean * (1 - momentum) + moments.mean.mean(axis: 0) * momentum
    running.variance = running.variance * (1 - momentum) + moments.var.mean(axis: 0) * momentum
    self.running = running
  }
}

/// Instance normalisation of sequences: [N, C, L] → the same, or [C, L]. Floating point only. At least two elements along L.
///
/// Ulyanov, Vedaldi, Lempitsky, "Instance Normalization: The Missing Ingredient for Fast Stylization", 2016,
/// arXiv:1607.08022.
public final class InstanceNorm1d: InstanceNormalization {
  /// For `numFeatures` features, by default without parameters and without running statistics.
  public init(
    _ numFeatures: Int, eps: Double = 1e-5, momentum: Double = 0.1, affine: Bool = false,
    trackRunningStats: Bool = false, bias: Bool = true, dtype: DType = .float32
  ) {
    super.init(axes: 1, numFeatures, eps, momentum, affine, trackRunningStats, bias, dtype)
  }
}

/// ``InstanceNorm1d`` of images: [N, C, H, W] → the same, or [C, H, W].
public final class InstanceNorm2d: InstanceNormalization {
  /// As ``InstanceNorm1d``'s.
  public init(
    _ numFeatures: Int, eps: Double = 1e-5, momentum: Double = 0.1, affine: Bool = false,
    trackRunningStats: Bool = false, bias: Bool = true, dtype: DType = .float32
  ) {
    super.init(axes: 2, numFeatures, eps, momentum, affine, trackRunningStats, bias, dtype)
  }
}

/// ``InstanceNorm1d`` of volumes: [N, C, D, H, W] → the same, or [C, D, H, W].
public final class InstanceNorm3d: InstanceNormalization {
  /// As ``InstanceNorm1d``'s.
  public init(
    _ numFeatures: Int, eps: Double = 1e-5, momentum: Double = 0.1, affine: Bool = false,
    trackRunningStats: Bool = false, bias: Bool = true, dtype: DType = .float32
  ) {
    super.init(axes: 3, numFeatures, eps, momentum, affine, trackRunningStats, bias, dtype)
  }
}
