import Foundation
import NN
import Tensors
import TestSupport
import Testing
import Training

/// Runs of models whose layers find their inputs at the first batch. They draw from the default generator, so each test has
/// a process of its own.
@Suite struct UndecidedLayersTests {
  private static func trainer(_ path: String? = nil) -> Trainer<(Tensor, Tensor)> {
    let model = Sequential(Dense(4, activation: .tanh, dropout: 0.2), Dense(1))
    return Trainer(
      model, SGD(model.parameters(), lr: 0.05, momentum: 0.9), loss: MSELoss(),
      checkpoints: path.map { Checkpoints($0) }, showsProgress: false)
  }

  @Test func aSecondRunWithTheSeedIsTheFirstAgain() async {
    await #expect(processExitsWith: .success) {
      let trainer = UndecidedLayersTests.trainer()
      let first = try trainer.fit(TrainingTask.data, epochs: 2, batchSize: 5, seed: 3).figures
      let second = try trainer.fit(TrainingTask.data, epochs: 2, batchSize: 5, seed: 3).figures
      guard second == first else { exit(1) }
      guard try trainer.fit(TrainingTask.data, epochs: 2, batchSize: 5, seed: 4).figures != first else { exit(2) }
    }
  }

  @Test func aResumedRunEndsWithTheSameBits() async throws {
    let scratch = try Scratch()
    let path = scratch.file("run.safetensors")
    await #expect(processExitsWith: .success) { [path = path as String] in
      let (whole, broken, resumed) = (
        UndecidedLayersTests.trainer(), UndecidedLayersTests.trainer(path), UndecidedLayersTests.trainer(path)
      )
      try whole.fit(TrainingTask.data, epochs: 4, batchSize: 5, seed: 3)
      try broken.fit(TrainingTask.data, epochs: 2, batchSize: 5, seed: 3)
      try resumed.resume(TrainingTask.data, epochs: 4, batchSize: 5)
      guard resumed.model.stateDict() == whole.model.stateDict() else { exit(1) }
    }
  }

  /// The model's part of the checkpoint decides the layers, then the optimizer's doesn't fit.
  @Test func aCheckpointThatDoesNotFitLeavesThemUndecided() async throws {
    let scratch = try Scratch()
    let path = scratch.file("run.safetensors")
    await #expect(processExitsWith: .success) { [path = path as String] in
      try UndecidedLayersTests.trainer(path).fit(TrainingTask.data, epochs: 1, batchSize: 5, seed: 3)
      let model = Sequential(Dense(4, activation: .tanh, dropout: 0.2), Dense(1))
      let other = Trainer(
        model, Adam(model.parameters()), loss: MSELoss(), checkpoints: Checkpoints(path), showsProgress: false)
      let before = model.stateDict()
      do {
        try other.resume(TrainingTask.data, epochs: 2, batchSize: 5)
        exit(1)
      } catch let error as StateDictError {
        guard error.missing.contains("param_groups.0.betas"), error.misshaped.isEmpty else { exit(2) }
      }
      guard model.stateDict() == before else { exit(3) }
      try other.fit(TrainingTask.data, epochs: 1, batchSize: 5)
    }
  }
}
