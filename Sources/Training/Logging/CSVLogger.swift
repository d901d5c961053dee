/// Writes a run as comma-separated values: a header, then a line for each epoch or each step.
///
/// ```swift
/// let trainer = Trainer(model, optimizer, loss: CrossEntropyLoss(), callbacks: [CSVLogger("run/log.csv")])
/// ```
///
/// The columns are the names of ``LogInterval``. One that appears later, as the validation of every fifth epoch does,
/// is added at the end, with empty cells above; a number that is missing leaves its cell empty. NaN and infinities are
/// `nan`, `inf` and `-inf`, which pandas and ``CSVTable`` read.
///
/// A line is handed to the system as soon as it is known: a program that is killed leaves whole lines, and where the
/// disk is full the file stays as it was before the line. A new run replaces the file. A resumed one has every epoch
/// once: lines of epochs are written anew from the run's history, and of steps those before the first new one are kept.
///
/// Where the file can't be written, the run ends with a ``DataError``, before its first step if that is known then.
public final class CSVLogger: Callback {
  private let log: RecordLog

  /// A log in the file at `path`, whose directory is made if it isn't there. Nothing is written before the run begins.
  public init(_ path: String, every interval: LogInterval = .epoch) { log = RecordLog(path, interval, CSVLines()) }

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
