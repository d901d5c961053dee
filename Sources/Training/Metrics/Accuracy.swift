import Autograd
import Tensors

/// The share of predictions that are right, 0 ... 1; NaN of none.
///
/// ```swift
/// Accuracy()                 // logits [N, C] or [N, C, d…] and integer labels [N] or [N, d…]
/// Accuracy(threshold: 0)     // one logit a decision: prediction and target of one shape, targets 0 or 1
/// Accuracy(threshold: 0.5)   // the same of probabilities
/// ```
///
/// Of logits the largest counts, the first of equal ones, and NaN as the largest of all, as in `argmax`. Integers of
/// the labels' shape are taken as the classes themselves. With a threshold, scores above it say 1, others and NaN say
/// 0. A label outside the classes stops the program.
public struct Accuracy: Metric, Equatable {
  /// "accuracy".
  public var name: String { "accuracy" }
  /// True.
  public var isPercentage: Bool { true }
  /// What a score must exceed to say yes; nil for logits of several classes.
  public let threshold: Double?
  /// Labels equal to this one don't count.
  public let ignoreIndex: Int
  private var hits = 0
  private var count = 0

  /// Nothing counted yet.
  public init(threshold: Double? = nil, ignoreIndex: Int = -100) {
    (self.threshold, self.ignoreIndex) = (threshold, ignoreIndex)
  }

  /// Counts a batch.
  public mutating func update(_ prediction: Tensor, _ target: Tensor) { add(prediction, target, "Accuracy") }

  /// Right predictions by all predictions.
  public var value: Double { Double(hits) / Double(count) }

  fileprivate mutating func add(_ prediction: Tensor, _ target: Tensor, _ caller: String) {
    let batch = ClassBatch(prediction, target, threshold: threshold, ignoring: ignoreIndex, caller)
    for (predicted, label) in zip(batch.predicted, batch.labels) where predicted == label { hits += 1 }
    count += batch.labels.count
  }
}

/// The share of rows whose largest element stands at the label: ``Accuracy`` of one batch.
///
/// Logits [N, C] or [N, C, d…] and integer labels [N] or [N, d…] → 0 ... 1; NaN of no labels. Of equal elements the
/// first counts. A label outside the classes stops the program.
public func accuracy(_ logits: Tensor, _ labels: Tensor) -> Double {
  var metric = Accuracy()
  metric.add(logits, labels, "accuracy")
  return metric.value
}

/// ``accuracy(_:_:)`` of a model's output.
public func accuracy(_ logits: Variable, _ labels: Tensor) -> Double { accuracy(logits.value, labels) }
