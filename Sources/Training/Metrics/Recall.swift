import Tensors

/// Right predictions of a class by all labels of it, averaged over the classes.
///
/// How much of the class the model finds: 1 says it misses none.
///
/// ```swift
/// Recall()                                  // logits [N, 2]: the figure of class 1
/// Recall(average: .macro)                   // logits [N, C] or [N, C, d…], integer labels [N] or [N, d…]
/// Recall(average: .binary, threshold: 0)    // one logit a decision, targets 0 or 1
/// ```
///
/// Predictions are taken as Accuracy takes them. Where a figure is 0/0 it is 0, and where nothing was counted NaN. A
/// label outside the classes stops the program, and so do more than two classes for the average `.binary`.
public struct Recall: Metric, Equatable {
  /// "recall", unless told otherwise.
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
    average: Averaging = .binary, threshold: Double? = nil, ignoreIndex: Int = -100, name: String = "recall"
  ) {
    (self.name, figure) = (name, AveragedRatio(average, threshold, ignoreIndex))
  }

  /// How one figure comes from those of the classes.
  public var average: Averaging { figure.averaging }

  /// Counts a batch.
  public mutating func update(_ prediction: Tensor, _ target: Tensor) { figure.update(prediction, target, "Recall") }

  /// The average so far.
  public var value: Double { figure.value { ratio($0.hits, $0.labels) } }
}
