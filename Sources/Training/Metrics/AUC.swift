import Tensors

/// The area under the receiver operating characteristic: P(score of a positive > score of a negative) + ½·P(equal).
///
/// The target has a 1 or 0 for each decision, of any type. The prediction has a score of the same shape for each, or
/// logits or probabilities [N, 2] for labels [N], whose score is the difference of the two. It is exact: ½ for scores
/// that say nothing, 1 where every positive stands before every negative. NaN where there are not both positives and
/// negatives, and where a score is NaN. A target other than 0 and 1 stops the program.
///
/// The scores are kept: 9 bytes a decision.
///
/// Source: Hanley, McNeil: *The meaning and use of the area under a receiver operating characteristic (ROC) curve*,
/// 1982, doi:10.1148/radiology.143.1.7063747.
public struct AUC: Metric, Equatable {
  /// "auc".
  public var name: String { "auc" }
  @BitwiseCoded private var scores: [Double] = []
  private var isPositive: [Bool] = []

  /// Nothing gathered yet.
  public init() {}

  /// Gathers a batch.
  public mutating func update(_ prediction: Tensor, _ target: Tensor) {
    let isPair = target.rank == 1 && prediction.shape == [target.shape[0], 2]
    require(
      isPair || prediction.shape == target.shape, "AUC",
      "prediction \(prediction.shape) for target \(target.shape); expected \(target.shape), or [N, 2] for [N]")
    let labels = ClassBatch.decisions(target, "AUC")
    ClassBatch.requireInside(labels, 2, ignoring: nil, "AUC")
    let numbers = prediction.scalars(as: Double.self)
    scores += isPair ? labels.indices.map { numbers[2 * $0 + 1] - numbers[2 * $0] } : numbers
    isPositive += labels.map { $0 == 1 }
  }

  /// The area.
  ///
  /// - Complexity: O(n log n) for n scores.
  public var value: Double {
    if scores.contains(where: \.isNaN) { return .nan }
    let order = scores.indices.sorted { scores[$0] < scores[$1] }
    var (negativesBelow, positives, twiceWins) = (0, 0, 0)
    for tie in runs(order) {
      let positivesHere = tie.count { isPositive[$0] }
      let negativesHere = tie.count - positivesHere
      twiceWins += positivesHere * (2 * negativesBelow + negativesHere)
      negativesBelow += negativesHere
      positives += positivesHere
    }
    return Double(twiceWins) / (2 * Double(positives) * Double(negativesBelow))
  }

  /// Runs of equal scores.
  private func runs(_ order: [Int]) -> [ArraySlice<Int>] {
    var (result, start) = ([ArraySlice<Int>](), 0)
    for end in order.indices.dropFirst() where scores[order[end]] != scores[order[start]] {
      result.append(order[start..<end])
      start = end
    }
    return order.isEmpty ? [] : result + [order[start...]]
  }
}
