import Foundation
import NN
import Tensors

extension TrainingLoop {
  /// Writes a checkpoint, if the trainer has a place for it; the tally is that of an epoch that isn't over.
  ///
  /// Weights that are no longer numbers are not saved: the file keeps the last good ones.
  func save(_ tally: EpochTally?) throws {
    guard let path = trainer.checkpoints?.path else { return }
    guard isFinite(trainer.model) else { return }
    var progress = RunProgress()
    (progress.steps, progress.epochs, progress.tally) = (steps, run.history.epochs, tally)
    (progress.stopping, progress.generators, progress.data) = (stopping, generators.states, dataSize)
    var checkpoint = Checkpoint(progress)
    checkpoint.parts = Snapshot(of: trainer).parts
    checkpoint.parts[.best] = best
    try checkpoint.write(to: path)
    hasCheckpoint = true
  }

  /// Makes the directory of the checkpoints, so that a place where nothing can be written is known before the first step.
  ///
  /// - Throws: `DataError` naming it.
  func makeCheckpointDirectory() throws {
    guard let path = trainer.checkpoints?.path else { return }
    try makeDirectory(of: path)
    let directory = URL(fileURLWithPath: path).deletingLastPathComponent().path
    guard access(directory, W_OK) == 0 else { throw systemError(path, "can't create a file in its directory") }
  }

  private func isFinite(_ model: Module) -> Bool {
    model.parameters().allSatisfy { $0.value.isFinite().all().item(as: Bool.self) }
  }

  private var dataSize: RunProgress.DataSize { .init(samples: train.sampleCount, batchSize: train.batchSize) }

  /// Whether a checkpoint is one of this run.
  ///
  /// - Throws: `DataError` saying what differs.
  func check(_ checkpoint: Checkpoint, _ path: String) throws {
    let progress = checkpoint.progress
    guard progress.data == dataSize else {
      throw DataError(file: path, field: "data", reason: "made with \(progress.data); expected \(dataSize)")
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
  func announceEnd(_ tally: EpochTally?) {
    let place = tally.map { "in epoch \(run.history.epochs.count + 1) after batch \($0.batches) of \(train.count)" }
    var text = "\ninterrupted " + (place ?? "after epoch \(run.history.epochs.count)")
    if let checkpoints = trainer.checkpoints {
      text += "; saved \(checkpoints.path)\nto go on: \(checkpoints.resumeHint ?? "call resume with the same options")"
    } else {
      text += "; nothing saved, as the trainer has no checkpoints"
    }
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }
}
