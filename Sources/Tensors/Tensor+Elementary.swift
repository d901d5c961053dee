import Kernels

/// Exponentials, logarithms, circular, hyperbolic and error functions, elementwise: [..] → [..]. Integers become `.float32`.
///
/// NaN, infinities, zeros and subnormal numbers give what C's library gives. The errors are in units of the last place,
/// the largest found over dense samples of all float32 and samples of float64.
extension Tensor {
  /// eˣ. Maximum error 1.05 ulp.
  public consuming func exp() -> Tensor { mappedFloating(.exp) }
  /// eˣ − 1, without cancellation near 0. Maximum error 1.9 ulp.
  public consuming func expm1() -> Tensor { mappedFloating(.expm1) }
  /// 2ˣ. Maximum error 1.1 ulp, none for integers.
  public consuming func exp2() -> Tensor { mappedFloating(.exp2) }
  /// ln x: −inf at 0, NaN below. Maximum error 1 ulp.
  public consuming func log() -> Tensor { mappedFloating(.log) }
  /// ln(1 + x), without cancellation near 0: −inf at −1, NaN below. Maximum error 1.6 ulp.
  public consuming func log1p() -> Tensor { mappedFloating(.log1p) }
  /// log₂ x: −inf at 0, NaN below. Maximum error 0.6 ulp, none at powers of two.
  public consuming func log2() -> Tensor { mappedFloating(.log2) }
  /// log₁₀ x: −inf at 0, NaN below. Maximum error 0.6 ulp, none at powers of ten.
  public consuming func log10() -> Tensor { mappedFloating(.log10) }
  /// sin x, of any size of x. Maximum error 2.4 ulp.
  public consuming func sin() -> Tensor { mappedFloating(.sin) }
  /// cos x, of any size of x. Maximum error 2.4 ulp.
  public consuming func cos() -> Tensor { mappedFloating(.cos) }
  /// tan x, of any size of x. Maximum error 3.5 ulp.
  public consuming func tan() -> Tensor { mappedFloating(.tan) }
  /// The angle in −π/2...π/2 whose sine is x; NaN beyond ±1. Maximum error 2.1 ulp.
  public consuming func asin() -> Tensor { mappedFloating(.asin) }
  /// The angle in 0...π whose cosine is x; NaN beyond ±1. Maximum error 1.4 ulp.
  public consuming func acos() -> Tensor { mappedFloating(.acos) }
  /// The angle in −π/2...π/2 whose tangent is x. Maximum error 2.1 ulp.
  public consuming func atan() -> Tensor { mappedFloating(.atan) }
  /// (eˣ − e⁻ˣ)/2. Maximum error 2.4 ulp.
  public consuming func sinh() -> Tensor { mappedFloating(.sinh) }
  /// (eˣ + e⁻ˣ)/2. Maximum error 1.5 ulp.
  public consuming func cosh() -> Tensor { mappedFloating(.cosh) }
  /// The number whose sinh is x: ln(x + √(x² + 1)). Maximum error 2 ulp.
  public consuming func asinh() -> Tensor { mappedFloating(.asinh) }
  /// The number ≥ 0 whose cosh is x: ln(x + √(x² − 1)); NaN below 1. Maximum error 2.3 ulp.
  public consuming func acosh() -> Tensor { mappedFloating(.acosh) }
  /// The number whose tanh is x: ½·ln((1 + x)/(1 − x)); ±inf at ±1, NaN beyond. Maximum error 2.1 ulp.
  public consuming func atanh() -> Tensor { mappedFloating(.atanh) }
  /// erf x = 2/√π·∫₀ˣ e^{−t²} dt. Maximum error 1.4 ulp.
  public consuming func erf() -> Tensor { mappedFloating(.erf) }
  /// erfc x = 1 − erf x, without cancellation where it is small. Maximum error 5.3 ulp (float64: 6.5).
  public consuming func erfc() -> Tensor { mappedFloating(.erfc) }
}
