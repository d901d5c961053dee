import Tensors

/// What a classifier says of a batch beside what is right, class by class in row-major order; ignored labels are left
/// out.
///
/// Three kinds of predictions are told apart:
/// - scores with their classes along axis 1, [N, C] or [N, C, d…], for integer labels [N] or [N, d…]: the largest counts,
///   the first of equal ones, and NaN as the largest of all (``Tensor/argmax(axis:keepDims:)``);
/// - classes themselves, integers of the labels' shape;
/// - with a threshold, a score of the labels' shape for each yes (1) or no (0): above the threshold is yes, NaN is no.
struct ClassBatch {
  let predicted: [Int]
  let labels: [Int]
  /// The number of classes; nil where classes themselves are predicted, which don't tell it.
  let classes: Int?

  /// Stops the program in the name of `metric` where shapes, types or labels don't fit.
  init(_ prediction: Tensor, _ target: Tensor, threshold: Double? = nil, ignoring ignored: Int, _ metric: String) {
    let found: Tensor
    if let threshold {
      Self.requireEqualShapes(prediction, target, metric)
      (found, classes) = ((prediction .> threshold).to(.int64), 2)
    } else if prediction.shape == target.shape && prediction.dtype.isInteger {
      (found, classes) = (prediction, nil)
    } else {
      Self.requireScores(prediction, for: target, metric)
      (found, classes) = (prediction.argmax(axis: 1), prediction.shape[1])
    }
    let labels = threshold == nil ? Self.labels(target, metric) : Self.decisions(target, metric)
    Self.requireInside(labels, classes, ignoring: ignored, metric)
    let counted = labels.indices.filter { labels[$0] != ignored }
    let numbers = found.scalars(as: Int.self)
    (self.labels, predicted) = (counted.map { labels[$0] }, counted.map { numbers[$0] })
  }

  /// Stops the program unless predictions and targets have one shape: broadcasting here is always a mistake.
  static func requireEqualShapes(_ prediction: Tensor, _ target: Tensor, _ metric: String) {
    require(
      prediction.shape == target.shape, metric,
      "prediction \(prediction.shape) and target \(target.shape); expected equal shapes")
  }

  /// Stops the program unless these are scores [N, C, d…] for integers [N, d…].
  static func requireScores(_ scores: Tensor, for target: Tensor, _ metric: String) {
    require(
      scores.rank >= 2, metric,
      "prediction \(scores.dtype)\(scores.shape) for labels \(target.dtype)\(target.shape); "
        + "expected logits [N, C] or [N, C, d…]")
    var expected = Array(scores.shape)
    expected.remove(at: 1)
    require(
      target.shape == Shape(expected) && target.dtype.isInteger, metric,
      "labels \(target.dtype)\(target.shape) for logits \(scores.shape); expected integers of shape \(Shape(expected))")
  }

  /// Stops the program unless the labels are numbers of classes, ignored ones apart.
  static func requireInside(_ labels: [Int], _ classes: Int?, ignoring ignored: Int?, _ metric: String) {
    let wrong = labels.first { $0 != ignored && ($0 < 0 || $0 >= classes ?? .max) }
    let number = classes.map { "for \($0) classes; expected 0..<\($0)" } ?? "for classes; expected 0 at least"
    let exception = ignored.map { ", or the ignored index \($0)" } ?? ""
    require(wrong == nil, metric, "label \(wrong ?? 0) is out of range \(number)\(exception)")
  }

  private static func labels(_ target: Tensor, _ metric: String) -> [Int] {
    require(target.dtype.isInteger, metric, "labels \(target.dtype)\(target.shape); expected integers")
    return target.scalars(as: Int.self)
  }

  /// Whole numbers of any type: targets of a binary loss are floating point, as the loss wants them.
  static func decisions(_ target: Tensor, _ metric: String) -> [Int] {
    guard target.dtype.isFloatingPoint else { return target.scalars(as: Int.self) }
    return target.scalars(as: Double.self).map { value in
      guard let label = Int(exactly: value) else {
        fail(metric, "label \(value) is out of range for 2 classes; expected 0 or 1")
      }
      return label
    }
  }
}

extension DType {
  /// Whether it is one of the integer types; truth values are none.
  fileprivate var isInteger: Bool { !isFloatingPoint && self != .bool }
}
