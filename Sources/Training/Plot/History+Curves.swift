import Tensors

extension LinePlot {
  /// A score over the epochs of a run, in training and on the validation data, and a note at the best epoch.
  ///
  /// Shares of one are shown in percent. Epochs without an evaluation are passed over. The best epoch is the one whose weights
  /// the run chose; otherwise the note is at the lowest validation loss.
  public init(
    _ history: History, _ score: String = "loss", logY: Bool = false, width: Double = 520, height: Double = 340
  ) {
    let records = history.epochs
    let entries = records.flatMap { $0.training.entries + ($0.validation?.entries ?? []) }
    let isPercentage = entries.first { $0.name == score }?.isPercentage ?? false
    self.init(
      score, xLabel: "epoch", yLabel: isPercentage ? "%" : "", logY: logY, width: width, height: height)
    let factor = isPercentage ? 100.0 : 1
    for (name, scores) in [("training", records.map(\.training)), ("validation", records.map(\.validation))] {
      let points = zip(records, scores).compactMap { record, scores in
        scores?[score].map { (epoch: Double(record.epoch), value: factor * $0) }
      }
      // A part without the score still takes its colour, so that validation looks the same in all panels.
      add(points.isEmpty ? "" : name, x: points.map(\.epoch), y: points.map(\.value))
    }
    if let epoch = history.notableEpoch {
      addNote((history.bestEpoch == nil ? "lowest loss: " : "best: ") + "epoch \(epoch)", at: Double(epoch))
    }
  }

  /// The learning rates of a run, a line for each parameter group.
  init(learningRatesOf history: History, width: Double = 520, height: Double = 340) {
    self.init("learning rate", xLabel: "epoch", width: width, height: height)
    let records = history.epochs
    let groups = records.map(\.learningRates.count).max() ?? 0
    for group in 0..<groups {
      let own = records.filter { group < $0.learningRates.count }
      add(
        groups == 1 ? "" : "group \(group)", x: own.map { Double($0.epoch) }, y: own.map { $0.learningRates[group] })
    }
  }
}

extension History {
  /// The curves of the loss, of every metric and of learning rates that change, as panels of one picture.
  ///
  /// - Parameters:
  ///   - logLoss: draws the loss on a logarithmic axis.
  ///   - columns: how many panels stand in a row.
  public func curves(logLoss: Bool = false, columns: Int = 2, title: String = "") -> PlotGrid {
    let scores = (epochs.isEmpty ? ["loss"] : scoreNames).map { LinePlot(self, $0, logY: logLoss && $0 == "loss") }
    let changes = Set(epochs.map(\.learningRates)).count > 1
    return PlotGrid(scores + (changes ? [LinePlot(learningRatesOf: self)] : []), columns: columns, title: title)
  }

  /// The names of all scores, in the order of their first appearance.
  var scoreNames: [String] {
    var names: [String] = []
    for entry in epochs.flatMap({ $0.training.entries + ($0.validation?.entries ?? []) })
    where !names.contains(entry.name) { names.append(entry.name) }
    return names
  }

  /// The epoch that the run chose, otherwise that of the lowest validation loss; nil without either.
  var notableEpoch: Int? {
    if let bestEpoch { return bestEpoch }
    let evaluated = epochs.compactMap { record in record.validation?["loss"].map { (epoch: record.epoch, loss: $0) } }
    return evaluated.filter { !$0.loss.isNaN }.min { $0.loss < $1.loss }?.epoch
  }
}
