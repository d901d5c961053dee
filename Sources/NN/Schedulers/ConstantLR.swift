import Tensors

/// lr·factor for the first `totalIters` steps, then lr.
public final class ConstantLR: LRScheduler {
  /// The factor of the first steps.
  public let factor: Double
  /// How many steps it holds for.
  public let totalIters: Int

  /// Sets the rates to the first of the schedule.
  public init(_ optimizer: any Optimizer, factor: Double = 1.0 / 3, totalIters: Int = 5) {
    require(factor > 0 && factor <= 1, "ConstantLR", "factor \(factor); expected above 0, at most 1")
    require(totalIters > 0, "ConstantLR", "totalIters \(totalIters); expected at least 1")
    (self.factor, self.totalIters) = (factor, totalIters)
    super.init(optimizer)
  }

  override func rate(_ group: Group) -> Double {
    lastEpoch == totalIters ? group.rate * (1 / factor) : group.rate
  }

  override func firstRate(_ group: Group) -> Double { group.rate * factor }
}
