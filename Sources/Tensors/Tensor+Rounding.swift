import Kernels

/// Rounding to integers that stay in the tensor's own type, elementwise: [..] → [..]. Integers are what they were;
/// not defined for `.bool`.
extension Tensor {
  /// ⌊x⌋, the largest integer that is not above.
  public consuming func floor() -> Tensor { rounded(.floor, "floor") }
  /// ⌈x⌉, the smallest integer that is not below.
  public consuming func ceil() -> Tensor { rounded(.ceil, "ceil") }
  /// x without its fraction.
  public consuming func trunc() -> Tensor { rounded(.trunc, "trunc") }

  /// The nearest number with so many decimals, or the nearest multiple of 10^{−decimals} if that is negative; of two as
  /// near, the one with an even last digit.
  public consuming func round(decimals: Int = 0) -> Tensor {
    if decimals == 0 || !dtype.isFloatingPoint { return rounded(.round, "round") }
    let (x, scale) = (self, Swift.abs(decimals).powerOfTen)
    return decimals > 0 ? (x * scale).round() / scale : (x / scale).round() * scale
  }

  private consuming func rounded(_ function: UnaryFunction, _ name: String) -> Tensor {
    require(dtype != .bool, name, "not defined for bool; expected numbers")
    return dtype.isFloatingPoint ? mapped(function) : self
  }
}

extension Int {
  /// 10ⁿ, exact up to n = 22; inf beyond the range.
  fileprivate var powerOfTen: Double { (0..<Swift.min(self, 309)).reduce(1) { power, _ in power * 10 } }
}
