import Foundation
import Tensors

/// mean |x − y| over all elements; NaN of none. Prediction and target have one shape.
public struct MeanAbsoluteError: Metric, Equatable {
  /// "mae".
  public var name: String { "mae" }
  private var mean = RunningMean()

  /// Nothing summed yet.
  public init() {}

  /// Adds a batch.
  public mutating func update(_ prediction: Tensor, _ target: Tensor) {
    mean.add(prediction, target, "MeanAbsoluteError") { abs($0 - $1) }
  }

  /// The mean so far.
  public var value: Double { mean.value }
}

/// √mean (x − y)² over all elements; NaN of none. Prediction and target have one shape.
public struct RootMeanSquaredError: Metric, Equatable {
  /// "rmse".
  public var name: String { "rmse" }
  private var mean = RunningMean()

  /// Nothing summed yet.
  public init() {}

  /// Adds a batch.
  public mutating func update(_ prediction: Tensor, _ target: Tensor) {
    mean.add(prediction, target, "RootMeanSquaredError") { ($0 - $1) * ($0 - $1) }
  }

  /// The root of the mean so far.
  public var value: Double { mean.value.squareRoot() }
}

/// A mean in double precision, summed element after element: how the elements are cut into batches changes no bit.
struct RunningMean: Equatable, Sendable, Codable {
  @BitwiseCoded private var sum = 0.0
  private var count = 0

  var value: Double { sum / Double(count) }

  mutating func add(_ terms: some Sequence<Double>) {
    for term in terms {
      sum += term
      count += 1
    }
  }

  mutating func add(
    _ prediction: Tensor, _ target: Tensor, _ metric: String, _ term: (Double, Double) -> Double
  ) {
    ClassBatch.requireEqualShapes(prediction, target, metric)
    add(zip(prediction.scalars(as: Double.self), target.scalars(as: Double.self)).map(term))
  }
}
