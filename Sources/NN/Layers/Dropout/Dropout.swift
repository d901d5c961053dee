import Autograd
import Tensors

/// What the dropout layers share: a probability, checked, and the source of randomness.
public class DropoutLayer: Module {
  /// The probability of being dropped.
  public let p: Double
  let generator: Generator

  /// Drops with probability `p`, 0 ≤ p ≤ 1.
  public init(_ p: Double = 0.5, generator: Generator = .default) {
    (self.p, self.generator) = (p, generator)
    super.init()
    require(p >= 0 && p <= 1, "\(type(of: self))", "the probability \(p); expected 0 ... 1")
  }

  /// Whether nothing is dropped: in evaluation, and where p is 0.
  final var isIdentity: Bool { !isTraining || p == 0 }

  public override var extraDescription: String { "p=\(p), inplace=False" }
}

/// In training, each element is zeroed with probability p and the others are scaled by 1/(1 − p); in evaluation, the
/// identity: [..] → [..].
///
/// Srivastava et al., "Dropout: A Simple Way to Prevent Neural Networks from Overfitting", 2014.
public final class Dropout: DropoutLayer {
  public override func forward(_ x: Variable) -> Variable { x.dropout(p, training: isTraining, generator: generator) }
}
