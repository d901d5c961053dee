import Tensors

/// A figure of merit that is gathered batch by batch. A value: a copy counts on its own, and one that has not counted yet
/// serves as the pattern for every evaluation.
///
/// ```swift
/// var accuracy = Accuracy()
/// for (x, y) in loader { accuracy.update(model(x).value, y) }
/// print(accuracy.value)
/// ```
///
/// It can be encoded, so that a run that goes on in the middle of an epoch knows what it had counted.
public protocol Metric: Sendable, Codable {
  /// What logs and plots call it: "accuracy".
  var name: String { get }
  /// Whether it is a share of one, which people read in percent.
  var isPercentage: Bool { get }
  /// Takes the model's outputs and the targets of one batch.
  mutating func update(_ prediction: Tensor, _ target: Tensor)
  /// The figure for everything taken so far; NaN where there is none.
  var value: Double { get }
}

extension Metric {
  /// No share of one, unless a metric says otherwise.
  public var isPercentage: Bool { false }
}
