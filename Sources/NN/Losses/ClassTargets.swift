import Autograd
import Tensors

/// The classes that lines of scores are told: checked, with the ignored ones marked, and with their classes' weights.
struct ClassTargets {
  /// `.int64`, −1 in place of the ignored ones.
  let labels: Tensor
  /// The weight of each label's class, 0 where it is ignored; nil for 1.
  let weights: Tensor?
  private let axis: Int
  private let countedCount: Int

  /// Scores [C], [N, C] or [N, C, d…] have their classes along this axis.
  static func axis(of scores: Variable) -> Int { scores.rank == 1 ? 0 : 1 }

  /// For scores [C], [N, C] or [N, C, d…] the class indices [], [N] or [N, d…] and the classes' weights [C].
  init(_ target: Tensor, for scores: Variable, weight: Tensor?, ignoring ignored: Int?, _ loss: String) {
    axis = Self.axis(of: scores)
    let classes = scores.shape[axis]
    var expected = Array(scores.shape)
    expected.remove(at: axis)
    require(
      target.shape == Shape(expected) && !target.dtype.isFloatingPoint && target.dtype != .bool, loss,
      "target \(target.dtype)\(target.shape) for scores \(scores.shape); expected integers of shape \(expected)")
    let (labels, ignoredCount, range) = target.classLabels(ignoring: ignored)
    if let range { Self.requireInside(range, classes, ignored, loss) }
    (self.labels, countedCount) = (labels, labels.elementCount - ignoredCount)
    weights = weight.map { weight in
      Self.requireWeights(weight, of: classes, loss)
      let isCounted = labels .>= 0
      return weight.to(scores.dtype).take(Tensor.where(isCounted, labels, Tensor(0))) * isCounted.to(scores.dtype)
    }
  }

  /// Stops the program unless there is one weight for each class.
  static func requireWeights(_ weight: Tensor, of classes: Int, _ loss: String) {
    require(weight.shape == [classes], loss, "weight \(weight.shape); expected [\(classes)]")
  }

  private static func requireInside(_ range: ClosedRange<Int>, _ classes: Int, _ ignored: Int?, _ loss: String) {
    let label = range.lowerBound < 0 ? range.lowerBound : range.upperBound
    let exception = ignored.map { ", or the ignored index \($0)" } ?? ""
    require(
      range.lowerBound >= 0 && range.upperBound < classes, loss,
      "label \(label) is out of range for \(classes) classes; expected 0..<\(classes)\(exception)")
  }

  /// The scores of the labels, in the labels' shape; 0 for ignored ones.
  func chosen(of scores: Variable) -> Variable {
    let isCounted = labels .>= 0
    let safe = Tensor.where(isCounted, labels, Tensor(0)).unsqueezed(axis: axis)
    return ifCounted(scores.gather(axis: axis, index: safe).squeezed(axis: axis))
  }

  /// These losses where a label counts, else 0.
  func ifCounted(_ losses: Variable) -> Variable {
    .where(labels .>= 0, losses, Variable(Tensor(0.0, dtype: losses.dtype)))
  }

  /// One loss each for the labels, times their weights.
  func weighted(_ losses: Variable) -> Variable { weights.map { losses * Variable($0) } ?? losses }

  /// Weighted losses, reduced. The mean divides by the sum of the weights: without, by the number of labels that count.
  func reduced(_ losses: Variable, _ reduction: Reduction) -> Variable {
    guard case .mean = reduction else { return reduction(losses) }
    if let weights { return losses.sum() / Variable(weights.sum()) }
    return losses.sum() / Double(countedCount)
  }
}

extension Variable {
  /// Stops the program unless these are scores along a class axis.
  func requireScores(_ loss: String) {
    require(
      dtype.isFloatingPoint && rank > 0, loss, "scores \(dtype)\(shape); expected floating point with a class axis")
  }
}
