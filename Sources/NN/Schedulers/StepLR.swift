import Tensors

/// lr·gamma every `stepSize` steps.
public final class StepLR: LRScheduler {
  /// Steps between decays.
  public let stepSize: Int
  /// The factor of a decay.
  public let gamma: Double

  /// Sets the rates to the first of the schedule.
  public init(_ optimizer: any Optimizer, stepSize: Int, gamma: Double = 0.1) {
    require(stepSize > 0, "StepLR", "stepSize \(stepSize); expected at least 1")
    (self.stepSize, self.gamma) = (stepSize, gamma)
    super.init(optimizer)
  }

  override func rate(_ group: Group) -> Double { lastEpoch % stepSize == 0 ? group.rate * gamma : group.rate }
}
