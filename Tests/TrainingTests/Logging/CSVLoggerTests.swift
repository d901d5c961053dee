import Foundation
import NN
import Tensors
import TestSupport
import Testing

import Training

@Suite struct CSVLoggerTests {
  private let scratch = try! Scratch()
  private var path: String { scratch.file("log.csv") }
  private var text: String { get throws { try String(contentsOfFile: path, encoding: .utf8) } }
  private let header = "epoch,steps,samples,seconds,learning_rate,training_loss,validation_loss,validation_accuracy\n"

  @Test func hasALineForEachEpoch() throws {
    try SampleRun().run(CSVLogger(path), epochs: 3)
    #expect(
      try text == header + """
        1,2,6,0.25,0.5,1.0,2.0,0.25
        2,4,6,0.25,0.5,0.5,1.0,0.5
        3,6,6,0.25,0.5,0.3333333333333333,0.6666666666666666,0.75

        """)
    let table = try CSVTable(contentsOf: path)
    #expect(try table.numbers("validation_accuracy") == [0.25, 0.5, 0.75])
  }

  @Test func hasALineForEachStep() throws {
    try SampleRun(rates: [0.5, 0.25]).run(CSVLogger(path, every: .step), epochs: 1)
    #expect(
      try text == """
        step,epoch,samples,loss,learning_rate_0,learning_rate_1
        1,1,3,8.0,0.5,0.25
        2,1,3,4.0,0.5,0.25

        """)
  }

  /// After an error nothing is held open: what is told then has no place.
  @Test func anErrorClosesTheFile() throws {
    let task = TrainingTask()
    let (log, probe) = (CSVLogger(path), Probe())
    probe.onEpoch = { epoch, _ in if epoch.epoch == 2 { throw DataError(file: "a", field: "b", reason: "c") } }
    let trainer = task.trainer(callbacks: [log, probe])
    #expect(throws: DataError.self) { try trainer.fit(task.loader, epochs: 3) }
    let before = try text
    #expect(before.split(separator: "\n").count == 3, "the header and two epochs")
    let run = TrainingRun(model: task.model, optimizer: task.optimizer, epochs: 3, stepsPerEpoch: 7)
    try log.finished(EpochRecord(epoch: 3, steps: 21, training: Scores()), run)
    #expect(try text == before)
  }

  @Test func columnsThatComeLaterHaveEmptyCellsAbove() throws {
    try SampleRun(isEvaluated: { $0 == 2 }).run(CSVLogger(path), epochs: 3)
    #expect(
      try text == header + """
        1,2,6,0.25,0.5,1.0,,
        2,4,6,0.25,0.5,0.5,1.0,0.5
        3,6,6,0.25,0.5,0.3333333333333333,,

        """)
  }

  @Test func numbersThatAreNoneAreNamed() throws {
    var scores = Scores()
    for value in [Double.nan, -Double.nan, .infinity, -.infinity] { scores.append("x\(scores.entries.count)", value) }
    scores.append("a, \"b\"\nc", 1e-300)
    let logger = CSVLogger(path)
    try SampleRun().run(logger, epochs: 0)
    let record = EpochRecord(epoch: 1, steps: 2, training: scores)
    let run = TrainingRun(model: SampleRun().model, optimizer: SGD([], lr: 1), epochs: 1, stepsPerEpoch: 2)
    try logger.began(run)
    try logger.finished(record, run)
    #expect(
      try text == """
        epoch,steps,samples,seconds,training_x0,training_x1,training_x2,training_x3,"training_a, ""b"" c"
        1,2,0,0.0,nan,nan,inf,-inf,1e-300

        """)
  }

  /// A program that is killed after epoch 3, whose last checkpoint was saved after epoch `checkpoint`.
  @Test(arguments: [0, 1, 2, 3]) func aResumedRunHasEveryEpochOnce(checkpoint: Int) throws {
    let run = SampleRun(isEvaluated: { $0 % 2 == 0 })
    try run.run(CSVLogger(path), epochs: 4)
    let whole = try text
    try run.run(CSVLogger(path), epochs: 4, until: 7)
    #expect(try text.split(separator: "\n").count == 4)
    try run.run(CSVLogger(path), epochs: 4, after: 2 * checkpoint)
    #expect(try text == whole)
  }

  /// Killed in step 7, resumed from a checkpoint after any of them, also in the middle of an epoch.
  @Test(arguments: 0...7) func aResumedRunHasEveryStepOnce(checkpoint: Int) throws {
    let run = SampleRun(gradientNorm: 1.5)
    try run.run(CSVLogger(path, every: .step), epochs: 4)
    let whole = try text
    try run.run(CSVLogger(path, every: .step), epochs: 4, until: 7)
    try run.run(CSVLogger(path, every: .step), epochs: 4, after: checkpoint)
    #expect(try text == whole)
  }

  /// A log that was lost is written anew where the history has it.
  @Test func aLostLogOfEpochsComesBack() throws {
    try SampleRun().run(CSVLogger(path), epochs: 3)
    let whole = try text
    try FileManager.default.removeItem(atPath: path)
    try SampleRun().run(CSVLogger(path), epochs: 3, after: 4)
    #expect(try text == whole)
  }

  @Test func aNewRunReplacesTheFile() throws {
    try SampleRun().run(CSVLogger(path), epochs: 3)
    try SampleRun().run(CSVLogger(path), epochs: 1)
    #expect(try text.split(separator: "\n").count == 2)
    try SampleRun().run(CSVLogger(path, every: .step), epochs: 1)
    #expect(try text.split(separator: "\n").count == 3)
  }

  /// Half a line, as a full disk may leave it, and what follows it are cut off.
  @Test func whatIsNoWholeLineIsCutOff() throws {
    let run = SampleRun()
    try run.run(CSVLogger(path, every: .step), epochs: 2)
    let whole = try text
    try scratch.write(Array(whole.dropLast(9).utf8), to: "log.csv")
    try run.run(CSVLogger(path, every: .step), epochs: 2, after: 3)
    #expect(try text == whole)
  }

  /// As a spreadsheet saves it.
  @Test func aResumedRunKeepsStepsWhoseLinesEndInAnotherWay() throws {
    let run = SampleRun()
    try run.run(CSVLogger(path, every: .step), epochs: 2)
    let whole = try text
    try scratch.write(Array(whole.split(separator: "\n").map { $0 + "\r\n" }.joined().utf8), to: "log.csv")
    try run.run(CSVLogger(path, every: .step), epochs: 2, after: 3)
    #expect(try text == whole)
  }

  @Test func linesAreThereAtOnceAndTheDirectoryIsMade() throws {
    let deep = scratch.file("a/b/log.csv")
    let logger = CSVLogger(deep)
    #expect(!FileManager.default.fileExists(atPath: deep))
    try SampleRun().run(logger, epochs: 2, until: 3)
    #expect(try String(contentsOfFile: deep, encoding: .utf8).split(separator: "\n").count == 2)
  }
}
