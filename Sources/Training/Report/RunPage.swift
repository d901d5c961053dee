import Foundation
import NN
import Tensors

/// What a report says about a run.
struct RunPage {
  enum State: Equatable { case running, ended, failed(String) }

  /// The rows of the table of epochs, at most.
  private static let mostRows = 200

  let run: TrainingRun
  let state: State

  private var records: [EpochRecord] { run.history.epochs }
  private var seconds: Double { records.reduce(0) { $0 + $1.seconds } }

  /// One sentence on how far the run is or how it ended.
  var status: String {
    let done = records.last?.epoch ?? 0
    let count = "\(done) of \(run.epochs) epochs"
    if case .failed = state { return "Failed after \(count)." }
    if let reason = run.history.stopReason ?? run.stopReason { return "Stopped after \(count): \(reason)." }
    if state == .ended { return "Finished: \(count) in \(NumberText.duration(seconds))." }
    if records.isEmpty { return "Started: \(count) done." }
    let rest = seconds / Double(records.count) * Double(run.epochs - done)
    return "Running: \(count) done, about \(NumberText.duration(rest)) left."
  }

  /// The last and the best scores, sizes and times.
  var figures: [(name: String, value: String)] {
    guard let last = records.last else { return [] }
    let best = run.history.notableEpoch.flatMap { epoch in records.last { $0.epoch == epoch } }
    let shown = best ?? last
    let (kind, scores) = shown.validation.map { ("validation", $0) } ?? ("training", shown.training)
    let samples = records.reduce(0) { $0 + $1.samples }
    return scores.entries.map { ("\(kind) \($0.name), epoch \(shown.epoch)", Self.text($0)) }
      + [("time", NumberText.duration(seconds)), ("steps", String(last.steps))]
      + (samples > 0 && seconds > 0 ? [("samples a second", NumberText.compact(Double(samples) / seconds))] : [])
  }

  /// The table of the hyper-parameters, those that the run knows by itself first.
  func addParameters(_ parameters: [(name: String, value: String)], to report: inout Report) {
    let rates = run.optimizer.learningRates.map { NumberText.metric($0) }.joined(separator: ", ")
    let known = [
      ("optimizer", "\(type(of: run.optimizer))"), ("learning rate now", rates), ("epochs", String(run.epochs)),
      ("steps an epoch", String(run.stepsPerEpoch)),
    ]
    report.addHeading("Parameters")
    report.addTable(columns: ["", ""], rows: (known + parameters).map { [$0.0, $0.1] })
  }

  /// The summary of the model for an input, or its structure.
  func addModel(input: Shape?, to report: inout Report) {
    report.addHeading("Model")
    // Before the first epoch a pass could decide the sizes of lazy layers ahead of the run.
    if let input, !records.isEmpty { return report.addCode("\(run.model.summary(input: input))") }
    let variables = run.model.parameters()
    let count = variables.reduce(0) { $0 + $1.value.elementCount }
    let trained = variables.filter(\.requiresGrad).reduce(0) { $0 + $1.value.elementCount }
    report.addCode("\(run.model)\n\n\(count) parameters, \(trained) of them trained")
  }

  /// The table of the epochs: all, or some of many with the best and the last.
  func addEpochs(to report: inout Report) {
    if records.isEmpty { return }
    let names = run.history.scoreNames
    let step = (records.count + Self.mostRows - 1) / Self.mostRows
    let shown = records.indices.filter { index in
      index % step == 0 || index == records.count - 1 || records[index].epoch == run.history.notableEpoch
    }
    let table = names.flatMap { name in
      [
        Column("training \(name)") { $0.training.entry(name) },
        Column("validation \(name)") { $0.validation?.entry(name) },
      ]
    }.filter { column in records.contains { column.entry($0) != nil } }
    report.addHeading("Epochs")
    report.addTable(
      columns: ["epoch"] + table.map(\.name) + ["learning rate", "time", "steps"],
      rows: shown.map { row(records[$0], table) },
      caption: shown.count < records.count ? "\(shown.count) of \(records.count) epochs" : "")
  }

  private struct Column {
    let name: String
    let entry: (EpochRecord) -> Scores.Entry?

    init(_ name: String, _ entry: @escaping (EpochRecord) -> Scores.Entry?) { (self.name, self.entry) = (name, entry) }
  }

  private func row(_ record: EpochRecord, _ columns: [Column]) -> [String] {
    let scores = columns.map { $0.entry(record).map(Self.text) ?? "–" }
    let rates = record.learningRates.map { NumberText.metric($0) }.joined(separator: ", ")
    return [String(record.epoch)] + scores + [rates, NumberText.duration(record.seconds), String(record.steps)]
  }

  private static func text(_ entry: Scores.Entry) -> String {
    entry.isPercentage ? NumberText.percent(entry.value) : NumberText.metric(entry.value)
  }
}

extension Scores {
  fileprivate func entry(_ name: String) -> Entry? { entries.first { $0.name == name } }
}
