import Tensors

/// Choices between two variables, elementwise and broadcast.
extension Variable {
  /// y = condition ? a : b.  ∂L/∂a = g where the condition holds, else 0; ∂L/∂b the reverse.
  public static func `where`(_ condition: Tensor, _ a: Variable, _ b: Variable) -> Variable {
    return record(
      "where", Tensor.where(condition, a.value, b.value), a, { .where(condition, $0, Variable($0.value.zerosLike())) },
      b,
      { .where(condition, Variable($0.value.zerosLike()), $0) })
  }

  /// y = max(a, b).  ∂L/∂a = g where a > b, g/2 where equal, else 0; ∂L/∂b the rest.
  public static func maximum(_ a: Variable, _ b: Variable) -> Variable {
    let share = preference(a.value .> b.value, a, b)
    return record(
      "maximum", Tensor.maximum(a.value, b.value), a, { $0 * Variable(share) }, b, { $0 * Variable(1 - share) })
  }

  /// y = min(a, b).  ∂L/∂a = g where a < b, g/2 where equal, else 0; ∂L/∂b the rest.
  public static func minimum(_ a: Variable, _ b: Variable) -> Variable {
    let share = preference(a.value .< b.value, a, b)
    return record(
      "minimum", Tensor.minimum(a.value, b.value), a, { $0 * Variable(share) }, b, { $0 * Variable(1 - share) })
  }

  /// y = max(a, b), the number where one is NaN.  ∂L/∂a = g where y is a, g/2 where both are equal, else 0; ∂L/∂b the rest.
  public func fmax(_ other: Variable) -> Variable {
    let share = Variable.preference((self .> other) .| other.isNaN(), self, other)
    return Variable.record(
      "fmax", value.fmax(other.value), self, { $0 * Variable(share) }, other, { $0 * Variable(1 - share) })
  }

  /// y = min(a, b), the number where one is NaN.  ∂L/∂a = g where y is a, g/2 where both are equal, else 0; ∂L/∂b the rest.
  public func fmin(_ other: Variable) -> Variable {
    let share = Variable.preference((self .< other) .| other.isNaN(), self, other)
    return Variable.record(
      "fmin", value.fmin(other.value), self, { $0 * Variable(share) }, other, { $0 * Variable(1 - share) })
  }

  /// y = min(max(x, min), max); a bound left out does not bind.  ∂L/∂x = g where min < x < max, else 0.
  public func clamp<S: BinaryFloatingPoint>(min: S? = nil, max: S? = nil) -> Variable {
    // The least and the largest number that is not clamped.
    let (x, isSingle) = (value, dtype == .float32)
    let low = min.map { isSingle ? Double(Float($0).nextUp) : Double($0).nextUp } ?? -.infinity
    let high = max.map { isSingle ? Double(Float($0).nextDown) : Double($0).nextDown } ?? .infinity
    return Variable.record("clamp", value.clamp(min: min, max: max), self) { $0.clampGradient(x, low, high) }
  }

  /// y = min(max(x, min), max) with integer bounds.
  public func clamp<S: BinaryInteger>(min: S? = nil, max: S? = nil) -> Variable {
    guard value.dtype.isFloatingPoint else { return Variable(value.clamp(min: min, max: max)) }
    return clamp(min: min.map { Double($0) }, max: max.map { Double($0) })
  }

  /// d = g where low ≤ x ≤ high, else 0, in one kernel.  ∂L/∂g = d(gg, x).
  private func clampGradient(_ x: Tensor, _ low: Double, _ high: Double) -> Variable {
    Variable.record("clampGradient", Tensor.parametric(.clampGradient, value, x, low, high), self) {
      $0.clampGradient(x, low, high)
    }
  }

  /// 1 where a is chosen, ½ where both are equal, 0 where b is.
  private static func preference(_ isFirst: Tensor, _ a: Variable, _ b: Variable) -> Tensor {
    let dtype = Tensor.resultDType(a.value, b.value)
    return isFirst.to(dtype) + (a.value .== b.value).to(dtype) * 0.5
  }
}

package let selectionProbes: [Probe] = [
  .elementwise("clamp inside", in: -0.9...0.9) { $0.clamp(min: -1, max: 1) },
  .elementwise("clamp outside", in: 1.1...2) { $0.clamp(min: -1.0, max: 1.0) },
  Probe("clamp mixed", [.init([3, 4], distinct: true)]) { $0[0].clamp(min: -0.4, max: 0.7) },
  .elementwise("clamp min", in: 0.2...2) { $0.clamp(min: 0) },
  .elementwise("clamp max", in: 0.2...2) { $0.clamp(max: 0.1) },
  Probe("where", [.init([2, 3]), .init([3])]) {
    .where(Tensor([[true, false, true], [false, false, true]]), $0[0], $0[1])
  },
  Probe("maximum", [.init([2, 3], distinct: true), .init([3], in: -0.05...0.05)]) { .maximum($0[0], $0[1]) },
  Probe("minimum", [.init([2, 3], distinct: true), .init([3], in: -0.05...0.05)]) { .minimum($0[0], $0[1]) },
  Probe("fmax", [.init([2, 3], distinct: true), .init([3], in: -0.05...0.05)]) { $0[0].fmax($0[1]) },
  Probe("fmin", [.init([2, 3], distinct: true), .init([3], in: -0.05...0.05)]) { $0[0].fmin($0[1]) },
]
