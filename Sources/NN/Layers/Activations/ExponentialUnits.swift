import Autograd
import Tensors

/// y = x where x > 0, else α·(eˣ − 1), elementwise: [..] → [..].
///
/// D.-A. Clevert et al., Fast and Accurate Deep Network Learning by Exponential Linear Units, arXiv:1511.07289.
public final class ELU: Module {
  /// α; −α is the limit of y for x → −∞.
  public let alpha: Double

  /// With this α.
  public init(alpha: Double = 1) { self.alpha = alpha }

  public override func forward(_ x: Variable) -> Variable { x.elu(alpha: alpha) }
  public override var extraDescription: String { "alpha=\(alpha)" }
}

/// y = λ·x where x > 0, else λ·α·(eˣ − 1) with λ = 1.0507… and α = 1.6732…, elementwise: [..] → [..]. Pairs with
/// ``AlphaDropout``.
///
/// G. Klambauer et al., Self-Normalizing Neural Networks, arXiv:1706.02515.
public final class SELU: Module {
  public override func forward(_ x: Variable) -> Variable { x.selu() }
}

/// y = max(x, 0) + min(α·(e^{x/α} − 1), 0), elementwise: [..] → [..].
///
/// J. T. Barron, Continuously Differentiable Exponential Linear Units, arXiv:1704.07483.
public final class CELU: Module {
  /// α; −α is the limit of y for x → −∞.
  public let alpha: Double

  /// With this α > 0.
  public init(alpha: Double = 1) {
    require(alpha > 0, "CELU", "alpha is \(alpha); expected a number above 0")
    self.alpha = alpha
  }

  public override func forward(_ x: Variable) -> Variable { x.celu(alpha: alpha) }
  public override var extraDescription: String { "alpha=\(alpha)" }
}

/// y = ln(1 + e^{βx})/β, and x where βx is above the threshold, elementwise: [..] → [..].
public final class Softplus: Module {
  /// β: the larger, the closer to a rectifier.
  public let beta: Double
  /// The βx from which on y = x.
  public let threshold: Double

  /// With this β, and y = x above the threshold.
  public init(beta: Double = 1, threshold: Double = 20) { (self.beta, self.threshold) = (beta, threshold) }

  public override func forward(_ x: Variable) -> Variable { x.softplus(beta: beta, threshold: threshold) }
  public override var extraDescription: String { "beta=\(beta), threshold=\(threshold)" }
}
