import Kernels

/// Exponentials, logarithms and circular functions, elementwise: [..] → [..]. Integers become `.float32`.
///
/// NaN, infinities, zeros and subnormal numbers give what C's library gives. The errors are in units of the last place,
/// the largest found over dense samples of all float32 and samples of float64.
extension Tensor {
  /// eˣ. Maximum error 1.05 ulp.
  public consuming func exp() -> Tensor { mappedFloating(.exp) }
  /// eˣ − 1, without cancellation near 0. Maximum error 1.9 ulp.
  public consuming func expm1() -> Tensor { mappedFloating(.expm1) }
  /// ln x: −inf at 0, NaN below. Maximum error 1 ulp.
  public consuming func log() -> Tensor { mappedFloating(.log) }
  /// ln(1 + x), without cancellation near 0: −inf at −1, NaN below. Maximum error 1.6 ulp.
  public consuming func log1p() -> Tensor { mappedFloating(.log1p) }
  /// sin x, of any size of x. Maximum error 2.4 ulp.
  public consuming func sin() -> Tensor { mappedFloating(.sin) }
  /// cos x, of any size of x. Maximum error 2.4 ulp.
  public consuming func cos() -> Tensor { mappedFloating(.cos) }
  /// erf x = 2/√π·∫₀ˣ e^{−t²} dt. Maximum error 1.4 ulp.
  public consuming func erf() -> Tensor { mappedFloating(.erf) }
}
