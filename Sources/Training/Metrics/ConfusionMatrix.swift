import Tensors

/// How often a class is taken for another: row by row the labels, column by column the predictions.
///
/// ```swift
/// var confusion = ConfusionMatrix(classes: 10)
/// for (x, y) in loader { confusion.update(model(x).value, y) }
/// print(confusion)
/// ```
///
/// It takes what ``Accuracy`` takes, batch by batch, but is no ``Metric``, as it comes to no single number. A label or
/// a predicted class outside the classes stops the program.
public struct ConfusionMatrix: Sendable, Equatable, Codable, CustomStringConvertible {
  /// The number of classes.
  public let classes: Int
  /// What a score must exceed to say yes; nil for logits of several classes.
  public let threshold: Double?
  /// Labels equal to this one don't count.
  public let ignoreIndex: Int
  private var cells: [Int]

  /// No counts yet. A threshold goes with two classes.
  public init(classes: Int, threshold: Double? = nil, ignoreIndex: Int = -100) {
    let found = "\(classes) classes" + (threshold.map { " and the threshold \($0)" } ?? "")
    require(
      classes >= 1 && (threshold == nil || classes == 2), "ConfusionMatrix",
      "\(found); expected at least 1, and 2 with a threshold")
    (self.classes, self.threshold, self.ignoreIndex) = (classes, threshold, ignoreIndex)
    cells = Array(repeating: 0, count: classes * classes)
  }

  /// Counts a batch.
  public mutating func update(_ prediction: Tensor, _ target: Tensor) {
    let batch = ClassBatch(prediction, target, threshold: threshold, ignoring: ignoreIndex, "ConfusionMatrix")
    if let found = batch.classes {
      require(found == classes, "ConfusionMatrix", "logits \(prediction.shape); expected \(classes) classes")
    }
    ClassBatch.requireInside(batch.labels, classes, ignoring: nil, "ConfusionMatrix")
    for (predicted, label) in zip(batch.predicted, batch.labels) {
      require(
        predicted >= 0 && predicted < classes, "ConfusionMatrix",
        "prediction \(predicted) is out of range for \(classes) classes; expected 0..<\(classes)")
      cells[label * classes + predicted] += 1
    }
  }

  /// How often the class `label` was taken for `predicted`.
  public subscript(label: Int, predicted: Int) -> Int {
    require(
      (0..<classes).contains(label) && (0..<classes).contains(predicted), "ConfusionMatrix",
      "the place [\(label), \(predicted)]; expected both in 0..<\(classes)")
    return cells[label * classes + predicted]
  }

  /// The counts, a row for each label.
  public var counts: [[Int]] { (0..<classes).map { Array(cells[$0 * classes..<($0 + 1) * classes]) } }

  /// The counts as a tensor [classes, classes] of `.int64`.
  public var tensor: Tensor { Tensor(cells, shape: [classes, classes], dtype: .int64) }

  /// The share of the counts on the diagonal; NaN of none.
  public var accuracy: Double {
    Double((0..<classes).reduce(0) { $0 + cells[$1 * classes + $1] }) / Double(cells.reduce(0, +))
  }

  /// The table with the classes' numbers.
  public var description: String { table((0..<classes).map(String.init)) }

  /// The counts as text, with a name for each class: a line for each label, a column for each prediction.
  public func table(_ names: [String]) -> String {
    require(names.count == classes, "ConfusionMatrix", "\(names.count) names; expected \(classes)")
    let corner = "label \\ predicted"
    let rows = [[corner] + names] + zip(names, counts).map { name, row in [name] + row.map(String.init) }
    let widths = (0...classes).map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      zip(row, widths).map { text, width in String(repeating: " ", count: width - text.count) + text }
        .joined(separator: "  ")
    }.joined(separator: "\n")
  }
}
