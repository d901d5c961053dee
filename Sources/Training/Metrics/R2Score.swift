import Tensors

/// R² = 1 − Σ(y − x)²/Σ(y − ȳ)², the share of the targets' variance that the predictions x explain.
///
/// 1 is perfect, 0 no better than the targets' mean, and there is no lower bound. Prediction and target have one shape,
/// [N] or [N, d…]; of several outputs it is the mean of their R², as scikit-learn's default. Where the targets don't
/// vary it is 1 for perfect predictions and 0 for others. NaN of fewer than two samples.
public struct R2Score: Metric, Equatable {
  /// "r2".
  public var name: String { "r2" }
  private var outputs: [Output] = []
  private var shape: [Int]?
  private var samples = 0

  /// Nothing summed yet.
  public init() {}

  /// Adds a batch.
  public mutating func update(_ prediction: Tensor, _ target: Tensor) {
    ClassBatch.requireEqualShapes(prediction, target, "R2Score")
    require(target.rank > 0, "R2Score", "target []; expected [N] or [N, d…]")
    let sample = Array(target.shape.dropFirst())
    require(
      shape == nil || shape == sample, "R2Score",
      "target \(target.shape) after samples of shape \(Shape(shape ?? [])); expected the same")
    if shape == nil { (shape, outputs) = (sample, Array(repeating: Output(), count: sample.reduce(1, *))) }
    samples += target.shape[0]
    add(prediction.scalars(as: Double.self), target.scalars(as: Double.self))
  }

  /// The mean of the outputs' R² so far.
  public var value: Double {
    samples < 2 ? .nan : outputs.reduce(0) { $0 + $1.score } / Double(outputs.count)
  }

  private mutating func add(_ prediction: [Double], _ target: [Double]) {
    for place in target.indices {
      outputs[place % outputs.count].add(prediction[place], target[place])
    }
  }

  /// Sums of one output: Welford's recurrence keeps the targets' squared deviations exact to rounding, however large
  /// their mean is (doi:10.1080/00401706.1962.10490022).
  private struct Output: Equatable, Sendable, Codable {
    @BitwiseCoded private var count = 0.0
    @BitwiseCoded private var mean = 0.0
    @BitwiseCoded private var deviations = 0.0
    @BitwiseCoded private var residuals = 0.0

    mutating func add(_ prediction: Double, _ target: Double) {
      count += 1
      let distance = target - mean
      mean += distance / count
      deviations += distance * (target - mean)
      residuals += (target - prediction) * (target - prediction)
    }

    var score: Double {
      if deviations == 0 { return residuals == 0 ? 1 : residuals.isNaN ? .nan : 0 }
      return 1 - residuals / deviations
    }
  }
}
