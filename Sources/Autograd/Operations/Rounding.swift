import Tensors

/// Functions that are flat between their steps: [..] → [..]. ∂L/∂x = 0 everywhere.
extension Variable {
  /// y = ⌊x⌋.
  public func floor() -> Variable { Variable.record("floor", value.floor(), self, flat) }
  /// y = ⌈x⌉.
  public func ceil() -> Variable { Variable.record("ceil", value.ceil(), self, flat) }
  /// y = x without its fraction.
  public func trunc() -> Variable { Variable.record("trunc", value.trunc(), self, flat) }
  /// y = x rounded to so many decimals, halves to even digits.
  public func round(decimals: Int = 0) -> Variable {
    Variable.record("round", value.round(decimals: decimals), self, flat)
  }
  /// y = −1, 0 or 1.
  public func sign() -> Variable { Variable.record("sign", value.sign(), self, flat) }

  /// y = ⌊a/b⌋, broadcast.
  public func floorDivide(_ divisor: Variable) -> Variable {
    Variable.record("floorDivide", value.floorDivide(divisor.value), self, flat, divisor, flat)
  }
}

/// The gradient of what does not change.
private func flat(_ gradient: Variable) -> Variable { Variable(gradient.value.zerosLike()) }

package let roundingProbes: [Probe] = [
  .elementwise("floor", in: 0.1...0.9) { $0.floor() },
  .elementwise("ceil", in: 0.1...0.9) { $0.ceil() },
  .elementwise("trunc", in: 1.1...1.9) { $0.trunc() },
  .elementwise("round", in: 0.6...1.4) { $0.round() },
  .elementwise("sign", in: 0.2...2) { $0.sign() },
  .binary("floorDivide", first: 3.1...3.9, second: 0.9...1) { $0.floorDivide($1) },
]
