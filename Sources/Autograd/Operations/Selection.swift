import Tensors

/// Choices between two variables, elementwise and broadcast.
extension Variable {
  /// y = condition ? a : b.  ∂L/∂a = g where the condition holds, else 0; ∂L/∂b the reverse.
  public static func `where`(_ condition: Tensor, _ a: Variable, _ b: Variable) -> Variable {
    let value = Tensor.where(condition, a.value, b.value)
    return record(
      "where", value, a, { .where(condition, $0, Variable($0.value.zerosLike())) }, b,
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

  /// 1 where a is chosen, ½ where both are equal, 0 where b is.
  private static func preference(_ isFirst: Tensor, _ a: Variable, _ b: Variable) -> Tensor {
    let dtype = Tensor.resultDType(a.value, b.value)
    return isFirst.to(dtype) + (a.value .== b.value).to(dtype) * 0.5
  }
}

package let selectionProbes: [Probe] = [
  Probe("where", [.init([2, 3]), .init([3])]) {
    .where(Tensor([[true, false, true], [false, false, true]]), $0[0], $0[1])
  },
  Probe("maximum", [.init([2, 3], distinct: true), .init([3], in: -0.05...0.05)]) { .maximum($0[0], $0[1]) },
  Probe("minimum", [.init([2, 3], distinct: true), .init([3], in: -0.05...0.05)]) { .minimum($0[0], $0[1]) },
]
