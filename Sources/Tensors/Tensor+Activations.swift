import Kernels

/// How ``Tensor/gelu(approximate:)`` computes the normal distribution.
public enum GELUApproximation: Sendable {
  /// Φ itself.
  case none
  /// ½·(1 + tanh(√(2/π)·(x + 0.044715x³))).
  case tanh
}

/// Activation functions, elementwise: [..] → [..]. Integers become `.float32`, but for `relu`.
extension Tensor {
  /// tanh x. Maximum error 2.6 ulp.
  public consuming func tanh() -> Tensor { mappedFloating(.tanh) }
  /// σ(x) = 1/(1 + e⁻ˣ). Maximum error 2.5 ulp.
  public consuming func sigmoid() -> Tensor { mappedFloating(.sigmoid) }
  /// max(x, 0); NaN stays NaN.
  public consuming func relu() -> Tensor { mapped(.relu) }
  /// x·σ(x), also called swish; 0 at −inf. Maximum error 2.5 ulp.
  public consuming func silu() -> Tensor { mappedFloating(.silu) }

  /// x·Φ(x) with the standard normal distribution Φ, or with its tanh form; 0 at −inf. Maximum error 5 ulp (float64: 7),
  /// the tanh form 3.3 ulp (float64: 4.3): also where x is so negative that 1 + erf would cancel.
  ///
  /// D. Hendrycks, K. Gimpel, Gaussian Error Linear Units, arXiv:1606.08415.
  public consuming func gelu(approximate: GELUApproximation = .none) -> Tensor {
    switch approximate {
    case .none: mappedFloating(.gelu)
    case .tanh: mappedFloating(.geluTanh)
    }
  }

  /// ln(1 + e^{βx})/β, and x itself where βx > threshold. Maximum error 2 ulp for β = 1.
  public consuming func softplus(beta: Double = 1, threshold: Double = 20) -> Tensor {
    require(beta > 0, "softplus", "beta is \(beta); expected a number above 0")
    return mappedFloating(.softplus, beta, threshold)
  }

  /// x where x > 0, else slope·x.
  public consuming func leakyRelu(negativeSlope: Double = 0.01) -> Tensor {
    mappedFloating(.leakyReLU, negativeSlope, 0)
  }

  /// x where x > 0, else α·(eˣ − 1). Maximum error 1.9 ulp for α = 1.
  ///
  /// D.-A. Clevert, T. Unterthiner, S. Hochreiter, Fast and Accurate Deep Network Learning by Exponential Linear Units,
  /// arXiv:1511.07289.
  public consuming func elu(alpha: Double = 1) -> Tensor { mappedFloating(.elu, 1, alpha) }

  /// λ·x where x > 0, else λ·α·(eˣ − 1), with λ = 1.0507… and α = 1.6732…, for which layers of it tend to mean 0 and
  /// variance 1.
  ///
  /// G. Klambauer et al., Self-Normalizing Neural Networks, arXiv:1706.02515.
  public consuming func selu() -> Tensor {
    mappedFloating(.elu, SELUConstants.scale, SELUConstants.scale * SELUConstants.alpha)
  }
}

/// The constants of ``Tensor/selu()``.
package enum SELUConstants {
  package static let scale = 1.0507009873554804934193349852946
  package static let alpha = 1.6732632423543772848170429916717
}
