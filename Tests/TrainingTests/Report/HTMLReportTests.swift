import Foundation
import NN
import Tensors
import TestSupport
import Testing

import Training

@Suite struct HTMLReportTests {
  private func history(_ epochs: Int, validated: Bool = true) -> History {
    History(
      (1...epochs).map { epoch in
        var (training, validation) = (Scores(), Scores())
        training.append("loss", 1 / Double(epoch))
        training.append("accuracy", 0.5, isPercentage: true)
        validation.append("loss", abs(Double(epoch) - 3) + 0.5)
        validation.append("accuracy", 0.25 * Double(min(epoch, 4)), isPercentage: true)
        return EpochRecord(
          epoch: epoch, steps: 10 * epoch, training: training, validation: validated ? validation : nil,
          learningRates: [0.1], seconds: 2, samples: 1000)
      })
  }

  private func run(_ history: History = History(), epochs: Int = 10) -> TrainingRun {
    let model = Sequential(Linear(4, 3), ReLU(), Linear(3, 2))
    return TrainingRun(
      model: model, optimizer: SGD(model.parameters(), lr: 0.1), epochs: epochs, stepsPerEpoch: 10, history: history)
  }

  private func page(_ path: String) throws -> PageReader {
    PageReader(String(decoding: try readFile(path), as: UTF8.self))
  }

  /// A run that an error ends doesn't look as if it went on.
  @Test func tellsTheErrorThatEndedTheRun() throws {
    let scratch = try Scratch()
    let report = HTMLReport(scratch.file("report.html"))
    let two = run(history(2))
    try report.began(two)
    report.failed(DataError(file: "a<b>.csv", field: "row 3", reason: "found \"x\""), two)
    let read = try page(scratch.file("report.html"))
    #expect(read.texts("p")[0] == "Failed after 2 of 10 epochs.")
    #expect(read.texts("pre")[0] == "a<b>.csv: row 3: found \"x\"")
  }

  @Test func followsTheRun() throws {
    let scratch = try Scratch()
    let path = scratch.file("run/deep/report.html")
    let report = HTMLReport(
      path, title: "A <run>", parameters: ["batch size": 32, "widths": [3, 2]], notes: "some notes")
    try report.began(run())
    var read = try page(path)
    #expect(read.texts("h1") == ["A <run>"])
    #expect(read.texts("p") == ["Started: 0 of 10 epochs done.", "some notes"])
    #expect(read.texts("h2") == ["Parameters", "Model"])
    #expect(!read.elements.contains { $0.name == "svg" })

    let five = run(history(5))
    try report.finished(five.history.epochs[4], five)
    read = try page(path)
    #expect(read.texts("p")[0] == "Running: 5 of 10 epochs done, about 10s left.")
    #expect(
      zip(read.texts("dt"), read.texts("dd")).map { "\($0) \($1)" } == [
        "validation loss, epoch 3 0.5000", "validation accuracy, epoch 3 75.0%", "time 10s", "steps 50",
        "samples a second 500",
      ])
    #expect(read.rows().contains(["batch size", "32"]) && read.rows().contains(["widths", "[3, 2]"]))
    #expect(read.rows().contains(["optimizer", "SGD"]) && read.rows().contains(["learning rate now", "0.1000"]))
    #expect(read.rows().suffix(6).map { $0[0] } == ["epoch", "1", "2", "3", "4", "5"])
    #expect(read.rows().last == ["5", "0.2000", "2.5000", "50.0%", "100.0%", "0.1000", "2.0s", "50"])
    #expect(read.texts("pre")[0].hasPrefix("Sequential(\n  (0): Linear(in_features=4"))
    #expect(read.texts("pre")[0].hasSuffix("23 parameters, 23 of them trained"))
    let curves = read.elements.filter { $0.name == "svg" && $0.parents.last == "figure" }
    #expect(curves.map { $0.attributes["aria-label"] } == ["loss", "accuracy"])

    let done = run(history(10))
    try report.ended(done)
    #expect(try page(path).texts("p")[0] == "Finished: 10 of 10 epochs in 20s.")
    #expect(try scratch.names == ["run"])
  }

  @Test func tellsWhyARunStopped() throws {
    let scratch = try Scratch()
    let stopped = run(history(4))
    stopped.stop("no better for 3 epochs")
    try HTMLReport(scratch.file("r.html")).ended(stopped)
    #expect(try page(scratch.file("r.html")).texts("p") == ["Stopped after 4 of 10 epochs: no better for 3 epochs."])
  }

  @Test func withoutValidationTheLastEpochCounts() throws {
    let scratch = try Scratch()
    try HTMLReport(scratch.file("r.html")).ended(run(history(4, validated: false)))
    let read = try page(scratch.file("r.html"))
    #expect(read.texts("dt")[0] == "training loss, epoch 4" && read.texts("dd")[0] == "0.2500")
    #expect(read.rows().last == ["4", "0.2500", "50.0%", "0.1000", "2.0s", "40"])
  }

  @Test func writesAfterSomeEpochsIfAsked() throws {
    let scratch = try Scratch()
    let report = HTMLReport(scratch.file("r.html"), every: 3)
    for epoch in 1...7 {
      let now = run(history(epoch))
      try report.finished(now.history.epochs[epoch - 1], now)
      let expected = epoch < 3 ? [] : ["r.html"]
      #expect(try scratch.names == expected)
      if epoch >= 3 {
        #expect(try page(scratch.file("r.html")).texts("p")[0].hasPrefix("Running: \(epoch / 3 * 3) of"))
      }
    }
  }

  @Test func showsTheSummaryOfAKnownInputOnceTheModelHasRun() throws {
    let scratch = try Scratch()
    let report = HTMLReport(scratch.file("r.html"), input: [7, 4])
    let before = run()
    let after = TrainingRun(
      model: before.model, optimizer: before.optimizer, epochs: 2, stepsPerEpoch: 1, history: history(1))
    try report.began(before)
    #expect(try page(scratch.file("r.html")).texts("pre")[0].hasPrefix("Sequential("))
    try report.ended(after)
    #expect(try page(scratch.file("r.html")).texts("pre") == ["\(before.model.summary(input: [7, 4]))"])
    #expect(before.model.isTraining)
  }

  @Test func addsWhatTheClosureAdds() throws {
    struct Failure: Error {}
    let scratch = try Scratch()
    let report = HTMLReport(scratch.file("r.html")) { run, report in
      report.addHeading("Extra \(run.epochs)")
      if run.epochs == 3 { throw Failure() }
    }
    try report.ended(run(history(2)))
    #expect(try page(scratch.file("r.html")).texts("h2") == ["Parameters", "Model", "Extra 10", "Epochs"])
    #expect(throws: Failure.self) { try report.ended(run(epochs: 3)) }
  }

  @Test func aLongRunHasAShortTable() throws {
    let scratch = try Scratch()
    try HTMLReport(scratch.file("r.html")).ended(run(history(1000), epochs: 1000))
    let read = try page(scratch.file("r.html"))
    let epochs = read.rows().drop { $0[0] != "epoch" }.dropFirst().compactMap { Int($0[0]) }
    #expect(epochs.count <= 202 && epochs.first == 1 && epochs.last == 1000)
    #expect(epochs.contains(3))
    #expect(read.texts("caption") == ["\(epochs.count) of 1000 epochs"])
  }

  @Test func saysWhichDirectoryCannotBeMade() throws {
    let scratch = try Scratch()
    try scratch.write([], to: "file")
    let path = scratch.file("file/r.html")
    #expect(dataError { try HTMLReport(path).began(run()) }?.file == scratch.file("file"))
  }
}
