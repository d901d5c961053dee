import Kernels

/// Division with a remainder, elementwise and broadcast: [..] ∘ [..] → the broadcast shape. Types promote; integers stay
/// integers, whose division by 0 stops the program. Floating-point results are exact.
extension Tensor {
  /// ⌊a/b⌋, of the exact quotient: Python's `//`. The quotient itself where a floating-point b is 0.
  public func floorDivide(_ divisor: Tensor) -> Tensor { divided(.floorDivide, "floorDivide", divisor) }

  /// a − b·⌊a/b⌋, with the sign of b: Python's `%`. NaN where a floating-point b is 0.
  public func remainder(_ divisor: Tensor) -> Tensor { divided(.remainder, "remainder", divisor) }

  /// a − b·trunc(a/b), with the sign of a: C's `fmod`. NaN where a floating-point b is 0.
  public func fmod(_ divisor: Tensor) -> Tensor { divided(.fmod, "fmod", divisor) }

  private func divided(_ function: BinaryFunction, _ name: String, _ divisor: Tensor) -> Tensor {
    let (a, b) = Tensor.promoted(self, divisor)
    require(a.dtype != .bool, name, "not defined for two bool tensors; expected numbers")
    require(
      a.dtype.isFloatingPoint || a.elementCount == 0 || b.isNonzero, name,
      "division of integers (\(a.dtype)\(shape)) by 0; expected divisors (\(divisor.shape)) other than 0")
    return Tensor.zipped(function, name, a, b)
  }

  /// Whether no element is 0.
  private var isNonzero: Bool { elementCount == 0 || (self .!= 0).min().item(as: Bool.self) }
}
