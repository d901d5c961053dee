/// lr·gamma at every step.
public final class ExponentialLR: LRScheduler {
  /// The factor of a step.
  public let gamma: Double

  /// Sets the rates to the first of the schedule.
  public init(_ optimizer: any Optimizer, gamma: Double) {
    self.gamma = gamma
    super.init(optimizer)
  }

  override func rate(_ group: Group) -> Double { group.rate * gamma }
}
