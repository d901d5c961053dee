import Tensors

/// 2·precision·recall/(precision + recall) of a class, averaged over the classes.
///
/// The harmonic mean, which is high only where both are. The mean of the classes is that of their F1 scores.
///
/// ```swift
/// F1Score()                                  // logits [N, 2]: the figure of class 1
/// F1Score(average: .macro)                   // logits [N, C] or [N, C, d…], integer labels [N] or [N, d…]
/// F1Score(average: .binary, threshold: 0)    // one logit a decision, targets 0 or 1
/// ```
///
/// Predictions are taken as Accuracy takes them. Where a figure is 0/0 it is 0, and where nothing was counted NaN. A
/// label outside the classes stops the program, and so do more than two classes for the average `.binary`.
public struct F1Score: Metric, Equatable {
  /// "f1", unless told otherwise.
  public let name: String
  /// True.
  public var isPercentage: Bool { true }
  private var figure: AveragedRatio

  /// Nothing counted yet.
  ///
  /// - Parameters:
  ///   - average: how one figure comes from those of the classes; scikit-learn's default.
  ///   - threshold: what a score must exceed to say 1, for predictions of the target's shape.
  ///   - ignoreIndex: labels equal to this one don't count.
  ///   - name: for logs, where two averages stand side by side.
  public init(
    average: Averaging = .binary, threshold: Double? = nil, ignoreIndex: Int = -100, name: String = "f1"
  ) {
    (self.name, figure) = (name, AveragedRatio(average, threshold, ignoreIndex))
  }

  /// How one figure comes from those of the classes.
  public var average: Averaging { figure.averaging }

  /// Counts a batch.
  public mutating func update(_ prediction: Tensor, _ target: Tensor) { figure.update(prediction, target, "F1Score") }

  /// The average so far.
  public var value: Double { figure.value { ratio(2 * $0.hits, $0.predictions + $0.labels) } }
}
