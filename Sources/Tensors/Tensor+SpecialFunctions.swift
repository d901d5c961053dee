import Kernels

/// The gamma function and its kin, elementwise: [..] → [..], in float64 arithmetic for both types. Integers become
/// `.float32`.
extension Tensor {
  /// ln |Γ(x)|: inf at 0 and at the negative integers.
  public consuming func lgamma() -> Tensor { special(.logGamma) }

  /// ψ(x) = Γ′(x)/Γ(x): −inf at 0, NaN at the negative integers. The error is about 10⁻¹⁵ of the larger of ψ and 1.
  public consuming func digamma() -> Tensor { special(.digamma) }

  /// ψ⁽ⁿ⁾(x), the n-th derivative of ``digamma()``: at 0 and at the negative integers inf for odd n, −inf for even n.
  ///
  /// - Complexity: O(elements · n).
  public consuming func polygamma(_ n: Int) -> Tensor {
    require(n >= 0, "polygamma", "the order \(n); expected at least 0")
    return n == 0 ? digamma() : special(.polygamma(order: n))
  }

  /// erf⁻¹ x, the number whose erf is x: ±inf at ±1, NaN beyond. Relative error about 10⁻¹⁵.
  ///
  /// M. J. Wichura, Algorithm AS 241, 1988, doi:10.2307/2347330.
  public consuming func erfinv() -> Tensor { special(.inverseErf) }

  private consuming func special(_ function: SpecialFunction) -> Tensor {
    let x = asFloatingPoint
    return x.mapped(grain: 512) { Kernels.special(function, $0, $1, $2, $3) }
  }
}
