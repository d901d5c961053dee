import Autograd
import Tensors

/// Dropout for ``SELU``: in training, y = a·(x, or −λα with probability p) + b, with a = 1/√((1 − p)·(1 + p·λ²α²)) and
/// b = a·p·λα, which keeps mean 0 and variance 1; zeros for p = 1. In evaluation, the identity. [..] → [..].
///
/// G. Klambauer et al., Self-Normalizing Neural Networks, arXiv:1706.02515.
public final class AlphaDropout: DropoutLayer {
  public override func forward(_ x: Variable) -> Variable { droppingToLimit(of: x, mask: x.shape) }
}

/// ``AlphaDropout`` of whole channels: [N, C, ..] → [N, C, ..].
public final class FeatureAlphaDropout: DropoutLayer {
  public override func forward(_ x: Variable) -> Variable {
    require(x.rank >= 2, "FeatureAlphaDropout", "expected input [N, C, *], got \(x.shape)")
    return droppingToLimit(of: x, mask: x.shape.channels(1))
  }
}

extension DropoutLayer {
  /// Of no training, x itself.
  fileprivate final func droppingToLimit(of x: Variable, mask: Shape) -> Variable {
    if isIdentity { return x }
    if p == 1 { return x * 0 }
    let limit = SELUConstants.scale * SELUConstants.alpha
    let a = 1 / ((1 - p) * (1 + p * limit * limit)).squareRoot()
    let isKept = Tensor.dropoutMask(mask, p, dtype: x.dtype, generator: generator) .!= 0
    let b = a * p * limit
    func constant(_ number: Double) -> Tensor { Tensor(number, dtype: x.dtype) }
    let shift = Tensor.where(isKept, constant(b), constant(b - a * limit))
    return x * Variable(isKept.to(x.dtype) * a) + Variable(shift)
  }
}
