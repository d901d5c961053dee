import Autograd
import NN
import Tensors
import TestSupport
import Testing
import Training

@Suite struct TrainerTests {
  /// The loop that the trainer replaces, by hand.
  @Test func fitIsTheLoopThatOneWouldWrite() throws {
    let (task, byHand) = (TrainingTask(), TrainingTask())
    let history = try task.trainer().fit(
      task.loader, validation: TrainingTask.validationLoader, epochs: 3)

    for epoch in 0..<3 {
      byHand.model.train()
      var (sum, count) = (0.0, 0)
      for (x, y) in byHand.loader {
        byHand.optimizer.zeroGrad()
        let loss = MSELoss()(byHand.model(x), y)
        loss.backward()
        clipGradNorm(byHand.model.parameters(), maxNorm: 1)
        byHand.optimizer.step()
        (sum, count) = (sum + loss.item() * Double(x.shape[0]), count + x.shape[0])
      }
      #expect(history.epochs[epoch].learningRates == byHand.optimizer.learningRates)
      byHand.schedule.step()
      #expect(history.training()[epoch] == sum / Double(count))
      byHand.model.eval()
      let (x, y) = (TrainingTask.validation.inputs, TrainingTask.validation.targets)
      let residual = byHand.model(x).value - y
      let loss: Double = residual.square().mean().item()
      #expect(abs(history.validation()[epoch] - loss) < 1e-6)
      let mae: Double = residual.abs().mean().item()
      #expect(abs(history.validation(MeanAbsoluteError().name)[epoch] - mae) < 1e-6)
    }
    #expect(task.model.stateDict() == byHand.model.stateDict())
    #expect(history.epochs.map(\.steps) == [7, 14, 21] && history.epochs.allSatisfy { $0.samples == 20 })
  }

  /// Three batches of two make the gradient of one of six; the last step of an epoch has fewer.
  @Test func accumulationIsALargerBatch() throws {
    func weights(batchSize: Int, accumulation: Int) throws -> Tensor {
      let model = Linear(2, 1, dtype: .float64, generator: Generator(seed: 5))
      let data = TensorDataset(TrainingTask.data.inputs.to(.float64), TrainingTask.data.targets.to(.float64))
      let trainer = Trainer(
        model, SGD(model.parameters(), lr: 0.1), loss: MSELoss(), accumulation: accumulation, showsProgress: false)
      let history = try trainer.fit(DataLoader(data, batchSize: batchSize), epochs: 2)
      #expect(history.epochs[0].steps == 4)
      return model.weight.value
    }
    let (small, large) = (try weights(batchSize: 2, accumulation: 3), try weights(batchSize: 6, accumulation: 1))
    #expect((small - large).abs().max().item(as: Double.self) < 1e-14)
  }

  /// A parameter that the optimizer doesn't have gets gradients too: its old ones don't count in the norm.
  @Test func normsAreThoseOfTheStep() throws {
    let model = Linear(2, 1, generator: Generator(seed: 5))
    let probe = Probe()
    var norms: [Double] = []
    probe.onStep = { step, _ in norms.append(step.gradientNorm ?? .nan) }
    let trainer = Trainer(
      model, SGD([try #require(model.bias)], lr: 0), loss: MSELoss(), clipping: .norm(100), callbacks: [probe],
      showsProgress: false)
    try trainer.fit(DataLoader(TrainingTask.data, batchSize: 20), epochs: 3)
    #expect(norms.count == 3 && norms[0] > 0 && norms.allSatisfy { $0 == norms[0] }, "\(norms)")
  }

  @Test func callbacksAreToldInOrder() throws {
    let task = TrainingTask(batchSize: 10)
    let probe = Probe()
    try task.trainer(callbacks: [probe]).fit(task.loader, epochs: 2)
    #expect(
      probe.events == ["began", "step 1", "step 2", "epoch 1", "step 3", "step 4", "epoch 2", "ended"])
  }

  @Test func aCallbackEndsTheRunInGoodOrder() throws {
    let task = TrainingTask(batchSize: 10)
    let probe = Probe(onEpoch: { epoch, run in if epoch.epoch == 2 { run.stop("enough") } })
    let history = try task.trainer(callbacks: [probe]).fit(task.loader, epochs: 9)
    #expect(history.epochs.count == 2 && history.stopReason == "enough")
    #expect(probe.events.last == "ended")
  }

  @Test func aCallbacksErrorComesOut() {
    struct Full: Error {}
    let task = TrainingTask()
    let probe = Probe(onStep: { step, _ in if step.step == 2 { throw Full() } })
    #expect(throws: Full.self) { try task.trainer(callbacks: [probe]).fit(task.loader, epochs: 1) }
    #expect(probe.events == ["began", "step 1", "step 2", "failed: Full()"])
  }

  @Test(arguments: [(1, [1, 2, 3, 4, 5]), (2, [2, 4, 5]), (9, [5])])
  func evaluationsComeEverySoManyEpochsAndAtTheEnd(every: Int, at: [Int]) throws {
    let task = TrainingTask(batchSize: 10)
    let history = try task.trainer().fit(
      task.loader, validation: TrainingTask.validationLoader, epochs: 5, evalEvery: every)
    #expect(history.epochs.filter { $0.validation != nil }.map(\.epoch) == at)
    #expect(history.validation().filter { $0.isNaN }.count == 5 - at.count)
  }

  @Test func evaluationLeavesModesAndGradientsAsTheyWere() {
    let task = TrainingTask()
    task.model.train()
    task.model[1].eval()
    let before = task.model.stateDict()
    let scores = task.trainer().evaluate(TrainingTask.validationLoader)
    #expect(task.model.isTraining && !task.model[1].isTraining && task.model[3].isTraining)
    #expect(task.model.stateDict() == before && task.model.parameters().allSatisfy { $0.grad == nil })
    #expect(scores.entries.map(\.name) == ["loss", MeanAbsoluteError().name])
  }

  @Test func noBatchesHaveNoScores() {
    let empty = DataLoader(TensorDataset(.zeros([0, 2]), .zeros([0, 1])), batchSize: 2)
    #expect(TrainingTask().trainer().evaluate(empty)["loss"]?.isNaN == true)
  }

  /// Weights that only get worse: the first epoch's come back.
  @Test func earlyStoppingGivesTheBestWeightsBack() throws {
    let task = TrainingTask()
    var weights: [[String: Tensor]] = []
    // Each epoch ends with larger weights, the first with the smallest error.
    let spoiler = Probe(onEpoch: { _, run in
      weights.append(run.model.stateDict())
      run.model.parameters().forEach { $0.value = $0.value * 3 + 1 }
    })
    let stopping = EarlyStopping(patience: 2)
    let trainer = task.trainer(earlyStopping: stopping, callbacks: [spoiler])
    let history = try trainer.fit(task.loader, validation: TrainingTask.validationLoader, epochs: 50)
    let losses = history.validation()
    let best = try #require(losses.indices.min { losses[$0] < losses[$1] })
    #expect(history.bestEpoch == best + 1)
    #expect(history.epochs.count == best + 4, "the best, two that are put up with, and one too many")
    #expect(task.model.stateDict() == weights[best])
    #expect(history.stopReason?.contains("loss") == true)
    #expect(trainer.evaluate(TrainingTask.validationLoader)["loss"] == losses[best])
  }

  @Test func plateausLowerTheRate() throws {
    let model = Linear(2, 1, generator: Generator(seed: 1))
    let optimizer = SGD(model.parameters(), lr: 0)
    optimizer.learningRates = [1e-9]
    let plateau = ReduceLROnPlateau(optimizer, patience: 0, eps: 0)
    let trainer = Trainer(
      model, optimizer, loss: MSELoss(), scheduler: .onPlateau(plateau), showsProgress: false)
    let history = try trainer.fit(
      DataLoader(TrainingTask.data, batchSize: 20), validation: TrainingTask.validationLoader, epochs: 3)
    #expect(zip(history.epochs.map { $0.learningRates[0] }, [1e-9, 1e-9, 1e-10]).allSatisfy { abs($0 - $1) < 1e-16 })
  }

  @Test func schedulesMayGoByTheStep() throws {
    let model = Linear(2, 1, generator: Generator(seed: 1))
    let optimizer = SGD(model.parameters(), lr: 1)
    let trainer = Trainer(
      model, optimizer, loss: MSELoss(), scheduler: .everyStep(ExponentialLR(optimizer, gamma: 0.5)),
      showsProgress: false)
    let probe = Probe()
    var rates: [Double] = []
    probe.onStep = { step, _ in rates += step.learningRates }
    trainer.callbacks = [probe]
    try trainer.fit(DataLoader(TrainingTask.data, batchSize: 5), epochs: 1)
    #expect(rates == [1, 0.5, 0.25, 0.125])
  }

  @Test func aSecondRunStartsOverUnlessItShallNot() throws {
    let plain = Linear(2, 1, generator: Generator(seed: 1))
    let again = Trainer(plain, SGD(plain.parameters(), lr: 0.1, momentum: 0.9), loss: MSELoss(), showsProgress: false)
    let data = DataLoader(TrainingTask.data, batchSize: 5)
    let first = try again.fit(data, epochs: 2).figures
    #expect(try again.fit(data, epochs: 2).figures == first)
    #expect(try again.fit(data, epochs: 2, restart: false).figures != first)
  }

  @Test func layersAreDecidedByTheFirstBatch() throws {
    let model = Sequential(LazyLinear(4, generator: Generator(seed: 1)), Tanh(), LazyLinear(1))
    let trainer = Trainer(model, SGD(model.parameters(), lr: 0.05), loss: MSELoss(), showsProgress: false)
    let history = try trainer.fit(DataLoader(TrainingTask.data, batchSize: 5), epochs: 5)
    #expect(model.parameters().map(\.shape) == [[4, 2], [4], [1, 4], [1]])
    #expect(history.training()[4] < history.training()[0])
    try trainer.fit(DataLoader(TrainingTask.data, batchSize: 5), epochs: 1)
  }

  @Test func stepsOfAnyKind() throws {
    let w = Variable([5.0], requiresGrad: true)
    final class Holder: Module {
      let w: Variable
      init(_ w: Variable) { self.w = w }
    }
    let trainer = Trainer<Tensor>(Holder(w), SGD([w], lr: 0.5), showsProgress: false) { batch in
      StepOutput(loss: (w - Variable(batch.mean())).square().sum(), samples: batch.shape[0])
    }
    let history = try trainer.fit(DataLoader(Numbers(), batchSize: 2), epochs: 1)
    let loss = (20.25 * 2 + 4 * 2) / 4
    #expect(history.training() == [loss], "each step goes all the way: (5 − ½)², (½ − 2½)²")
    #expect(w.value.item() == 2.5)
  }

  @Test func whatCannotBeStops() async {
    let monitor = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = TrainingTask().trainer(earlyStopping: EarlyStopping(monitor: "acuracy"))
    }
    expectMessage(monitor, "Trainer", "no score \"acuracy\"", "loss")
    let epochs = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let task = TrainingTask()
      _ = try? task.trainer().fit(task.loader, epochs: 0)
    }
    expectMessage(epochs, "Trainer", "epochs 0")
    let empty = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let task = TrainingTask()
      let none = DataLoader(TensorDataset(.zeros([0, 2]), .zeros([0, 1])), batchSize: 2)
      _ = try? task.trainer().fit(task.loader, validation: none, epochs: 1)
    }
    expectMessage(empty, "Trainer", "no batches in the validation; expected at least one, or nil")
    let nothing = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = try? TrainingTask().trainer().resume(TrainingTask.validationLoader, epochs: 1)
    }
    expectMessage(nothing, "Trainer.resume", "no checkpoints")
  }
}

/// 0, 1, 2, 3.
private struct Numbers: Dataset {
  let count = 4
  subscript(index: Int) -> Tensor { Tensor(Double(index)) }
}
