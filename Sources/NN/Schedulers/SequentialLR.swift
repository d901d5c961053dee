import Tensors

/// One schedule after another: the first before the first milestone, the second from there to the next, …. Each begins from
/// the rates that the optimizer had before the first of its schedulers.
///
/// ```swift
/// let optimizer = SGD([Variable([1.0], requiresGrad: true)], lr: 0.1)
/// let warmup = LinearLR(optimizer, startFactor: 0.01, totalIters: 5)
/// let decay = CosineAnnealingLR(optimizer, tMax: 95)
/// let scheduler = SequentialLR(optimizer, schedulers: [warmup, decay], milestones: [5])
/// ```
///
/// Sequences and chains may be nested.
public final class SequentialLR: LRScheduler {
  /// The schedules, in order.
  public let schedulers: [LRScheduler]
  /// The steps at which the second one begins, the third, ….
  public let milestones: [Int]

  /// Begins the first of the schedules, from the initial rates.
  public init(_ optimizer: any Optimizer, schedulers: [LRScheduler], milestones: [Int]) {
    requireMembers(schedulers, of: optimizer, "SequentialLR")
    require(
      milestones.count == schedulers.count - 1, "SequentialLR",
      "\(milestones.count) milestones for \(schedulers.count) schedulers; expected \(schedulers.count - 1)")
    let isIncreasing = zip(milestones, milestones.dropFirst()).allSatisfy(<)
    require(
      isIncreasing && milestones.allSatisfy { $0 >= 0 }, "SequentialLR",
      "milestones \(milestones); expected increasing numbers from 0 on")
    (self.schedulers, self.milestones) = (schedulers, milestones)
    super.init(optimizer, begins: false)
    restart()
  }

  override var entries: [StateEntry] { super.entries + schedulers.memberEntries }

  /// The place of the schedule that the step belongs to.
  private var current: Int { milestones.count { $0 <= lastEpoch } }

  override func begin() {
    lastEpoch = 0
    schedulers[current].begin()
    lastLearningRates = optimizer.learningRates
  }

  /// A step of the schedule whose turn it is.
  public override func step() {
    lastEpoch += 1
    if milestones.contains(lastEpoch) { schedulers[current].restart() } else { schedulers[current].step() }
    lastLearningRates = optimizer.learningRates
  }
}
