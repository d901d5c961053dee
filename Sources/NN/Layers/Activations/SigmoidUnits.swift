import Autograd
import Tensors

/// y = 1/(1 + e⁻ˣ), elementwise: [..] → [..].
public final class Sigmoid: Module {
  public override func forward(_ x: Variable) -> Variable { x.sigmoid() }
}

/// y = −ln(1 + e⁻ˣ), elementwise: [..] → [..].
public final class LogSigmoid: Module {
  public override func forward(_ x: Variable) -> Variable { x.logSigmoid() }
}

/// y = tanh x, elementwise: [..] → [..].
public final class Tanh: Module {
  public override func forward(_ x: Variable) -> Variable { x.tanh() }
}

/// y = x − tanh x, elementwise: [..] → [..].
public final class Tanhshrink: Module {
  public override func forward(_ x: Variable) -> Variable { x.tanhshrink() }
}

/// y = x/(1 + |x|), elementwise: [..] → [..].
public final class Softsign: Module {
  public override func forward(_ x: Variable) -> Variable { x.softsign() }
}

/// y = x/(1 + e⁻ˣ), elementwise: [..] → [..]. Also called swish.
///
/// S. Elfwing et al., Sigmoid-Weighted Linear Units, arXiv:1702.03118.
public final class SiLU: Module {
  public override func forward(_ x: Variable) -> Variable { x.silu() }
}

/// y = x·tanh(ln(1 + eˣ)), elementwise: [..] → [..].
///
/// D. Misra, Mish: A Self Regularized Non-Monotonic Activation Function, arXiv:1908.08681.
public final class Mish: Module {
  public override func forward(_ x: Variable) -> Variable { x.mish() }
}

/// y = x·Φ(x) with the normal distribution function Φ, elementwise: [..] → [..].
///
/// D. Hendrycks, K. Gimpel, Gaussian Error Linear Units, arXiv:1606.08415.
public final class GELU: Module {
  /// How Φ is computed.
  public let approximate: GELUApproximation

  /// With Φ itself, or with an approximation of it.
  public init(approximate: GELUApproximation = .none) { self.approximate = approximate }

  public override func forward(_ x: Variable) -> Variable { x.gelu(approximate: approximate) }
  public override var extraDescription: String { "approximate='\(approximate)'" }
}

/// y = a·σ(b) with a the first and b the second half of x along an axis: [.., 2n, ..] → [.., n, ..].
///
/// Y. N. Dauphin et al., Language Modeling with Gated Convolutional Networks, arXiv:1612.08083.
public final class GLU: Module {
  /// The axis that is halved.
  public let axis: Int

  /// Along this axis; negative ones count from the last.
  public init(axis: Int = -1) { self.axis = axis }

  public override func forward(_ x: Variable) -> Variable { x.glu(axis: axis) }
  public override var extraDescription: String { "dim=\(axis)" }
}
