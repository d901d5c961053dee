import Tensors

/// lr·(startFactor + (endFactor − startFactor)·t/totalIters) at step t up to `totalIters`, then lr·endFactor: a line.
public final class LinearLR: LRScheduler {
  /// The factor at the beginning.
  public let startFactor: Double
  /// The factor at the end.
  public let endFactor: Double
  /// How many steps the way takes.
  public let totalIters: Int

  /// Sets the rates to the first of the schedule.
  public init(
    _ optimizer: any Optimizer, startFactor: Double = 1.0 / 3, endFactor: Double = 1, totalIters: Int = 5
  ) {
    require(startFactor > 0 && startFactor <= 1, "LinearLR", "startFactor \(startFactor); expected above 0, at most 1")
    require(endFactor >= 0 && endFactor <= 1, "LinearLR", "endFactor \(endFactor); expected 0 ... 1")
    require(totalIters > 0, "LinearLR", "totalIters \(totalIters); expected at least 1")
    (self.startFactor, self.endFactor, self.totalIters) = (startFactor, endFactor, totalIters)
    super.init(optimizer)
  }

  /// The quotient of this step's factor and the last one's.
  override func rate(_ group: Group) -> Double {
    if lastEpoch > totalIters { return group.rate }
    let slope = endFactor - startFactor
    return group.rate * (1 + slope / (Double(totalIters) * startFactor + Double(lastEpoch - 1) * slope))
  }

  override func firstRate(_ group: Group) -> Double { group.rate * startFactor }
}
