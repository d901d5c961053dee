import CKernels
import Tensors

/// etaMin + (lr − etaMin)·(1 + cos(π·tCur/tI))/2, tCur the steps since the last restart: from lr down to `etaMin` in tI
/// steps, which are `t0` at first and `tMult` times as many after each restart.
///
/// Loshchilov and Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts", 2017, arXiv:1608.03983.
public final class CosineAnnealingWarmRestarts: LRScheduler {
  /// The steps to the first restart.
  public let t0: Int
  /// The factor by which each run is longer than the last.
  public let tMult: Int
  /// The lowest rate.
  public let etaMin: Double
  /// Steps since the last restart.
  public private(set) var tCur = 0.0
  /// Steps from the last restart to the next.
  public private(set) var tI: Int

  /// Sets the rates to the first of the schedule.
  public init(_ optimizer: any Optimizer, t0: Int, tMult: Int = 1, etaMin: Double = 0) {
    require(t0 > 0, "CosineAnnealingWarmRestarts", "t0 \(t0); expected at least 1")
    require(tMult > 0, "CosineAnnealingWarmRestarts", "tMult \(tMult); expected at least 1")
    (self.t0, self.tMult, self.etaMin, tI) = (t0, tMult, etaMin, t0)
    super.init(optimizer)
  }

  override var entries: [StateEntry] {
    super.entries + [
      StateEntry("T_cur", number: \CosineAnnealingWarmRestarts.tCur, of: self),
      StateEntry("T_i", count: \CosineAnnealingWarmRestarts.tI, of: self),
    ]
  }

  override func rate(_ group: Group) -> Double {
    etaMin + (group.base - etaMin) * (1 + adj_f64_cos(.pi * tCur / Double(tI))) / 2
  }

  override func firstRate(_ group: Group) -> Double { rate(group) }

  override func begin() {
    (tCur, tI) = (0, t0)
    super.begin()
  }

  /// One step on.
  public override func step() {
    tCur += 1
    if tCur >= Double(tI) {
      tCur = tCur.truncatingRemainder(dividingBy: Double(tI))
      tI *= tMult
    }
    super.step()
  }

  /// Goes to a point of the schedule, which may lie between steps: after batch i of n, `step(epoch + i/n)` with numbers of
  /// type `Double`.
  public func step(_ epoch: Double) {
    require(epoch >= 0 && epoch.isFinite, name, "step \(epoch); expected a finite number, at least 0")
    (tCur, tI) = (epoch, t0)
    if tMult == 1 { tCur.formTruncatingRemainder(dividingBy: Double(t0)) }
    while tCur >= Double(tI) {
      tCur -= Double(tI)
      tI *= tMult
    }
    lastEpoch = Int(epoch)
    update(rate)
  }
}
