import NN
import Tensors
import TestSupport
import Testing
import Training

/// Runs that are resumed by a trainer with other options, or after their end.
@Suite struct ResumedOptionsTests {
  private struct Break: Error {}

  /// Weights that become worse after each epoch: the first evaluation is the best.
  private func worsening(
    _ path: String, _ rule: EarlyStopping?, resumes: Bool
  ) throws -> (weight: Tensor, history: History) {
    let model = Linear(2, 1, generator: Generator(seed: 4))
    let spoiler = Probe(onEpoch: { _, run in run.model.parameters().forEach { $0.value = $0.value * 3 + 1 } })
    let trainer = Trainer(
      model, SGD(model.parameters(), lr: 0), loss: MSELoss(), earlyStopping: rule, checkpoints: Checkpoints(path),
      callbacks: [spoiler], showsProgress: false)
    let (train, validation) = (DataLoader(TrainingTask.data, batchSize: 10), TrainingTask.validationLoader)
    let history =
      resumes
      ? try trainer.resume(train, validation: validation, epochs: 9)
      : try trainer.fit(train, validation: validation, epochs: 9)
    return (model.weight.value, history)
  }

  @Test func aRunThatWasStoppedEarlyIsOver() throws {
    let scratch = try Scratch()
    let path = scratch.file("run.safetensors")
    let first = try worsening(path, EarlyStopping(patience: 1), resumes: false)
    let again = try worsening(path, EarlyStopping(patience: 1), resumes: true)
    #expect(first.history.epochs.count == 3 && again.history == first.history)
    #expect(again.weight == first.weight && again.history.bestEpoch == 1)
  }

  @Test func morePatienceGoesOn() throws {
    let scratch = try Scratch()
    let path = scratch.file("run.safetensors")
    let first = try worsening(path, EarlyStopping(patience: 1), resumes: false)
    let again = try worsening(path, EarlyStopping(patience: 3), resumes: true)
    #expect(again.history.epochs.count == 5 && again.history.bestEpoch == 1)
    #expect(again.weight == first.weight, "the best of all")
  }

  @Test func withoutEarlyStoppingTheLastWeightsStay() throws {
    let scratch = try Scratch()
    let path = scratch.file("run.safetensors")
    let first = try worsening(path, EarlyStopping(patience: 1), resumes: false)
    let again = try worsening(path, nil, resumes: true)
    #expect(again.history.epochs.count == 9 && again.history.bestEpoch == nil)
    #expect(again.weight != first.weight)
  }

  /// A checkpoint in the middle of an epoch, of a run with this metric.
  private func unfinished(_ path: String, _ metric: any Metric) throws {
    let probe = Probe(onStep: { step, _ in if step.step == 3 { throw Break() } })
    let trainer = self.trainer(path, [metric], everySteps: 1)
    trainer.callbacks = [probe]
    #expect(throws: Break.self) { try trainer.fit(DataLoader(TrainingTask.data, batchSize: 5), epochs: 1) }
  }

  private func trainer(_ path: String, _ metrics: [any Metric], everySteps: Int? = nil) -> Trainer<(Tensor, Tensor)> {
    let model = Linear(2, 1, generator: Generator(seed: 4))
    return Trainer(
      model, SGD(model.parameters(), lr: 0.1), loss: MSELoss(), metrics: metrics,
      checkpoints: Checkpoints(path, everySteps: everySteps), showsProgress: false)
  }

  /// Half an epoch counted by one metric can't be gone on with by another.
  @Test func otherMetricsInTheMiddleOfAnEpochAreRefused() throws {
    let scratch = try Scratch()
    let path = scratch.file("run.safetensors")
    try unfinished(path, MeanAbsoluteError())
    for metrics in [[], [R2Score()], [MeanAbsoluteError(), R2Score()]] as [[any Metric]] {
      let trainer = self.trainer(path, metrics)
      let before = trainer.model.stateDict()
      let error = #expect(throws: DataError.self) {
        try trainer.resume(DataLoader(TrainingTask.data, batchSize: 5), epochs: 1)
      }
      #expect(
        error?.reason == "made in the middle of an epoch with [\"mae\"]; expected \(metrics.map(\.name))")
      #expect(trainer.model.stateDict() == before)
    }
  }

  /// The same name says nothing of what was counted.
  @Test func countsThatCannotBeReadAreRefused() throws {
    struct Other: Metric {
      var name: String { MeanAbsoluteError().name }
      var value = 0.0
      var places: [Int] = []
      mutating func update(_ prediction: Tensor, _ target: Tensor) {}
    }
    let scratch = try Scratch()
    let path = scratch.file("run.safetensors")
    try unfinished(path, MeanAbsoluteError())
    let error = #expect(throws: DataError.self) {
      try trainer(path, [Other()]).resume(DataLoader(TrainingTask.data, batchSize: 5), epochs: 1)
    }
    #expect(error?.field == "metrics")
  }

  @Test func aScheduleThatIsLeftOutIsAnError() throws {
    let scratch = try Scratch()
    let path = scratch.file("run.safetensors")
    let model = Linear(2, 1, generator: Generator(seed: 4))
    let optimizer = SGD(model.parameters(), lr: 0.1)
    let data = DataLoader(TrainingTask.data, batchSize: 5)
    try Trainer(
      model, optimizer, loss: MSELoss(), scheduler: .everyEpoch(StepLR(optimizer, stepSize: 1)),
      checkpoints: Checkpoints(path), showsProgress: false
    ).fit(data, epochs: 1)
    let other = trainer(path, [])
    let before = other.model.stateDict()
    let error = #expect(throws: StateDictError.self) { try other.resume(data, epochs: 2) }
    #expect(error?.unexpected.contains("scheduler.last_epoch") == true, "\(error as Any)")
    #expect(other.model.stateDict() == before)
  }
}
