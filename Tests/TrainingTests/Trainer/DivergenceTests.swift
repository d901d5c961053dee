import Autograd
import Foundation
import NN
import Tensors
import TestSupport
import Testing
import Training

/// A run that diverges stops before it spoils anything, and says where NaN came from.
@Suite struct DivergenceTests {
  private final class Model: Module {
    let weight = Variable([1.0], requiresGrad: true)
    /// How the loss goes wrong, once the weight has come down to 0 or below.
    let wrong: (Variable) -> Variable
    init(_ wrong: @escaping (Variable) -> Variable) { self.wrong = wrong }
  }

  private struct Ones: Dataset {
    let count = 8
    subscript(index: Int) -> Tensor { Tensor([1.0]) }
  }

  /// The weight goes 1, ¾, ½, ¼, 0, …: step 5 is the first that sees 0.
  private func error(
    checkpoints: Checkpoints? = nil, clipping: Clipping? = nil, _ wrong: @escaping (Variable) -> Variable
  ) throws -> (error: DivergenceError, model: Module) {
    let model = Model(wrong)
    let trainer = Trainer<Tensor>(
      model, SGD(model.parameters(), lr: 0.25), clipping: clipping, checkpoints: checkpoints, showsProgress: false
    ) { _ in StepOutput(loss: (model.weight + model.wrong(model.weight)).sum(), samples: 1) }
    let error = #expect(throws: DivergenceError.self) {
      try trainer.fit(DataLoader(Ones(), batchSize: 2), epochs: 9)
    }
    return (try #require(error), model)
  }

  @Test func aLossNamesItsFirstOperation() throws {
    let found = try error { 0 * ($0 - 0.1).log() }
    #expect((found.error.epoch, found.error.step) == (2, 1), "three steps go well… the fourth sees ¼")
    #expect(found.error.loss == "nan" && found.error.cause?.operation == "log")
    #expect(found.error.description.contains("the loss is nan at epoch 2, step 1"))
    #expect(found.error.description.contains("first in log: NaN in its value"))
  }

  /// √x has the derivative ∞ at 0, where the loss is finite.
  @Test(arguments: [nil, Clipping.norm(9), .value(9)]) func aGradientNamesItsFirstOperation(_ clipping: Clipping?)
    throws
  {
    let found = try error(clipping: clipping) { ($0 * 0).sqrt() }
    #expect((found.error.epoch, found.error.step) == (1, 1))
    #expect(found.error.cause?.operation == "sqrt" && found.error.cause?.phase == .backward)
    #expect(found.error.description.contains("a gradient is not finite"))
    #expect(found.model.parameters()[0].value == Tensor([1.0]), "no step was taken")
    #expect(found.model.parameters()[0].grad == nil)
  }

  /// Of three batches that make a step the second has an infinite gradient, and all have finite losses.
  @Test(arguments: [0, 2]) func everyBatchOfAStepIsLookedAt(workers: Int) throws {
    struct Numbers: Dataset {
      let count = 3
      subscript(index: Int) -> Tensor { Tensor([[1.0, 0.0, 2.0][index]]) }
    }
    let model = Model { $0 }
    let trainer = Trainer<Tensor>(
      model, SGD(model.parameters(), lr: 0.1), accumulation: 3, showsProgress: false
    ) { x in StepOutput(loss: (model.weight - 1 + Variable(x[0])).sqrt().sum(), samples: 1) }
    let error = #expect(throws: DivergenceError.self) {
      try trainer.fit(DataLoader(Numbers(), batchSize: 1, workers: workers), epochs: 1)
    }
    #expect(error?.cause?.operation == "sqrt" && error?.cause?.phase == .backward)
    #expect(model.parameters()[0].grad == nil)
  }

  @Test func nanInTheDataIsSaidToStandThere() throws {
    let task = TrainingTask()
    let data = TensorDataset(.full([4, 2], Double.nan), .zeros([4, 1]))
    let error = #expect(throws: DivergenceError.self) {
      try task.trainer().fit(DataLoader(data, batchSize: 4), epochs: 1)
    }
    let lines = error?.description.split(separator: "\n")
    #expect(lines?.first == "the loss is nan at epoch 1, step 1; it stands in the data or in the weights")
  }

  @Test func theLastGoodCheckpointStays() throws {
    let scratch = try Scratch()
    let path = scratch.file("run.safetensors")
    let found = try error(checkpoints: Checkpoints(path, everySteps: 1)) { 0 * ($0 - 0.1).log() }
    #expect(found.error.checkpoint == path)
    #expect(found.error.description.contains("the last good checkpoint: \(path)"))
    #expect(try SafeTensors.read(path).tensors["model.weight"] == Tensor([0.0]))
  }

  /// A step too far makes infinite weights, of which no checkpoint is made.
  @Test func weightsThatAreNotFiniteAreNotSaved() throws {
    let scratch = try Scratch()
    let path = scratch.file("run.safetensors")
    let model = Model { $0 }
    let trainer = Trainer<Tensor>(
      model, SGD(model.parameters(), lr: 1e30), checkpoints: Checkpoints(path, everySteps: 1), showsProgress: false
    ) { _ in StepOutput(loss: model.weight.square().sum(), samples: 1) }
    #expect(throws: DivergenceError.self) { try trainer.fit(DataLoader(Ones(), batchSize: 1), epochs: 9) }
    let saved = try #require(try SafeTensors.read(path).tensors["model.weight"])
    #expect(saved.isFinite().all().item(as: Bool.self))
  }

  @Test func aHandWrittenLoopChecksItsLoss() throws {
    try DivergenceError.check(1, epoch: 1, step: 1)
    let error = #expect(throws: DivergenceError.self) { try DivergenceError.check(.infinity, epoch: 3, step: 4) }
    #expect(
      error?.description
        == "the loss is inf at epoch 3, step 4; a smaller learning rate or smaller inputs usually help")
  }

  /// The disk takes no more than so many bytes of a file: the error names it, and the old checkpoint stays.
  @Test func aFullDiskIsAnErrorAndTheOldCheckpointStays() async throws {
    let scratch = try Scratch()
    let path = scratch.file("run.safetensors")
    await #expect(processExitsWith: .success) { [path = path as String] in
      let task = TrainingTask()
      try task.trainer(checkpoints: Checkpoints(path)).fit(task.loader, epochs: 1)
      let old = try Data(contentsOf: URL(fileURLWithPath: path))
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: 1000, rlim_max: 1000)
      setrlimit(__rlimit_resource_t(1), &limit)
      do {
        try task.trainer(checkpoints: Checkpoints(path)).fit(task.loader, epochs: 1)
        exit(1)
      } catch let error as DataError {
        let directory = URL(fileURLWithPath: path).deletingLastPathComponent().path
        let files = try FileManager.default.contentsOfDirectory(atPath: directory)
        guard error.file == path, files == ["run.safetensors"] else { exit(2) }
        guard try Data(contentsOf: URL(fileURLWithPath: path)) == old else { exit(3) }
      }
    }
  }

  @Test func aDirectoryThatCannotBeWrittenIsAnError() throws {
    let scratch = try Scratch()
    try Data().write(to: URL(fileURLWithPath: scratch.file("file")))
    let (task, probe) = (TrainingTask(), Probe())
    let trainer = task.trainer(checkpoints: Checkpoints(scratch.file("file/run.safetensors")), callbacks: [probe])
    let error = #expect(throws: DataError.self) { try trainer.fit(task.loader, epochs: 1) }
    #expect(error?.file == scratch.file("file"))
    #expect(probe.events.isEmpty, "before the first step, not after an epoch's work")
  }

  @Test func theDirectoryIsMade() throws {
    let scratch = try Scratch()
    let path = scratch.file("runs/1/run.safetensors")
    let task = TrainingTask()
    try task.trainer(checkpoints: Checkpoints(path)).fit(task.loader, epochs: 1)
    #expect(FileManager.default.fileExists(atPath: path))
  }
}
