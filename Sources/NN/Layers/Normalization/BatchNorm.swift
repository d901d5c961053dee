import Autograd
import Tensors

/// y = (x − mean)/√(variance + eps)·weight + bias for each feature, what ``BatchNorm1d``, ``BatchNorm2d`` and
/// ``BatchNorm3d`` share.
///
/// In training the moments are those of the batch, over all axes but axis 1, with the variance divided by the number n of
/// elements; running ← (1 − momentum)·running + momentum·batch, there with the variance divided by n − 1. In evaluation
/// they are the running ones, or without `trackRunningStats` the batch's again.
public class BatchNormalization: FeatureNormalization {
  private let axes: Int

  init(
    axes: Int, _ numFeatures: Int, _ eps: Double, _ momentum: Double?, _ affine: Bool, _ tracks: Bool, _ bias: Bool,
    _ dtype: DType
  ) {
    self.axes = axes
    super.init(
      "BatchNorm\(axes)d", numFeatures, eps, momentum, affine: affine, tracks: tracks, bias: bias, dtype)
  }

  public override func forward(_ x: Variable) -> Variable {
    requireBatch(x)
    if usesRunningStatistics, let running { return x.batchNorm(using: running, weight: weight, bias: bias, eps: eps) }
    let (y, statistics) = x.batchNorm(weight: weight, bias: bias, eps: eps)
    if isTraining, let numBatchesTracked {
      let count = numBatchesTracked.value.item(as: Int.self) + 1
      numBatchesTracked.value = Tensor(count)
      running?.update(with: statistics, momentum: momentum ?? 1 / Double(count))
    }
    return y
  }

  /// [N, C, spatial…], and over one axis [N, C] too; in training with two elements a feature.
  private func requireBatch(_ x: Variable) {
    if axes == 1 {
      require(
        (x.rank == 2 || x.rank == 3) && x.shape[1] == numFeatures, "BatchNorm1d",
        "expected input [N, \(numFeatures)] or [N, \(numFeatures), L], got \(x.shape)")
    } else {
      requireSpatial(x, axes: axes, channels: numFeatures, mayLackBatch: false)
    }
    require(
      usesRunningStatistics || x.elementCount > numFeatures, "BatchNorm\(axes)d",
      "expected more than one element a feature for statistics of the batch, got \(x.shape)")
  }
}

/// Batch normalisation of rows or sequences: [N, C] → [N, C], or [N, C, L] → [N, C, L]. Floating point only. A batch with one
/// element a feature, or none, has no variance and stops the program in training.
///
/// Ioffe, Szegedy, "Batch Normalization: Accelerating Deep Network Training by Reducing Internal Covariate Shift", 2015,
/// arXiv:1502.03167.
public final class BatchNorm1d: BatchNormalization {
  /// For `numFeatures` features. A `momentum` of nil averages all batches alike; without `affine` there are no parameters,
  /// without `trackRunningStats` evaluation uses the batch's statistics too.
  public init(
    _ numFeatures: Int, eps: Double = 1e-5, momentum: Double? = 0.1, affine: Bool = true,
    trackRunningStats: Bool = true, bias: Bool = true, dtype: DType = .float32
  ) {
    super.init(axes: 1, numFeatures, eps, momentum, affine, trackRunningStats, bias, dtype)
  }
}

/// ``BatchNorm1d`` of images: [N, C, H, W] → the same.
public final class BatchNorm2d: BatchNormalization {
  /// As ``BatchNorm1d``'s.
  public init(
    _ numFeatures: Int, eps: Double = 1e-5, momentum: Double? = 0.1, affine: Bool = true,
    trackRunningStats: Bool = true, bias: Bool = true, dtype: DType = .float32
  ) {
    super.init(axes: 2, numFeatures, eps, momentum, affine, trackRunningStats, bias, dtype)
  }
}

/// ``BatchNorm1d`` of volumes: [N, C, D, H, W] → the same.
public final class BatchNorm3d: BatchNormalization {
  /// As ``BatchNorm1d``'s.
  public init(
    _ numFeatures: Int, eps: Double = 1e-5, momentum: Double? = 0.1, affine: Bool = true,
    trackRunningStats: Bool = true, bias: Bool = true, dtype: DType = .float32
  ) {
    super.init(axes: 3, numFeatures, eps, momentum, affine, trackRunningStats, bias, dtype)
  }
}
