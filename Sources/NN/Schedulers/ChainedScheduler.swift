import Tensors

/// Several schedules at once, their effects multiplied: each step is a step of all, in order.
///
/// ```swift
/// let optimizer = SGD([Variable([1.0], requiresGrad: true)], lr: 0.1)
/// let warmup = ConstantLR(optimizer, factor: 0.1, totalIters: 20)
/// let decay = ExponentialLR(optimizer, gamma: 0.9)
/// let scheduler = ChainedScheduler([warmup, decay])
/// ```
public final class ChainedScheduler: LRScheduler {
  /// The schedules, in order.
  public let schedulers: [LRScheduler]

  /// Goes on from the rates that the schedules have set.
  ///
  /// - Parameter optimizer: that of the schedules if nil.
  public init(_ schedulers: [LRScheduler], optimizer: (any Optimizer)? = nil) {
    guard let optimizer = optimizer ?? schedulers.first?.optimizer else {
      fail("ChainedScheduler", "no schedulers; expected at least one")
    }
    requireMembers(schedulers, of: optimizer, "ChainedScheduler")
    self.schedulers = schedulers
    super.init(optimizer, begins: false)
  }

  override var entries: [StateEntry] { super.entries + schedulers.memberEntries }

  override func begin() { advance(to: 0) { $0.begin() } }

  /// A step of every schedule.
  public override func step() { advance(to: lastEpoch + 1) { $0.step() } }

  private func advance(to epoch: Int, _ body: (LRScheduler) -> Void) {
    lastEpoch = epoch
    schedulers.forEach(body)
    lastLearningRates = optimizer.learningRates
  }
}

extension [LRScheduler] {
  /// The state of schedules inside another one.
  var memberEntries: [StateEntry] {
    enumerated().flatMap { i, scheduler in scheduler.entries.map { $0.under("_schedulers.\(i).") } }
  }
}

/// Stops the program unless there are schedules, all of one optimizer.
func requireMembers(_ schedulers: [LRScheduler], of optimizer: any Optimizer, _ name: String) {
  require(!schedulers.isEmpty, name, "no schedulers; expected at least one")
  for (i, scheduler) in schedulers.enumerated() {
    require(
      scheduler.optimizer === optimizer, name,
      "scheduler \(i), \(scheduler.name), has another optimizer; expected one and the same for all")
  }
}
