import Autograd
import Tensors

/// x₁·x₂/(max(‖x₁‖, ε)·max(‖x₂‖, ε)) along an axis, the cosine of the angle between the two: [.., n, ..], [.., n, ..] →
/// [.., ..], broadcast.
public final class CosineSimilarity: Module {
  /// The axis of the vectors.
  public let axis: Int
  /// The least norm that is divided by.
  public let eps: Double

  /// Of vectors along this axis.
  public init(axis: Int = 1, eps: Double = 1e-8) { (self.axis, self.eps) = (axis, eps) }

  /// The cosines of two variables' vectors.
  public func callAsFunction(_ x1: Variable, _ x2: Variable) -> Variable {
    withinCall {
      // Each divided first: a product of norms overflows earlier.
      func unit(_ x: Variable) -> Variable { x / x.norm(axis: axis, keepDims: true).clamp(min: eps, max: nil) }
      let common = Shape.broadcast(x1.shape, x2.shape, "CosineSimilarity")
      return (unit(x1.expanded(common)) * unit(x2.expanded(common))).sum(axis: axis)
    }
  }
}

/// ‖x₁ − x₂ + ε‖ₚ along the last axis: [.., n], [.., n] → [..], broadcast.
public final class PairwiseDistance: Module {
  /// The order of the norm.
  public let p: Double
  /// What is added to each difference, so that the norm has a derivative where they are 0.
  public let eps: Double
  /// Whether the last axis stays, with size 1.
  public let keepDims: Bool

  /// In the p-norm.
  public init(p: Double = 2, eps: Double = 1e-6, keepDims: Bool = false) {
    (self.p, self.eps, self.keepDims) = (p, eps, keepDims)
  }

  /// The distances of two variables' vectors.
  public func callAsFunction(_ x1: Variable, _ x2: Variable) -> Variable {
    withinCall { (x1 - x2 + eps).norm(p, axis: -1, keepDims: keepDims) }
  }
}
