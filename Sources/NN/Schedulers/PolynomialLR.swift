import Kernels
import Tensors

/// lr·(1 − t/totalIters)^power at step t up to `totalIters`, then 0.
public final class PolynomialLR: LRScheduler {
  /// How many steps it takes to 0.
  public let totalIters: Int
  /// The exponent: 1 for a line.
  public let power: Double

  /// Sets the rates to the first of the schedule.
  public init(_ optimizer: any Optimizer, totalIters: Int = 5, power: Double = 1) {
    require(totalIters > 0, "PolynomialLR", "totalIters \(totalIters); expected at least 1")
    (self.totalIters, self.power) = (totalIters, power)
    super.init(optimizer)
  }

  /// The quotient of this step's factor and the last one's.
  override func rate(_ group: Group) -> Double {
    if lastEpoch > totalIters { return group.rate }
    let (t, total) = (Double(lastEpoch), Double(totalIters))
    return group.rate * Double.power((1 - t / total) / (1 - (t - 1) / total), power)
  }
}
