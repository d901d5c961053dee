import NN
import Tensors

/// The states of model, optimizer and schedule at one moment. Tensors are values: it costs nothing until they change.
struct Snapshot {
  private let model: [String: Tensor]
  private let optimizer: [String: Tensor]
  private let scheduler: [String: Tensor]?

  init<Batch>(of trainer: Trainer<Batch>) {
    model = trainer.model.stateDict()
    optimizer = trainer.optimizer.stateDict()
    scheduler = trainer.scheduler?.scheduler.stateDict()
  }

  /// What a checkpoint has of them.
  init(_ checkpoint: Checkpoint) {
    model = checkpoint.parts[.model] ?? [:]
    optimizer = checkpoint.parts[.optimizer] ?? [:]
    scheduler = checkpoint.parts[.scheduler]
  }

  /// The parts as a checkpoint has them.
  var parts: [Checkpoint.Part: [String: Tensor]] {
    var parts: [Checkpoint.Part: [String: Tensor]] = [.model: model, .optimizer: optimizer]
    parts[.scheduler] = scheduler
    return parts
  }

  /// Gives a trainer these states. Nothing is changed if it throws.
  ///
  /// - Throws: `StateDictError` listing what doesn't fit.
  func restore<Batch>(_ trainer: Trainer<Batch>) throws {
    let before = Snapshot(of: trainer)
    let undecided = trainer.model.modules().filter(\.awaitsInput)
    do {
      try load(trainer)
    } catch {
      undecided.forEach { $0.forgetInput() }
      try before.load(trainer)
      throw error
    }
  }

  private func load<Batch>(_ trainer: Trainer<Batch>) throws {
    try trainer.model.loadStateDict(model)
    try trainer.optimizer.loadStateDict(optimizer)
    if let own = trainer.scheduler?.scheduler {
      try own.loadStateDict(scheduler ?? [:])
    } else if let scheduler {
      throw StateDictError(unexpected: scheduler.keys.sorted().map { "scheduler.\($0)" })
    }
  }
}
