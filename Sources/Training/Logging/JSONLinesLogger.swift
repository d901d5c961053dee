/// Writes a run as JSON lines: an object for each epoch or each step.
///
/// ```swift
/// let trainer = Trainer(model, optimizer, loss: CrossEntropyLoss(), callbacks: [JSONLinesLogger("run/log.jsonl")])
/// ```
///
/// The keys are the names of ``LogInterval``; what is missing has none. NaN and infinities, which JSON does not have,
/// are null.
///
/// A line is handed to the system as soon as it is known: a program that is killed leaves whole lines, and where the
/// disk is full the file stays as it was before the line. A new run replaces the file. A resumed one has every epoch
/// once: lines of epochs are written anew from the run's history, and of steps those before the first new one are kept.
///
/// Where the file can't be written, the run ends with a ``DataError``, before its first step if that is known then.
public final class JSONLinesLogger: Callback {
  private let log: RecordLog

  /// A log in the file at `path`, whose directory is made if it isn't there. Nothing is written before the run begins.
  public init(_ path: String, every interval: LogInterval = .epoch) { log = RecordLog(path, interval, JSONLines()) }

  /// Begins the file, or goes on with it.
  public func began(_ run: TrainingRun) throws { try log.began(run) }

  /// Adds a line, if each step has one.
  public func stepped(_ step: StepRecord, _ run: TrainingRun) throws { try log.stepped(step) }

  /// Adds a line, if each epoch has one.
  public func finished(_ epoch: EpochRecord, _ run: TrainingRun) throws { try log.finished(epoch) }

  /// Closes the file.
  public func ended(_ run: TrainingRun) { log.ended() }

  /// Closes the file, which has all that was told.
  public func failed(_ error: any Error, _ run: TrainingRun) { log.ended() }
}
