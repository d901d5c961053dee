import Tensors

/// lr·factor, but at least minLR, when a metric has not become better for more than `patience` steps.
///
/// ```swift
/// let optimizer = SGD([Variable([1.0], requiresGrad: true)], lr: 0.1)
/// let scheduler = ReduceLROnPlateau(optimizer, patience: 1)
/// for loss in [1.0, 0.5, 0.5, 0.5] { scheduler.step(loss) }
/// print(scheduler.lastLearningRates)  // [0.010000000000000002]
/// ```
public final class ReduceLROnPlateau: Scheduler {
  /// Which metrics are better.
  public enum Mode: Sendable {
    /// Small ones, as losses.
    case min
    /// Large ones, as accuracies.
    case max
  }

  /// What a metric must differ by from the best one to be better.
  public enum ThresholdMode: Sendable {
    /// By a part of the best one.
    case rel
    /// By an amount.
    case abs
  }

  /// Which metrics are better.
  public let mode: Mode
  /// The factor of a reduction.
  public let factor: Double
  /// How many steps in a row without a better metric are put up with.
  public let patience: Int
  /// What a metric must differ by to be better.
  public let threshold: Double
  /// Whether the threshold is a part of the best metric or an amount.
  public let thresholdMode: ThresholdMode
  /// For how many steps after a reduction nothing is counted.
  public let cooldown: Int
  /// The least rate of each group.
  public let minLearningRates: [Double]
  /// A reduction by less than this is not made.
  public let eps: Double
  /// The best metric so far.
  public private(set) var best: Double
  /// Steps in a row without a better metric.
  public private(set) var badEpochCount = 0
  /// Steps for which nothing will be counted.
  public private(set) var cooldownCount = 0

  /// PyTorch's defaults. The optimizer's rates stay as they are.
  public init(
    _ optimizer: any Optimizer, mode: Mode = .min, factor: Double = 0.1, patience: Int = 10, threshold: Double = 1e-4,
    thresholdMode: ThresholdMode = .rel, cooldown: Int = 0, minLR: any PerGroup = 0.0, eps: Double = 1e-8
  ) {
    require(factor >= 0 && factor < 1, "ReduceLROnPlateau", "factor \(factor); expected at least 0, below 1")
    require(
      patience >= 0 && cooldown >= 0, "ReduceLROnPlateau",
      "patience \(patience) and cooldown \(cooldown); expected at least 0 each")
    (self.mode, self.factor, self.patience, self.threshold) = (mode, factor, patience, threshold)
    (self.thresholdMode, self.cooldown, self.eps) = (thresholdMode, cooldown, eps)
    minLearningRates = minLR.values(for: optimizer, "ReduceLROnPlateau", "minLR")
    best = mode == .min ? .infinity : -.infinity
    super.init(optimizer)
  }

  override var entries: [StateEntry] {
    super.entries + [
      StateEntry("best", number: \ReduceLROnPlateau.best, of: self),
      StateEntry("num_bad_epochs", count: \ReduceLROnPlateau.badEpochCount, of: self),
      StateEntry("cooldown_counter", count: \ReduceLROnPlateau.cooldownCount, of: self),
    ]
  }

  /// Takes the metric of an epoch, and reduces the rates if it is time. NaN is never better.
  public func step(_ metric: Double) {
    lastEpoch += 1
    let isBetter = isBetter(metric)
    if isBetter { best = metric }
    badEpochCount = isBetter || cooldownCount > 0 ? 0 : badEpochCount + 1
    cooldownCount = max(0, cooldownCount - 1)
    if badEpochCount > patience {
      reduce()
      (badEpochCount, cooldownCount) = (0, cooldown)
    }
    lastLearningRates = optimizer.learningRates
  }

  private func isBetter(_ metric: Double) -> Bool {
    switch (mode, thresholdMode) {
    case (.min, .rel): metric < best * (1 - threshold)
    case (.min, .abs): metric < best - threshold
    case (.max, .rel): metric > best * (threshold + 1)
    case (.max, .abs): metric > best + threshold
    }
  }

  private func reduce() {
    let rates = optimizer.learningRates
    require(
      rates.count == minLearningRates.count, name,
      "\(rates.count) parameter groups; expected \(minLearningRates.count), as when the scheduler was made")
    optimizer.learningRates = zip(rates, minLearningRates).map { rate, least in
      let reduced = max(rate * factor, least)
      return rate - reduced > eps ? reduced : rate
    }
  }
}
