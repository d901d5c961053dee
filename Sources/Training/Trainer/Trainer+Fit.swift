import Autograd
import NN
import Tensors

extension Trainer {
  /// Trains on batches of a data set, shuffled anew in each epoch.
  ///
  /// The model is in training mode then, as at the end of a loop of one's own: predictions want `model.eval()` first.
  ///
  /// - Parameters:
  ///   - train: what to learn from.
  ///   - validation: what to be tested on between epochs, in order, in evaluation mode.
  ///   - epochs: how many times to go through `train`, at least 1.
  ///   - evalEvery: after how many epochs to evaluate; after the last too.
  ///   - batchSize: how many samples a batch has. The last of an epoch may have fewer; a ``DataLoader`` with `dropLast` leaves
  ///     it out, as batch normalization wants where it would be a single sample.
  ///   - seed: with what to seed the default generator before anything is drawn; nil leaves it as it is.
  ///   - restart: whether a second run starts over with the weights, the optimizer's state and the schedule of before the
  ///     first, so that the same `seed` gives the same history again. With `false` it goes on with what the first has left.
  /// - Returns: what the epochs came to.
  /// - Throws: ``DivergenceError`` where a loss or a gradient is NaN or infinite; `DataError` where a checkpoint can't be
  ///   written; whatever a callback throws.
  @discardableResult
  public func fit(
    _ train: some Dataset<Batch>, validation: (any Dataset<Batch>)? = nil, epochs: Int, evalEvery: Int = 1,
    batchSize: Int, seed: UInt64? = nil, restart: Bool = true
  ) throws -> History {
    try fit(
      DataLoader(train, batchSize: batchSize, shuffle: true),
      validation: validation.map { DataLoader.ordered($0, batchSize) }, epochs: epochs, evalEvery: evalEvery,
      seed: seed,
      restart: restart)
  }

  /// Trains on the batches of a loader; the rest as for a data set.
  @discardableResult
  public func fit(
    _ train: DataLoader<Batch>, validation: DataLoader<Batch>? = nil, epochs: Int, evalEvery: Int = 1,
    seed: UInt64? = nil, restart: Bool = true
  ) throws -> History {
    if let seed { manualSeed(seed) }
    let loop = TrainingLoop(self, train, validation, epochs: epochs, evalEvery: evalEvery)
    try begin(with: train, isSeeded: seed != nil, restart: restart)
    return try loop()
  }

  /// Goes on with the run whose checkpoint ``checkpoints`` names, with the same bits as if it had never been interrupted:
  /// made anew with the same options, given the same data and the same `batchSize` and `evalEvery`.
  ///
  /// - Parameter epochs: how many epochs the whole run shall have, those before included.
  /// - Throws: `DataError` if there is no checkpoint, or it is of another kind of run; `StateDictError` if it is of another
  ///   model, optimizer or schedule. Nothing is changed then. Else as ``fit(_:validation:epochs:evalEvery:seed:restart:)``.
  @discardableResult
  public func resume(
    _ train: some Dataset<Batch>, validation: (any Dataset<Batch>)? = nil, epochs: Int, evalEvery: Int = 1,
    batchSize: Int
  ) throws -> History {
    try resume(
      DataLoader(train, batchSize: batchSize, shuffle: true),
      validation: validation.map { DataLoader.ordered($0, batchSize) }, epochs: epochs, evalEvery: evalEvery)
  }

  /// Goes on with a run on the batches of a loader; the rest as for a data set.
  @discardableResult
  public func resume(
    _ train: DataLoader<Batch>, validation: DataLoader<Batch>? = nil, epochs: Int, evalEvery: Int = 1
  ) throws -> History {
    guard let path = checkpoints?.path else {
      fail("Trainer.resume", "no checkpoints; expected a trainer that was made with some")
    }
    let checkpoint = try Checkpoint(contentsOf: path)
    let loop = TrainingLoop(self, train, validation, epochs: epochs, evalEvery: evalEvery)
    try loop.check(checkpoint, path)
    let states = Snapshot(checkpoint)
    try states.restore(self)
    try loop.take(checkpoint)
    return try loop()
  }

  /// Decides what layers take from their first input, and takes up the states that a run begins with.
  ///
  /// A run that starts over with a seed finds its layers decided, and skips what the first has drawn for them: the numbers
  /// that follow are the same.
  private func begin(with train: DataLoader<Batch>, isSeeded: Bool, restart: Bool) throws {
    let start = Generator.default.state.position
    if model.modules().contains(where: \.awaitsInput) {
      evaluating { _ = forward(train.pass(seed: 0)(0)) }
      wordsOfDeciding = Generator.default.state.position &- start
    } else if isSeeded && restart {
      Generator.default.state.position = start &+ wordsOfDeciding
    }
    if initial == nil {
      initial = Snapshot(of: self)
    } else if restart {
      try initial?.restore(self)
    }
  }

  /// The loss and the metrics on all batches, in evaluation mode with nothing recorded. The loss is the mean over the
  /// samples, NaN where there are none.
  public func evaluate(_ data: DataLoader<Batch>) -> Scores {
    var (lossSum, samples, metrics) = (0.0, 0, self.metrics)
    evaluating {
      for batch in data {
        let output = forward(batch)
        lossSum += output.loss.item() * Double(output.samples)
        samples += output.samples
        metrics.update(output)
      }
    }
    return metrics.scores(loss: samples == 0 ? .nan : lossSum / Double(samples))
  }

  /// Runs `body` in evaluation mode with nothing recorded, and gives every module the mode back that it had.
  private func evaluating(_ body: () -> Void) {
    let modes = model.modules().map { ($0, $0.isTraining) }
    model.eval()
    noGrad(body)
    // A parent comes before its children here, whose modes it sets too.
    for (module, isTraining) in modes { module.train(isTraining) }
  }
}

extension DataLoader {
  fileprivate static func ordered<D: Dataset<Batch>>(_ dataset: D, _ batchSize: Int) -> DataLoader {
    DataLoader(dataset, batchSize: batchSize)
  }
}

extension [any Metric] {
  /// Takes what a step has given, if it is for metrics.
  mutating func update(_ output: StepOutput) {
    guard let prediction = output.prediction, let target = output.target else { return }
    for i in indices { self[i].update(prediction, target) }
  }

  /// The loss and the metrics' values.
  func scores(loss: Double) -> Scores {
    var scores = Scores()
    scores.append("loss", loss)
    for metric in self { scores.append(metric.name, metric.value, isPercentage: metric.isPercentage) }
    return scores
  }
}
