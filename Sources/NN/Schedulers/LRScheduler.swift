import Tensors

/// A schedule that goes by the number of steps. Making one sets the optimizer's learning rates to the first of the
/// schedule; ``step()`` sets them to the next one, after each epoch or batch, when the optimizer has stepped.
///
/// ```swift
/// let optimizer = SGD(model.parameters(), lr: 0.1)
/// let scheduler = StepLR(optimizer, stepSize: 30)
/// for _ in 0..<100 {
///   for batch in batches { train(on: batch) }  // ends with optimizer.step()
///   scheduler.step()
/// }
/// ```
///
/// Rules that PyTorch states in terms of the previous rate (all but ``LambdaLR``, ``CosineAnnealingWarmRestarts``,
/// ``CyclicLR`` and ``OneCycleLR``) are computed so here. They therefore combine: several schedulers of
/// one optimizer, stepped one after another, multiply their effects, and a rate that was changed by hand goes on from there.
public class LRScheduler: Scheduler {
  /// The rates that the schedule goes by: those the optimizer had before the first of its schedulers.
  public internal(set) var baseLearningRates: [Double]

  /// A parameter group, as a rule sees it.
  struct Group {
    let index: Int
    /// The rate up to now.
    let rate: Double
    /// The rate that the schedule goes by.
    let base: Double
  }

  /// - Parameters:
  ///   - initial: what the rates of this and later schedulers start from, if not from those of the optimizer.
  ///   - begins: whether to set the rates to the first of the schedule.
  init(_ optimizer: any Optimizer, initial: [Double]? = nil, begins: Bool = true) {
    let known = optimizer.initialLearningRates ?? []
    // Groups that were added to the optimizer since start from their present rates.
    baseLearningRates = initial ?? known + optimizer.learningRates.dropFirst(known.count)
    optimizer.initialLearningRates = baseLearningRates
    super.init(optimizer)
    if begins { begin() }
  }

  override var entries: [StateEntry] {
    super.entries + [StateEntry("base_lrs", numbers: \LRScheduler.baseLearningRates, of: self)]
  }

  /// The rate for ``lastEpoch``, which is above 0.
  func rate(_ group: Group) -> Double { group.rate }
  /// The rate at the beginning, on top of what other schedulers have made of it.
  func firstRate(_ group: Group) -> Double { group.rate }
  /// The momentum of each group, for schedules that set it too.
  func momenta() -> [Double]? { nil }

  /// Sets the rates to the next ones of the schedule.
  public func step() {
    lastEpoch += 1
    update(rate)
  }

  /// Begins the schedule, on top of the optimizer's present rates.
  func begin() {
    lastEpoch = 0
    update(firstRate)
  }

  /// Begins the schedule from its own rates, when a sequence arrives at it.
  func restart() {
    optimizer.learningRates = baseLearningRates
    begin()
  }

  final func update(_ rate: (Group) -> Double) {
    let rates = optimizer.learningRates
    require(
      rates.count == baseLearningRates.count, name,
      "\(rates.count) parameter groups; expected \(baseLearningRates.count), as when the scheduler was made")
    optimizer.learningRates = rates.indices.map { rate(Group(index: $0, rate: rates[$0], base: baseLearningRates[$0])) }
    if let momenta = momenta() { optimizer.momenta = momenta }
    lastLearningRates = optimizer.learningRates
  }

  /// Stops the program unless all groups of the optimizer have a momentum.
  static func requireMomenta(_ optimizer: any Optimizer, _ name: String) {
    require(
      optimizer.momenta.allSatisfy { $0 != nil }, name,
      "cycleMomentum with \(type(of: optimizer)), which has no momentum; expected one that has, or cycleMomentum: false"
    )
  }
}
