import Autograd
import Foundation
import NN
import Tensors
import TestSupport
import Testing

import Training

/// Logs of a trainer that is killed at some step and resumed, beside those of one that never was.
@Suite struct TrainerLogsTests {
  /// Ends the run as a crash would, as far as the other callbacks can tell.
  private final class Crash: Callback {
    struct Error: Swift.Error {}
    let step: Int
    init(at step: Int) { self.step = step }
    func stepped(_ step: StepRecord, _ run: TrainingRun) throws { if step.step == self.step { throw Error() } }
  }

  private func trainer(_ folder: String, _ more: [any Callback] = []) -> Trainer<(Tensor, Tensor)> {
    let model = Linear(3, 2, generator: Generator(seed: 1))
    return Trainer(
      model, SGD(model.parameters(), lr: 0.1, momentum: 0.9), loss: CrossEntropyLoss(),
      metrics: [Accuracy(), F1Score(), Perplexity()], clipping: .norm(1),
      checkpoints: Checkpoints(folder + "/checkpoint.safetensors", everySteps: 3),
      callbacks: [
        CSVLogger(folder + "/epochs.csv"), JSONLinesLogger(folder + "/steps.jsonl", every: .step),
        CSVLogger(folder + "/steps.csv", every: .step), TensorBoardLogger(folder + "/tb", histogramsEvery: 2),
      ] + more, showsProgress: false)
  }

  private func data() -> TensorDataset {
    let x = Tensor.randn([20, 3], generator: Generator(seed: 2))
    return TensorDataset(x, (x[0..., 0] .> 0).to(.int64))
  }

  private var validation: DataLoader<(Tensor, Tensor)> { DataLoader(data(), batchSize: 5) }

  private func loader() -> DataLoader<(Tensor, Tensor)> {
    DataLoader(data(), batchSize: 5, shuffle: true, generator: Generator(seed: 3))
  }

  /// The lines of a file, without the seconds, which differ.
  private func lines(_ path: String, without column: Int? = nil) throws -> [[Substring]] {
    try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map { line in
      line.split(separator: ",", omittingEmptySubsequences: false).enumerated().filter { $0.offset != column }
        .map(\.element)
    }
  }

  @Test(arguments: [2, 4, 6, 10]) func areThoseOfARunThatWasNeverInterrupted(killedAt step: Int) throws {
    let (whole, parts) = (try Scratch(), try Scratch())
    try trainer(whole.path).fit(loader(), validation: validation, epochs: 3, evalEvery: 2)
    #expect(throws: Crash.Error.self) {
      try trainer(parts.path, [Crash(at: step)]).fit(loader(), validation: validation, epochs: 3, evalEvery: 2)
    }
    if step < 4 {
      try trainer(parts.path).fit(loader(), validation: validation, epochs: 3, evalEvery: 2)
    } else {
      try trainer(parts.path).resume(loader(), validation: validation, epochs: 3, evalEvery: 2)
    }
    let (found, expected) = (
      try lines(parts.file("epochs.csv"), without: 3), try lines(whole.file("epochs.csv"), without: 3)
    )
    #expect(found == expected)
    #expect(try lines(parts.file("steps.csv")) == lines(whole.file("steps.csv")))
    #expect(try lines(parts.file("steps.jsonl")) == lines(whole.file("steps.jsonl")))
    #expect(try lines(whole.file("steps.jsonl")).count == 12)
    #expect(try lines(whole.file("epochs.csv")).count == 4)
  }
}
