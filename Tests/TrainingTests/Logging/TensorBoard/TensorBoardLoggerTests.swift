import Foundation
import Tensors
import TestSupport
import Testing

import Training

@Suite struct TensorBoardLoggerTests {
  @Test func writesLossesMetricsAndLearningRates() throws {
    let scratch = try Scratch()
    let run = SampleRun(isEvaluated: { $0 == 2 }, gradientNorm: 1.5)
    try run.run(TensorBoardLogger(scratch.path), epochs: 2)
    let file = try EventReader(in: scratch.path)
    #expect(file.scalars("loss/step") == [1: 8, 2: 4, 3: Float(8.0 / 3), 4: 2])
    #expect(file.scalars("gradient_norm") == [1: 1.5, 2: 1.5, 3: 1.5, 4: 1.5])
    #expect(file.scalars("learning_rate") == [1: 0.5, 2: 0.5, 3: 0.5, 4: 0.5])
    #expect(file.scalars("loss/training") == [2: 1, 4: 0.5])
    #expect(file.scalars("loss/validation") == [4: 1])
    #expect(file.scalars("accuracy/validation") == [4: 0.5])
    #expect(Set(file.values.map(\.tag)).count == 6)
  }

  @Test func stepsAreLoggedAsOftenAsAskedFor() throws {
    let (some, none) = (try Scratch(), try Scratch())
    try SampleRun(rates: [0.5, 0.25]).run(TensorBoardLogger(some.path, stepsEvery: 3), epochs: 4)
    let file = try EventReader(in: some.path)
    #expect(file.scalars("loss/step").keys.sorted() == [3, 6])
    #expect(file.scalars("learning_rate/1") == [3: 0.25, 6: 0.25])
    try SampleRun().run(TensorBoardLogger(none.path, stepsEvery: nil), epochs: 1)
    #expect(
      try EventReader(in: none.path).values.map(\.tag) == ["loss/training", "loss/validation", "accuracy/validation"])
  }

  @Test func histogramsOfParametersAndGradients() throws {
    let scratch = try Scratch()
    let run = SampleRun()
    try run.run(TensorBoardLogger(scratch.path, histogramsEvery: 2), epochs: 3)
    let histograms = try EventReader(in: scratch.path).values.filter { $0.value.has(5) }
    #expect(histograms.map(\.tag) == ["parameters/weight", "gradients/weight", "parameters/bias", "gradients/bias"])
    #expect(histograms.map(\.step) == [4, 4, 4, 4])
    // The model's output is x·w + b with x = [1, 2].
    let gradient = histograms[1].value.message(5)
    #expect([1, 2, 3, 4, 5].map { gradient.double($0) } == [1, 2, 2, 3, 5])
  }

  /// The file of a resumed run begins with the step from which on TensorBoard forgets what the others say.
  @Test func aResumedRunHidesWhatWasLoggedAfterItsCheckpoint() throws {
    let scratch = try Scratch()
    let logger = TensorBoardLogger(scratch.path)
    try SampleRun().run(logger, epochs: 4, until: 5)
    let first = try #require(try scratch.names.first)
    try SampleRun().run(logger, epochs: 4, after: 3)
    let files = try scratch.names.map { try EventReader(path: scratch.file($0)) }
    #expect(try scratch.names.first == first, "the files' order is that of the runs")
    #expect(files.count == 2)
    #expect(files.map { $0.events[0].message(7).integer(1) } == [1, 1])
    #expect(files.map { $0.events[0].integer(2) } == [1, 4])
    #expect(files[1].scalars("loss/step").keys.min() == 4)
  }

  @Test func refusesIntervalsOfNothing() async {
    let interval = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = TensorBoardLogger("run", stepsEvery: 0)
    }
    expectMessage(interval, "TensorBoardLogger", "steps every 0", "expected at least 1, or nil")
  }

  @Test func aDirectoryThatCannotBeMadeEndsTheRun() throws {
    let scratch = try Scratch()
    try scratch.write([1], to: "file")
    let error = dataError { try SampleRun().run(TensorBoardLogger(scratch.file("file")), epochs: 1) }
    #expect(error?.file == scratch.file("file"))
  }
}
