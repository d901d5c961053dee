import Autograd
import Foundation
import NN
import Tensors

/// One run of a trainer: the state that changes, and the loop that changes it.
final class TrainingLoop<Batch: Sendable> {
  let trainer: Trainer<Batch>
  let train: DataLoader<Batch>
  private let validation: DataLoader<Batch>?
  private let evalEvery: Int
  let run: TrainingRun
  let generators: Generators
  private let parameters: [Variable]
  private let interruption = Interruption()
  private var bar: ProgressBar
  private let clock = ProgressBar.monotonicSeconds

  var steps = 0
  var stopping = EarlyStopping.Progress()
  /// The weights of the best evaluation, if they shall be given back.
  var best: [String: Tensor]?
  /// The epoch that a checkpoint was saved in the middle of.
  private var unfinished: EpochTally?
  /// Whether the run ends because a person has asked for it.
  private var isInterrupted = false
  /// Whether a checkpoint of this run has been written, or it began with one.
  var hasCheckpoint = false

  init(
    _ trainer: Trainer<Batch>, _ train: DataLoader<Batch>, _ validation: DataLoader<Batch>?, epochs: Int, evalEvery: Int
  ) {
    require(
      epochs > 0 && evalEvery > 0, "Trainer", "epochs \(epochs), evalEvery \(evalEvery); expected at least 1 each")
    require(train.count > 0, "Trainer", "no batches to learn from; expected at least one")
    require(validation?.count != 0, "Trainer", "no batches in the validation; expected at least one, or nil")
    (self.trainer, self.train, self.validation, self.evalEvery) = (trainer, train, validation, evalEvery)
    let stepsPerEpoch = (train.count + trainer.accumulation - 1) / trainer.accumulation
    run = TrainingRun(
      model: trainer.model, optimizer: trainer.optimizer, epochs: epochs, stepsPerEpoch: stepsPerEpoch)
    generators = Generators(model: trainer.model, data: train.generator, validation: validation?.generator)
    parameters = trainer.model.parameters()
    bar = ProgressBar(epochs: epochs, stepsPerEpoch: train.count)
  }

  /// Takes up where a checkpoint stands; the states of model, optimizer and schedule have been.
  func take(_ checkpoint: Checkpoint) throws {
    let progress = checkpoint.progress
    (steps, run.history.epochs, stopping) = (progress.steps, progress.epochs, progress.stopping)
    (unfinished, hasCheckpoint) = (progress.tally, true)
    if trainer.earlyStopping?.restoresBest == true { best = checkpoint.parts[.best] }
    generators.states = progress.generators
    stopWithoutPatience()
  }

  /// All epochs that are left.
  func callAsFunction() throws -> History {
    try makeCheckpointDirectory()
    do {
      return try epochs()
    } catch {
      for callback in trainer.callbacks { callback.failed(error, run) }
      throw error
    }
  }

  private func epochs() throws -> History {
    trainer.model.train()
    for callback in trainer.callbacks { try callback.began(run) }
    while run.history.epochs.count < run.epochs && run.stopReason == nil { try epoch() }
    run.history.stopReason = run.stopReason
    try restoreBest()
    for callback in trainer.callbacks { try callback.ended(run) }
    return run.history
  }

  private func restoreBest() throws {
    guard let best, !isInterrupted else { return }
    try trainer.model.loadStateDict(best)
    run.history.bestEpoch = stopping.bestEpoch
  }

  // MARK: An epoch

  private func epoch() throws {
    var tally = unfinished ?? EpochTally(seed: train.nextSeed())
    var metrics = try tally.metrics(like: trainer.metrics)
    unfinished = nil
    let number = run.history.epochs.count + 1
    let start = clock() - tally.seconds
    if trainer.showsProgress { bar.begin(epoch: number, stepsDone: tally.batches) }
    var batches = train.pass(seed: tally.seed).from(tally.batches)
    while tally.batches < train.count && run.stopReason == nil {
      let step = try step(number, &batches, &tally, &metrics)
      for callback in trainer.callbacks { try callback.stepped(step, run) }
      tally.seconds = clock() - start
      try pause(tally, metrics)
    }
    if tally.batches == train.count { try finish(number, tally, metrics, start) }
  }

  /// Between two steps of an epoch: a checkpoint if one is due, and the end if a person wants it.
  private func pause(_ tally: EpochTally, _ metrics: [any Metric]) throws {
    noteInterruption()
    guard tally.batches < train.count else { return }
    let isDue = trainer.checkpoints?.everySteps.map { steps % $0 == 0 } ?? false
    guard isDue || run.stopReason != nil else { return }
    var kept = tally
    try kept.keep(metrics)
    let isSaved = try save(kept)
    if isInterrupted { announceEnd(tally, isSaved: isSaved) }
  }

  /// Ends the run if a person wants it. What a signal changes at any moment is looked at here alone; a run that ends
  /// anyway goes its way.
  private func noteInterruption() {
    guard run.stopReason == nil && interruption.isRequested else { return }
    isInterrupted = true
    run.stop("interrupted")
  }

  private func finish(_ number: Int, _ tally: EpochTally, _ metrics: [any Metric], _ start: Double) throws {
    let rates = trainer.optimizer.learningRates
    let training = metrics.scores(loss: tally.meanLoss)
    // An interrupted run must not evaluate where it wouldn't have, so that it goes on as if nothing had been.
    let isLast = number == run.epochs || (run.stopReason != nil && !isInterrupted)
    let isEvaluated = number % evalEvery == 0 || isLast
    let scores = isEvaluated ? validation.map { trainer.evaluate($0) } : nil
    let record = EpochRecord(
      epoch: number, steps: steps, training: training, validation: scores, learningRates: rates,
      seconds: clock() - start, samples: tally.samples)
    run.history.epochs.append(record)
    if case .everyEpoch(let scheduler) = trainer.scheduler { scheduler.step() }
    if isEvaluated { judge(scores ?? training, epoch: number) }
    // The lines of the others give way to the next epoch's.
    if trainer.showsProgress && isEvaluated { bar.end(record.metrics) }
    for callback in trainer.callbacks { try callback.finished(record, run) }
    noteInterruption()
    let isDue = trainer.checkpoints.map { number % $0.everyEpochs == 0 } ?? false
    guard isDue || isLast || run.stopReason != nil else { return }
    let isSaved = try save(nil)
    if isInterrupted { announceEnd(nil, isSaved: isSaved) }
  }

  /// What an evaluation means for the learning rate and for the end of the run.
  private func judge(_ scores: Scores, epoch: Int) {
    if case .onPlateau(let scheduler, let monitor) = trainer.scheduler, let score = scores[monitor] {
      scheduler.step(score)
    }
    guard let rule = trainer.earlyStopping, let score = scores[rule.monitor] else { return }
    if rule.takes(score, epoch: epoch, &stopping), rule.restoresBest { best = trainer.model.stateDict() }
    stopWithoutPatience()
  }

  /// Ends the run if early stopping puts up with no more evaluations.
  private func stopWithoutPatience() {
    guard let rule = trainer.earlyStopping, stopping.misses > rule.patience else { return }
    run.stop("\(rule.monitor) not better for \(stopping.misses) evaluations")
  }

  // MARK: A step

  private func step(
    _ epoch: Int, _ batches: inout DataLoader<Batch>.Iterator, _ tally: inout EpochTally, _ metrics: inout [any Metric]
  ) throws -> StepRecord {
    let count = min(trainer.accumulation, train.count - tally.batches)
    clearGradients()
    var (lossSum, samples) = (0.0, 0)
    var trial = Trial(seed: tally.seed, first: tally.batches)
    for _ in 0..<count {
      trial.starts.append(generators.states)
      guard let batch = batches.next() else { break }
      let output = trainer.forward(batch)
      let loss: Double = output.loss.item()
      guard loss.isFinite else { throw divergence(loss, epoch, tally.batches + 1, trial) }
      (count == 1 ? output.loss : output.loss / Double(count)).backward()
      (lossSum, samples) = (lossSum + loss, samples + output.samples)
      tally.add(loss: loss, samples: output.samples)
      metrics.update(output)
      if trainer.showsProgress { bar.advance(samples: output.samples, [.init("loss", tally.meanLoss)]) }
    }
    guard let norm = clipped() else { throw divergence(lossSum / Double(count), epoch, tally.batches, trial) }
    let rates = trainer.optimizer.learningRates
    trainer.optimizer.step()
    steps += 1
    if case .everyStep(let scheduler) = trainer.scheduler { scheduler.step() }
    return StepRecord(
      epoch: epoch, step: steps, loss: lossSum / Double(count), gradientNorm: norm.value, learningRates: rates,
      samples: samples)
  }

  /// Forgets all gradients: also those of parameters that the optimizer doesn't have, which count in norms.
  private func clearGradients() {
    trainer.optimizer.zeroGrad()
    parameters.forEach { $0.zeroGrad() }
  }

  /// Clips the gradients; nil if one of them is NaN or infinite, else their norm, where that was needed.
  private func clipped() -> (value: Double?, Void)? {
    switch trainer.clipping {
    case .norm(let limit):
      let norm = clipGradNorm(parameters, maxNorm: limit)
      return norm.isFinite ? (norm, ()) : nil
    case .value(let limit):
      guard parameters.haveFiniteGradients else { return nil }
      clipGradValue(parameters, clipValue: limit)
    case nil:
      guard parameters.haveFiniteGradients else { return nil }
    }
    return (nil, ())
  }

  /// The batches of a step, as far as it has come: what it takes to make them again.
  private struct Trial {
    /// The seed of the pass, and the number of the first batch.
    let seed: UInt64
    let first: Int
    /// Where the streams of random numbers stood before each of them.
    var starts: [[String: Generator.State]] = []
  }

  /// The error for a loss or a gradient that is not finite: the step's batches are run again with the same random numbers,
  /// now with an eye on every operation.
  private func divergence(_ loss: Double, _ epoch: Int, _ step: Int, _ trial: Trial) -> DivergenceError {
    var cause: AnomalyError?
    var batches = train.pass(seed: trial.seed).from(trial.first)
    for start in trial.starts where cause == nil {
      generators.states = start
      guard let batch = batches.next() else { break }
      do { try detectAnomalies { trainer.forward(batch).loss.backward() } } catch { cause = error as? AnomalyError }
      clearGradients()
    }
    return DivergenceError(
      loss: loss, epoch: epoch, step: step, cause: cause, checkpoint: hasCheckpoint ? trainer.checkpoints?.path : nil)
  }
}

extension [Variable] {
  /// Whether no gradient has NaN or an infinity. A sum with one of them in it is never finite: mostly it is enough.
  fileprivate var haveFiniteGradients: Bool {
    allSatisfy { parameter in
      guard let gradient = parameter.grad?.value else { return true }
      return gradient.sum().item(as: Double.self).isFinite || gradient.isFinite().all().item(as: Bool.self)
    }
  }
}

extension EpochRecord {
  /// What the progress display shows: the training's loss, and all scores of the validation, or of the training without.
  fileprivate var metrics: [ProgressLine.Metric] {
    guard let validation else { return training.entries.map(\.metric) }
    return [.init("loss", training["loss"] ?? .nan)] + validation.entries.map { $0.named("val \($0.name)").metric }
  }
}
