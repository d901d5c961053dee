import Tensors

/// What precision, recall and F1 are made of: for each class its labels, its predictions, and those that agree.
struct ClassCounts: Equatable, Sendable, Codable {
  struct Entry: Equatable, Sendable, Codable {
    var labels = 0
    var predictions = 0
    var hits = 0
  }

  private var entries: [Int: Entry] = [:]

  mutating func add(_ batch: ClassBatch) {
    for (predicted, label) in zip(batch.predicted, batch.labels) {
      entries[label, default: Entry()].labels += 1
      entries[predicted, default: Entry()].predictions += 1
      if predicted == label { entries[label, default: Entry()].hits += 1 }
    }
  }

  /// The average of a ratio of the classes; NaN where nothing was counted. The order of summing is that of the classes.
  func average(_ averaging: Averaging, _ ratio: (Entry) -> Double) -> Double {
    if entries.isEmpty { return .nan }
    let present = entries.sorted { $0.key < $1.key }.map(\.value)
    switch averaging {
    case .binary: return ratio(entries[1] ?? Entry())
    case .micro: return ratio(present.reduce(into: Entry()) { $0.add($1) })
    case .macro: return present.map(ratio).reduce(0, +) / Double(present.count)
    case .weighted:
      let total = present.reduce(0) { $0 + $1.labels }
      return present.reduce(0) { $0 + Double($1.labels) * ratio($1) } / Double(total)
    }
  }
}

extension ClassCounts.Entry {
  fileprivate mutating func add(_ other: Self) {
    labels += other.labels
    predictions += other.predictions
    hits += other.hits
  }
}

/// a/b, and 0 for 0/0: scikit-learn's `zero_division=0`.
func ratio(_ a: Int, _ b: Int) -> Double { b == 0 ? 0 : Double(a) / Double(b) }

/// The counts behind a metric of an averaged ratio, and what it accepts.
struct AveragedRatio: Equatable, Sendable, Codable {
  let averaging: Averaging
  let threshold: Double?
  let ignoreIndex: Int
  private var counts = ClassCounts()

  init(_ averaging: Averaging, _ threshold: Double?, _ ignoreIndex: Int) {
    (self.averaging, self.threshold, self.ignoreIndex) = (averaging, threshold, ignoreIndex)
  }

  mutating func update(_ prediction: Tensor, _ target: Tensor, _ metric: String) {
    let batch = ClassBatch(prediction, target, threshold: threshold, ignoring: ignoreIndex, metric)
    if averaging == .binary {
      let classes = batch.classes ?? max(2, ((batch.labels + batch.predicted).max() ?? 0) + 1)
      require(
        classes == 2, metric,
        "\(classes) classes for the average .binary; expected 2, or the average .macro, .micro or .weighted")
    }
    counts.add(batch)
  }

  func value(_ ratio: (ClassCounts.Entry) -> Double) -> Double { counts.average(averaging, ratio) }
}
