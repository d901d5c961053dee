import Autograd
import Tensors

/// y = max(x, 0), elementwise: [..] → [..].
public final class ReLU: Module {
  public override func forward(_ x: Variable) -> Variable { x.relu() }
}

/// y = min(max(x, 0), 6), elementwise: [..] → [..].
public final class ReLU6: Module {
  public override func forward(_ x: Variable) -> Variable { x.relu6() }
}

/// y = x where x > 0, else slope·x, elementwise: [..] → [..].
public final class LeakyReLU: Module {
  /// The slope below zero.
  public let negativeSlope: Double

  /// A rectifier with this slope below zero.
  public init(negativeSlope: Double = 0.01) { self.negativeSlope = negativeSlope }

  public override func forward(_ x: Variable) -> Variable { x.leakyRelu(negativeSlope: negativeSlope) }
  public override var extraDescription: String { "negative_slope=\(negativeSlope)" }
}

/// y = x where x > 0, else w·x with trained slopes w: [N, C, ..] → [N, C, ..], or [..] → [..] with one slope for all.
///
/// K. He et al., Delving Deep into Rectifiers, arXiv:1502.01852.
public final class PReLU: Module {
  /// w, [numParameters].
  public let weight: Variable

  /// With one slope for all elements, or one for each channel on axis 1; each starts as `initial`.
  public init(_ numParameters: Int = 1, init initial: Double = 0.25, dtype: DType = .float32) {
    require(numParameters > 0, "PReLU", "\(numParameters) parameters; expected at least 1")
    weight = Variable(.full([numParameters], initial, dtype: dtype), requiresGrad: true)
  }

  public override func forward(_ x: Variable) -> Variable {
    let count = weight.elementCount
    require(
      count == 1 || (x.rank > 1 && x.shape[1] == count), "PReLU", "expected input [N, \(count), *], got \(x.shape)")
    return x.prelu(weight)
  }

  public override var extraDescription: String { "num_parameters=\(weight.elementCount)" }
}

/// y = x where x > 0, else r·x, elementwise: [..] → [..]. In training each r is drawn uniformly from lower..<upper, in
/// evaluation it is their mean.
///
/// B. Xu et al., Empirical Evaluation of Rectified Activations in Convolutional Network, arXiv:1505.00853.
public final class RReLU: Module {
  /// The least slope below zero.
  public let lower: Double
  /// The bound of the slopes below zero.
  public let upper: Double
  private let generator: Generator

  /// With slopes from lower..<upper, lower ≤ upper.
  public init(lower: Double = 1.0 / 8, upper: Double = 1.0 / 3, generator: Generator = .default) {
    require(lower <= upper, "RReLU", "slopes from \(lower) to \(upper); expected lower ≤ upper")
    (self.lower, self.upper, self.generator) = (lower, upper, generator)
  }

  public override func forward(_ x: Variable) -> Variable {
    guard isTraining else { return x.leakyRelu(negativeSlope: (lower + upper) / 2) }
    let slopes = Tensor.uniform(x.shape, low: lower, high: upper, dtype: x.dtype, generator: generator)
    return x * Variable(.where(x.value .> 0, slopes.onesLike(), slopes))
  }

  public override var extraDescription: String { "lower=\(lower), upper=\(upper)" }
}

/// y = x where x > threshold, else `value`, elementwise: [..] → [..].
public final class Threshold: Module {
  /// What an element must exceed to stay.
  public let threshold: Double
  /// What stands in the place of the others.
  public let value: Double

  /// Elements up to `threshold` become `value`.
  public init(_ threshold: Double, _ value: Double) { (self.threshold, self.value) = (threshold, value) }

  public override func forward(_ x: Variable) -> Variable { x.threshold(threshold, value) }
  public override var extraDescription: String { "threshold=\(threshold), value=\(value)" }
}
