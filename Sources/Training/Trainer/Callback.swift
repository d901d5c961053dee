/// What is told of a training run as it goes on: logs, plots, or a reason to end it. Every call has a default that does
/// nothing.
///
/// An error that a callback throws ends the run and comes out of `fit`. Each run that began is told either that it has
/// ``ended(_:)`` or that it has ``failed(_:_:)``.
public protocol Callback: AnyObject {
  /// Before the first step; a resumed run has a history already.
  func began(_ run: TrainingRun) throws
  /// After each step of the optimizer.
  func stepped(_ step: StepRecord, _ run: TrainingRun) throws
  /// After each epoch and its evaluation; the record is the last of `run.history`.
  func finished(_ epoch: EpochRecord, _ run: TrainingRun) throws
  /// After the last epoch, also where the run was stopped; not after an error.
  func ended(_ run: TrainingRun) throws
  /// After an error that ends the run: a ``DivergenceError``, a full disk, whatever a callback has thrown.
  func failed(_ error: any Error, _ run: TrainingRun)
}

extension Callback {
  /// Nothing.
  public func began(_ run: TrainingRun) throws {}
  /// Nothing.
  public func stepped(_ step: StepRecord, _ run: TrainingRun) throws {}
  /// Nothing.
  public func finished(_ epoch: EpochRecord, _ run: TrainingRun) throws {}
  /// Nothing.
  public func ended(_ run: TrainingRun) throws {}
  /// Nothing.
  public func failed(_ error: any Error, _ run: TrainingRun) {}
}
