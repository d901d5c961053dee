import Tensors

/// The share of labels that stand among the k largest logits, 0 ... 1; NaN of none. For k = 1 it is ``Accuracy``.
///
/// Logits [N, C] or [N, C, d…] with C ≥ k, and integer labels [N] or [N, d…]. Of equal logits the earlier class is the
/// larger, and NaN is larger than every number. A label outside the classes stops the program.
///
/// - Complexity: O(elements), without sorting.
public struct TopKAccuracy: Metric, Equatable {
  /// How many classes may be named.
  public let k: Int
  /// Labels equal to this one don't count.
  public let ignoreIndex: Int
  /// "top5_accuracy" for k = 5.
  public var name: String { "top\(k)_accuracy" }
  /// True.
  public var isPercentage: Bool { true }
  private var hits = 0
  private var count = 0

  /// Nothing counted yet.
  public init(_ k: Int, ignoreIndex: Int = -100) {
    require(k >= 1, "TopKAccuracy", "k = \(k); expected at least 1")
    (self.k, self.ignoreIndex) = (k, ignoreIndex)
  }

  /// Counts a batch.
  public mutating func update(_ prediction: Tensor, _ target: Tensor) {
    ClassBatch.requireScores(prediction, for: target, "TopKAccuracy")
    let (classes, labels) = (prediction.shape[1], target.scalars(as: Int.self))
    require(k <= classes, "TopKAccuracy", "k = \(k) of \(classes) classes; expected at most \(classes)")
    ClassBatch.requireInside(labels, classes, ignoring: ignoreIndex, "TopKAccuracy")
    let rows = prediction.movedAxis(from: 1, to: -1).scalars(as: Double.self)
    for (row, label) in labels.enumerated() where label != ignoreIndex {
      count += 1
      if rank(of: label, in: rows[row * classes..<(row + 1) * classes]) < k { hits += 1 }
    }
  }

  /// The share of labels whose class was among the k.
  public var value: Double { Double(hits) / Double(count) }

  /// How many elements of a row come before that of the label.
  private func rank(of label: Int, in row: ArraySlice<Double>) -> Int {
    let place = row.startIndex + label
    return row.indices.count { $0 < place ? !isLarger(row[place], row[$0]) : isLarger(row[$0], row[place]) }
  }

  private func isLarger(_ a: Double, _ b: Double) -> Bool { a > b || (a.isNaN && !b.isNaN) }
}
