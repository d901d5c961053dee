import CKernels
import Tensors

/// etaMin + (lr − etaMin)·(1 + cos(π·t/tMax))/2 at step t: down to `etaMin` in `tMax` steps, and, if it goes on, up and
/// down again.
///
/// Loshchilov and Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts", 2017, arXiv:1608.03983, without the
/// restarts.
public final class CosineAnnealingLR: LRScheduler {
  /// How many steps it takes to the lowest rate.
  public let tMax: Int
  /// The lowest rate.
  public let etaMin: Double

  /// Sets the rates to the first of the schedule.
  public init(_ optimizer: any Optimizer, tMax: Int, etaMin: Double = 0) {
    require(tMax > 0, "CosineAnnealingLR", "tMax \(tMax); expected at least 1")
    (self.tMax, self.etaMin) = (tMax, etaMin)
    super.init(optimizer)
  }

  /// The quotient of this step's height above `etaMin` and the last one's, or the height itself after a last one of 0.
  override func rate(_ group: Group) -> Double {
    if (lastEpoch - 1 - tMax) % (2 * tMax) == 0 {
      return group.rate + (group.base - etaMin) * (1 - adj_f64_cos(.pi / Double(tMax))) / 2
    }
    return height(lastEpoch) / height(lastEpoch - 1) * (group.rate - etaMin) + etaMin
  }

  private func height(_ t: Int) -> Double { 1 + adj_f64_cos(.pi * Double(t) / Double(tMax)) }

  override func restart() {
    lastEpoch = 0
    update { etaMin + ($0.base - etaMin) }
  }
}
