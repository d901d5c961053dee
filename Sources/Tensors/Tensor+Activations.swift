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
}
