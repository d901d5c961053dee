import Kernels

/// lr·gamma at each of the milestones; at one that is listed k times, lr·gammaᵏ.
public final class MultiStepLR: LRScheduler {
  /// The numbers of steps after which the rates decay, in any order.
  public let milestones: [Int]
  /// The factor of a decay.
  public let gamma: Double

  /// Sets the rates to the first of the schedule.
  public init(_ optimizer: any Optimizer, milestones: [Int], gamma: Double = 0.1) {
    (self.milestones, self.gamma) = (milestones, gamma)
    super.init(optimizer)
  }

  override func rate(_ group: Group) -> Double {
    let count = milestones.count { $0 == lastEpoch }
    return count == 0 ? group.rate : group.rate * Double.power(gamma, Double(count))
  }

  override func firstRate(_ group: Group) -> Double { rate(group) }
}
