import Autograd
import Tensors

/// y = x/(k + α·mean x²)^β, the mean over the `size` channels around each one, zeros beyond the ends: [N, C, ..] → the same,
/// with at least one axis of positions. Floating point only.
///
/// Krizhevsky, Sutskever, Hinton, "ImageNet Classification with Deep Convolutional Neural Networks", 2012,
/// doi:10.1145/3065386.
public final class LocalResponseNorm: Module {
  /// Channels that count for one.
  public let size: Int
  /// α.
  public let alpha: Double
  /// β.
  public let beta: Double
  /// k.
  public let k: Double

  /// Over `size` channels.
  public init(_ size: Int, alpha: Double = 1e-4, beta: Double = 0.75, k: Double = 1) {
    require(size > 0, "LocalResponseNorm", "size \(size); expected at least 1")
    (self.size, self.alpha, self.beta, self.k) = (size, alpha, beta, k)
  }

  public override func forward(_ x: Variable) -> Variable {
    require(x.rank >= 3, "LocalResponseNorm", "expected input [N, C, *] with at least three axes, got \(x.shape)")
    return x.localResponseNorm(size: size, alpha: alpha, beta: beta, k: k)
  }

  public override var extraDescription: String { "\(size), alpha=\(alpha), beta=\(beta), k=\(k)" }
}
