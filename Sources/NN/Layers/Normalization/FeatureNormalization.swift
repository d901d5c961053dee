import Autograd
import Tensors

/// What batch and instance normalisation share: a weight and a bias for each feature, 1 and 0 at first, and running
/// statistics of the inputs seen in training.
public class FeatureNormalization: Module {
  /// [features], or nil.
  public let weight: Variable?
  /// [features], or nil.
  public let bias: Variable?
  /// The running average of the means, [features], 0 at first; or nil.
  public let runningMean: Buffer?
  /// The running average of the variances, [features], 1 at first; or nil.
  public let runningVar: Buffer?
  /// How many batches the running statistics have seen, an int64 scalar; or nil.
  public let numBatchesTracked: Buffer?
  /// The number of features, axis 1 of a batch.
  public let numFeatures: Int
  /// What is added to the variances.
  public let eps: Double
  /// How far a batch moves the running statistics; nil for their average over all batches.
  public let momentum: Double?

  init(
    _ name: String, _ numFeatures: Int, _ eps: Double, _ momentum: Double?, affine: Bool, tracks: Bool, bias: Bool,
    _ dtype: DType
  ) {
    require(numFeatures > 0, name, "\(numFeatures) features; expected at least 1")
    (self.numFeatures, self.eps, self.momentum) = (numFeatures, eps, momentum)
    weight = affine ? Variable(.ones([numFeatures], dtype: dtype), requiresGrad: true) : nil
    self.bias = affine && bias ? Variable(.zeros([numFeatures], dtype: dtype), requiresGrad: true) : nil
    runningMean = tracks ? Buffer(.zeros([numFeatures], dtype: dtype)) : nil
    runningVar = tracks ? Buffer(.ones([numFeatures], dtype: dtype)) : nil
    numBatchesTracked = tracks ? Buffer(Tensor(0)) : nil
  }

  /// Forgets what the running statistics have seen.
  public final func resetRunningStats() {
    runningMean.map { $0.value = $0.value.zerosLike() }
    runningVar.map { $0.value = $0.value.onesLike() }
    numBatchesTracked.map { $0.value = $0.value.zerosLike() }
  }

  /// Whether the running statistics take the place of the input's: in evaluation, if there are any.
  var usesRunningStatistics: Bool { !isTraining && runningMean != nil }

  /// The running statistics as one value; nil if there are none.
  var running: RunningStatistics? {
    get {
      guard let runningMean, let runningVar else { return nil }
      var statistics = RunningStatistics(channels: numFeatures, dtype: runningMean.value.dtype)
      (statistics.mean, statistics.variance) = (runningMean.value, runningVar.value)
      return statistics
    }
    set {
      guard let newValue else { return }
      runningMean?.value = newValue.mean
      runningVar?.value = newValue.variance
    }
  }

  public override var extraDescription: String {
    "\(numFeatures), eps=\(eps), momentum=\(momentum.python), affine=\((weight != nil).python), "
      + "bias=\((bias != nil).python), track_running_stats=\((runningMean != nil).python)"
  }
}
