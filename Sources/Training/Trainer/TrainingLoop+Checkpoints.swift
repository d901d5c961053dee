import Foundation
import NN
import Tensors

extension TrainingLoop {
  /// Writes a checkpoint, if the trainer has a place for it; the tally is that of an epoch that isn't over.
  ///
  /// Weights that are no longer numbers are not saved: the file keeps the last good ones.
  ///
  /// - Returns: whether it was written.
  @discardableResult
  func save(_ tally: EpochTally?) throws -> Bool {
    guard let path = trainer.checkpoints?.path, isFinite(trainer.model) else { return false }
    var progress = RunProgress()
    (progress.steps, progress.epochs, progress.tally) = (steps, run.history.epochs, tally)
    (progress.stopping, progress.generators, progress.data) = (stopping, generators.states, batching)
    var checkpoint = Checkpoint(progress)
    checkpoint.parts = Snapshot(of: trainer).parts
    checkpoint.parts[.best] = best
    try checkpoint.write(to: path)
    hasCheckpoint = true
    return true
  }

  /// Makes the directory of the checkpoints, so that a place where nothing can be written is known before the first step,
  /// and removes what a run that was killed while it saved has left there.
  ///
  /// - Throws: `DataError` naming it.
  func makeCheckpointDirectory() throws {
    guard let path = trainer.checkpoints?.path else { return }
    try makeDirectory(of: path)
    let directory = URL(fileURLWithPath: path).deletingLastPathComponent().path
    guard access(directory, W_OK) == 0 else { throw systemError(path, "can't create a file in its directory") }
    removeTemporaryFiles(of: path)
  }

  private func isFinite(_ model: Module) -> Bool {
    model.parameters().allSatisfy { $0.value.isFinite().all().item(as: Bool.self) }
  }

  private var batching: RunProgress.Batching {
    .init(
      samples: train.sampleCount, batchSize: train.batchSize, isShuffled: train.shuffle,
      accumulation: trainer.accumulation)
  }

  /// Whether a checkpoint is one of this run.
  ///
  /// - Throws: `DataError` saying what differs.
  func check(_ checkpoint: Checkpoint, _ path: String) throws {
    let progress = checkpoint.progress
    guard progress.data == batching else {
      throw DataError(file: path, field: "data", reason: "made with \(progress.data); expected \(batching)")
    }
    guard Set(progress.generators.keys) == generators.names else {
      throw DataError(
        file: path, field: "generators",
        reason: "made with \(progress.generators.keys.sorted()); expected \(generators.names.sorted())")
    }
    if let tally = progress.tally { try check(tally, path) }
  }

  /// Whether the metrics of an unfinished epoch are the trainer's.
  private func check(_ tally: EpochTally, _ path: String) throws {
    let names = trainer.metrics.map(\.name)
    guard tally.metricNames == names else {
      throw DataError(
        file: path, field: "metrics",
        reason: "made in the middle of an epoch with \(tally.metricNames); expected \(names)")
    }
    do { _ = try tally.metrics(like: trainer.metrics) } catch {
      throw DataError(file: path, field: "metrics", reason: "can't be decoded: \(error)")
    }
  }

  /// Tells the person who has pressed Ctrl-C how to go on.
  func announceEnd(_ tally: EpochTally?, isSaved: Bool) {
    let place = tally.map { "in epoch \(run.history.epochs.count + 1) after batch \($0.batches) of \(train.count)" }
    var text = "\ninterrupted " + (place ?? "after epoch \(run.history.epochs.count)")
    if isSaved, let checkpoints = trainer.checkpoints {
      text += "; saved \(checkpoints.path)\nto go on: \(checkpoints.resumeHint ?? "call resume with the same options")"
    } else {
      let reason = trainer.checkpoints == nil ? "the trainer has no checkpoints" : "the weights are not finite"
      text += "; nothing saved, as \(reason)"
    }
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }
}
