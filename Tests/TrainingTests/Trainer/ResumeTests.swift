import Foundation
import NN
import Tensors
import TestSupport
import Testing
import Training

/// A run that is broken off and resumed ends with the same bits as one that never was.
@Suite struct ResumeTests {
  private static let epochs = 4

  /// The run without a break: seven steps an epoch.
  private static func whole(accumulation: Int = 1) throws -> (
    state: [String: Tensor], figures: [[String]], next: UInt64
  ) {
    let task = TrainingTask()
    let trainer = task.trainer(accumulation: accumulation, earlyStopping: EarlyStopping(patience: 9))
    let history = try trainer.fit(task.loader, validation: TrainingTask.validationLoader, epochs: epochs, evalEvery: 2)
    return (task.model.stateDict(), history.figures, task.loader.generator.next())
  }

  private static func resumed(
    _ path: String, accumulation: Int = 1, workers: Int = 0
  ) throws -> (state: [String: Tensor], figures: [[String]], next: UInt64) {
    // Another seed: everything that counts must come from the checkpoint.
    let task = TrainingTask(seed: 77, workers: workers)
    let trainer = task.trainer(
      checkpoints: Checkpoints(path), accumulation: accumulation, earlyStopping: EarlyStopping(patience: 9))
    let history = try trainer.resume(
      task.loader, validation: TrainingTask.validationLoader, epochs: epochs, evalEvery: 2)
    return (task.model.stateDict(), history.figures, task.loader.generator.next())
  }

  /// Places to break it off in the middle of epochs, at their ends, before and after evaluations, at the very end.
  @Test(arguments: [(1, 0), (3, 0), (1, 2)]) func goesOnAfterAnyStep(accumulation: Int, workers: Int) throws {
    let whole = try Self.whole(accumulation: accumulation)
    let stepsPerEpoch = (7 + accumulation - 1) / accumulation
    for last in [1, stepsPerEpoch, stepsPerEpoch + 1, 2 * stepsPerEpoch, 3 * stepsPerEpoch - 1, 4 * stepsPerEpoch] {
      let scratch = try Scratch()
      let path = scratch.file("run.safetensors")
      struct Break: Error {}
      let task = TrainingTask(workers: workers)
      let trainer = task.trainer(
        checkpoints: Checkpoints(path, everySteps: 1), accumulation: accumulation,
        earlyStopping: EarlyStopping(patience: 9),
        callbacks: [Probe(onStep: { step, _ in if step.step == last + 1 { throw Break() } })])
      _ = try? trainer.fit(task.loader, validation: TrainingTask.validationLoader, epochs: Self.epochs, evalEvery: 2)
      let resumed = try Self.resumed(path, accumulation: accumulation, workers: workers)
      #expect(resumed.state == whole.state, "after step \(last)")
      #expect(resumed.figures == whole.figures, "after step \(last)")
      #expect(resumed.next == whole.next)
    }
  }

  /// The process is killed at some moment, in the middle of whatever it does: what is on the disk is whole.
  @Test(arguments: [500, 1_500, 4_000, 9_000, 20_000]) func goesOnAfterBeingKilled(microseconds: Int) async throws {
    let scratch = try Scratch()
    let path = scratch.file("run.safetensors")
    let delay = UInt32(microseconds)
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String, delay = delay as UInt32] in
      let task = TrainingTask()
      let once = Probe()
      once.onStep = { step, _ in
        guard step.step == 2 else { return }
        Thread.detachNewThread {
          usleep(delay)
          kill(getpid(), SIGKILL)
        }
      }
      let trainer = task.trainer(
        checkpoints: Checkpoints(path, everySteps: 1), earlyStopping: EarlyStopping(patience: 9), callbacks: [once])
      try trainer.fit(task.loader, validation: TrainingTask.validationLoader, epochs: ResumeTests.epochs, evalEvery: 2)
      usleep(1_000_000)
    }
    let (whole, resumed) = (try Self.whole(), try Self.resumed(path))
    #expect(resumed.state == whole.state)
    #expect(resumed.figures == whole.figures)
  }

  /// Tests may run in the background, where the shell lets programs ignore Ctrl-C.
  private static func listenToCtrlC() {
    signal(SIGINT, SIG_DFL)
    var signals = sigset_t()
    sigaddset(&signals, SIGINT)
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }

  /// Ctrl-C in the middle of an epoch and at its end: the step is finished, a checkpoint saved, and the way on is said.
  @Test(arguments: [3, 7, 14]) func goesOnAfterCtrlC(step: Int) async throws {
    let scratch = try Scratch()
    let path = scratch.file("run.safetensors")
    let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
      [path = path as String, step = step as Int] in
      ResumeTests.listenToCtrlC()
      let task = TrainingTask()
      let probe = Probe(onStep: { record, _ in if record.step == step { raise(SIGINT) } })
      let trainer = task.trainer(
        checkpoints: Checkpoints(path, everyEpochs: 99, resumeHint: "again --resume"),
        earlyStopping: EarlyStopping(patience: 9), callbacks: [probe])
      let history = try trainer.fit(
        task.loader, validation: TrainingTask.validationLoader, epochs: ResumeTests.epochs, evalEvery: 2)
      guard history.stopReason == "interrupted", probe.events.last == "ended" else { exit(1) }
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("saved \(path)") && text.contains("to go on: again --resume"), "\(text)")
    let (whole, resumed) = (try Self.whole(), try Self.resumed(path))
    #expect(resumed.state == whole.state)
    #expect(resumed.figures == whole.figures)
  }

  /// Ctrl-C while an epoch is evaluated or logged: no further step is begun, and it is said once.
  @Test(arguments: [1, 2]) func goesOnAfterCtrlCBetweenEpochs(epoch: Int) async throws {
    let scratch = try Scratch()
    let path = scratch.file("run.safetensors")
    let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
      [path = path as String, epoch = epoch as Int] in
      ResumeTests.listenToCtrlC()
      let task = TrainingTask()
      let probe = Probe(onEpoch: { record, _ in if record.epoch == epoch { raise(SIGINT) } })
      let trainer = task.trainer(
        checkpoints: Checkpoints(path, everyEpochs: 99), earlyStopping: EarlyStopping(patience: 9), callbacks: [probe])
      let history = try trainer.fit(
        task.loader, validation: TrainingTask.validationLoader, epochs: ResumeTests.epochs, evalEvery: 2)
      guard history.stopReason == "interrupted", history.epochs.count == epoch else { exit(1) }
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("interrupted after epoch \(epoch); saved \(path)"), "\(text)")
    #expect(text.components(separatedBy: "interrupted").count == 2, "\(text)")
    let (whole, resumed) = (try Self.whole(), try Self.resumed(path))
    #expect(resumed.state == whole.state)
    #expect(resumed.figures == whole.figures)
  }

  @Test func aSecondCtrlCEndsTheProgram() async {
    await #expect(processExitsWith: .signal(SIGINT)) {
      ResumeTests.listenToCtrlC()
      let task = TrainingTask()
      let probe = Probe(onStep: { record, _ in if record.step == 2 { for _ in 0..<2 { raise(SIGINT) } } })
      try task.trainer(callbacks: [probe]).fit(task.loader, epochs: 1)
    }
  }

  @Test func afterARunCtrlCEndsTheProgramAgain() async {
    await #expect(processExitsWith: .signal(SIGINT)) {
      ResumeTests.listenToCtrlC()
      let task = TrainingTask()
      try task.trainer().fit(task.loader, epochs: 1)
      raise(SIGINT)
    }
  }

  @Test func aHandlerOfTheProgramsOwnStays() async {
    await #expect(processExitsWith: .exitCode(7)) {
      ResumeTests.listenToCtrlC()
      signal(SIGINT) { _ in _exit(7) }
      let task = TrainingTask()
      let probe = Probe(onStep: { record, _ in if record.step == 2 { raise(SIGINT) } })
      try task.trainer(callbacks: [probe]).fit(task.loader, epochs: 1)
    }
  }

  /// The whole run once more, by more epochs: the finished one's checkpoint is where they begin.
  @Test func aFinishedRunIsPutOn() throws {
    let scratch = try Scratch()
    let path = scratch.file("run.safetensors")
    let task = TrainingTask()
    let trainer = task.trainer(checkpoints: Checkpoints(path), earlyStopping: EarlyStopping(patience: 9))
    try trainer.fit(task.loader, validation: TrainingTask.validationLoader, epochs: 2, evalEvery: 2)
    #expect(try Self.resumed(path).state == Self.whole().state)
  }

  /// Batches for the validation that are drawn at random are drawn on.
  @Test func aShuffledValidationGoesOnToo() throws {
    func shuffled(_ seed: UInt64) -> DataLoader<(Tensor, Tensor)> {
      DataLoader(TrainingTask.validation, batchSize: 4, shuffle: true, generator: Generator(seed: seed))
        .transformed(GaussianNoise(1))
    }
    let scratch = try Scratch()
    let checkpoints = Checkpoints(scratch.file("run.safetensors"))
    let (whole, broken, resumed) = (TrainingTask(), TrainingTask(), TrainingTask(seed: 7))
    let figures = try whole.trainer().fit(whole.loader, validation: shuffled(1), epochs: 4).figures
    _ = try broken.trainer(checkpoints: checkpoints).fit(broken.loader, validation: shuffled(1), epochs: 2)
    let history = try resumed.trainer(checkpoints: checkpoints).resume(
      resumed.loader, validation: shuffled(2), epochs: 4)
    #expect(history.figures == figures)
  }

  /// The seed of `fit` is that of the default generator, which a checkpoint keeps too.
  @Test func theDefaultGeneratorGoesOnToo() async throws {
    let scratch = try Scratch()
    let path = scratch.file("run.safetensors")
    await #expect(processExitsWith: .success) { [path = path as String] in
      func trainer() -> Trainer<(Tensor, Tensor)> {
        manualSeed(9)
        let model = Sequential(Linear(2, 8), Dropout(0.5), Linear(8, 1))
        return Trainer(
          model, SGD(model.parameters(), lr: 0.005, momentum: 0.9), loss: MSELoss(),
          checkpoints: Checkpoints(path), showsProgress: false)
      }
      let (whole, broken, resumed) = (trainer(), trainer(), trainer())
      try whole.fit(TrainingTask.data, epochs: 5, batchSize: 3, seed: 4)
      let end = Generator.default.state
      try broken.fit(TrainingTask.data, epochs: 2, batchSize: 3, seed: 4)
      manualSeed(12345)
      try resumed.resume(TrainingTask.data, epochs: 5, batchSize: 3)
      guard resumed.model.stateDict() == whole.model.stateDict(), Generator.default.state == end else { exit(1) }
    }
  }

  // MARK: What is wrong

  private func checkpoint(_ scratch: Scratch) throws -> String {
    let path = scratch.file("run.safetensors")
    let task = TrainingTask()
    try task.trainer(checkpoints: Checkpoints(path)).fit(task.loader, epochs: 1)
    return path
  }

  @Test func noCheckpointIsAnError() throws {
    let task = TrainingTask()
    let trainer = task.trainer(checkpoints: Checkpoints("/nonexistent/run.safetensors"))
    #expect(throws: DataError.self) { try trainer.resume(task.loader, epochs: 2) }
  }

  @Test func aFileOfWeightsIsNoCheckpoint() throws {
    let scratch = try Scratch()
    let task = TrainingTask()
    try task.model.save(to: scratch.file("weights.safetensors"))
    let trainer = task.trainer(checkpoints: Checkpoints(scratch.file("weights.safetensors")))
    let error = #expect(throws: DataError.self) { try trainer.resume(task.loader, epochs: 2) }
    #expect(error?.reason.contains("expected a checkpoint of a training run") == true)
  }

  @Test func otherDataAreRefused() throws {
    let scratch = try Scratch()
    let path = try checkpoint(scratch)
    let task = TrainingTask(batchSize: 4)
    let error = #expect(throws: DataError.self) {
      try task.trainer(checkpoints: Checkpoints(path)).resume(task.loader, epochs: 2)
    }
    #expect(
      error?.reason == "made with 20 samples in shuffled batches of 3; expected 20 samples in shuffled batches of 4")
  }

  @Test func otherStepsAreRefused() throws {
    let scratch = try Scratch()
    let path = try checkpoint(scratch)
    let task = TrainingTask()
    let error = #expect(throws: DataError.self) {
      try task.trainer(checkpoints: Checkpoints(path), accumulation: 2).resume(task.loader, epochs: 2)
    }
    #expect(error?.reason.hasSuffix("expected 20 samples in shuffled batches of 3, 2 a step") == true)
    let ordered = DataLoader(TrainingTask.data, batchSize: 3, generator: Generator(seed: 1))
    #expect(throws: DataError.self) {
      try task.trainer(checkpoints: Checkpoints(path)).resume(ordered, epochs: 2)
    }
  }

  /// What a killed program has left beside the checkpoint goes with the next run; other files stay.
  @Test func leftoversOfAKilledRunAreRemoved() throws {
    let scratch = try Scratch()
    try scratch.write([1, 2], to: ".run.safetensors.3w5e11264sgsf.tmp")
    try scratch.write([1, 2], to: ".run.safetensors.notes.of mine.tmp")
    try scratch.write([1, 2], to: ".other.safetensors.3w5e11264sgsf.tmp")
    _ = try checkpoint(scratch)
    #expect(
      try scratch.names
        == [".other.safetensors.3w5e11264sgsf.tmp", ".run.safetensors.notes.of mine.tmp", "run.safetensors"])
  }

  @Test func anotherModelIsRefusedAndStaysAsItIs() throws {
    let scratch = try Scratch()
    let path = try checkpoint(scratch)
    let task = TrainingTask(seed: 3)
    let other = Sequential(
      Linear(2, 4), BatchNorm1d(4), Tanh(), Dropout(0.2, generator: Generator(seed: 0)), Linear(4, 1))
    let trainer = Trainer(
      other, Adam(other.parameters(), lr: 1), loss: MSELoss(), checkpoints: Checkpoints(path), showsProgress: false)
    let before = other.stateDict()
    #expect(throws: StateDictError.self) { try trainer.resume(task.loader, epochs: 2) }
    #expect(other.stateDict() == before)
  }

  /// The model fits and the optimizer doesn't: neither is changed.
  @Test func anotherOptimizerIsRefusedAndTheModelStaysAsItIs() throws {
    let scratch = try Scratch()
    let path = try checkpoint(scratch)
    let task = TrainingTask(seed: 3)
    let trainer = Trainer(
      task.model, SGD(task.model.parameters(), lr: 1), loss: MSELoss(), checkpoints: Checkpoints(path),
      showsProgress: false)
    let before = task.model.stateDict()
    #expect(throws: StateDictError.self) { try trainer.resume(task.loader, epochs: 2) }
    #expect(task.model.stateDict() == before)
  }

  @Test func damageIsAnError() throws {
    let scratch = try Scratch()
    let path = try checkpoint(scratch)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    try bytes.prefix(bytes.count / 2).write(to: URL(fileURLWithPath: path))
    let task = TrainingTask()
    #expect(throws: DataError.self) {
      try task.trainer(checkpoints: Checkpoints(path)).resume(task.loader, epochs: 2)
    }
  }
}
