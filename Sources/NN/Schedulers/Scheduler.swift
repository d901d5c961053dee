import Tensors

/// What all schedules have in common: the optimizer whose learning rates they set, a count of steps, and a state.
///
/// A run goes on with the same bits if an optimizer and a scheduler, made with the same options, then load the states of the
/// old ones. Both are made before the optimizer's state is loaded, which has the rates themselves and the momenta: a new
/// scheduler sets them to the first of its schedule.
public class Scheduler {
  /// The optimizer whose rates are set.
  public let optimizer: any Optimizer
  /// How many steps have been taken since the schedule began.
  public internal(set) var lastEpoch = 0
  /// The learning rate of each parameter group after the last step, or as the schedule began.
  public internal(set) var lastLearningRates: [Double]

  init(_ optimizer: any Optimizer) { (self.optimizer, lastLearningRates) = (optimizer, optimizer.learningRates) }

  /// The name in messages.
  var name: String { "\(type(of: self))" }

  /// What changes from step to step.
  var entries: [StateEntry] {
    [
      StateEntry("last_epoch", count: \Scheduler.lastEpoch, of: self),
      StateEntry("_last_lr", numbers: \Scheduler.lastLearningRates, of: self),
    ]
  }

  /// Everything that changes from step to step, under PyTorch's keys: whole numbers `.int64`, others `.float64`. Options,
  /// functions among them, are not part of it.
  public func stateDict() -> [String: Tensor] {
    Dictionary(uniqueKeysWithValues: entries.map { ($0.key, $0.value()) })
  }

  /// Takes up the state of a scheduler of the same kind with the same options. The optimizer is not touched, and nothing
  /// is changed if it throws.
  ///
  /// - Throws: ``StateDictError`` listing every missing, unexpected and mis-shaped key.
  public func loadStateDict(_ state: [String: Tensor]) throws {
    var reader = StateDictReader(state)
    let assignments = entries.map { $0.taken(from: &reader) }
    try reader.finish()
    for assign in assignments { assign() }
  }
}
