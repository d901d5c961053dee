import NN

/// A run of a trainer, as its callbacks see it.
public final class TrainingRun {
  /// The model in training.
  public let model: Module
  /// Its optimizer.
  public let optimizer: any Optimizer
  /// The number of epochs that the run shall have.
  public let epochs: Int
  /// The optimizer's steps in an epoch.
  public let stepsPerEpoch: Int
  /// What the epochs came to so far.
  public internal(set) var history: History
  /// Why the run shall end after this step; see ``stop(_:)``.
  public private(set) var stopReason: String?

  /// A run of this model that has not begun.
  public init(
    model: Module, optimizer: any Optimizer, epochs: Int, stepsPerEpoch: Int, history: History = History()
  ) {
    (self.model, self.optimizer, self.epochs, self.stepsPerEpoch) = (model, optimizer, epochs, stepsPerEpoch)
    self.history = history
  }

  /// Ends the run after the present step, in good order. The first reason counts.
  public func stop(_ reason: String) { stopReason = stopReason ?? reason }
}

/// The epochs of a run, and how it ended.
public struct History: Sendable, Equatable {
  /// One record an epoch, in order.
  public internal(set) var epochs: [EpochRecord] = []
  /// The epoch whose weights the model has at the end, where early stopping or a wish for the best weights chose one.
  public internal(set) var bestEpoch: Int?
  /// Why the run ended before its last epoch; nil if it didn't.
  public internal(set) var stopReason: String?

  /// A history of these epochs.
  public init(_ epochs: [EpochRecord] = []) { self.epochs = epochs }

  /// The loss or a metric of each epoch in training.
  public func training(_ name: String = "loss") -> [Double] { epochs.map { $0.training[name] ?? .nan } }

  /// The loss or a metric on the validation data; NaN in epochs without an evaluation.
  public func validation(_ name: String = "loss") -> [Double] { epochs.map { $0.validation?[name] ?? .nan } }
}
