import Autograd
import Tensors

/// In training, each element is zeroed with probability p and the others are scaled by 1/(1 − p); in evaluation, the
/// identity: [..] → [..].
///
/// Srivastava et al., "Dropout: A Simple Way to Prevent Neural Networks from Overfitting", 2014.
public final class Dropout: Module {
  private let p: Double
  private let generator: Generator

  /// Zeroes with probability `p`, 0 ≤ p ≤ 1.
  public init(_ p: Double = 0.5, generator: Generator = .default) {
    require(p >= 0 && p <= 1, "Dropout", "the probability \(p); expected 0 ... 1")
    (self.p, self.generator) = (p, generator)
  }

  public override func forward(_ x: Variable) -> Variable {
    x.dropout(p, training: isTraining, generator: generator)
  }

  public override var extraDescription: String { "p=\(p)" }
}
