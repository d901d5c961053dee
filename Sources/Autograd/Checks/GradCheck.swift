import Tensors

/// How a check of gradients compares them with differences.
public enum GradCheckMode: Hashable, Sendable {
  /// Every entry of the Jacobian, Jₖₗ = ∂yₖ/∂xₗ, with a central difference.
  ///
  /// - Complexity: two evaluations for each input element, one sweep for each output element, and memory for J.
  case full
  /// One number for each pair of an output and an input: vᵀJu for fixed random vectors, v with elements in ±[0.5, 1.5) and
  /// u of length 1. Where they disagree, the full mode is run to find the entries.
  ///
  /// It misses an error E of the Jacobian if |vᵀEu| is within the tolerance. That an error of all entries cancels is
  /// improbable, but a small one in few of many entries drowns: the tolerance is `atol`·Σ|vₖ|·Σ|uₗ|, that of all mn entries
  /// together, and more with `rtol`, so that a single wrong entry is seen if it is off by some mn·`atol`. As v and u are
  /// fixed, so is what is missed.
  ///
  /// - Complexity: two evaluations for each input, one sweep for each output.
  case fast
}

/// Checks the gradients of `function` against central differences, (f(x + ε) − f(x − ε))/2ε.
///
/// ```swift
/// try gradcheck({ $0[0].matmul($0[1]).tanh() }, inputs: [x, w]).check()
/// #expect(gradcheck({ $0[0].exp() }, inputs: [x], mode: .fast).passed)
/// ```
///
/// An entry agrees if |analytic − numeric| ≤ atol + rtol·|numeric|. Beside the derivatives it checks, with two more
/// evaluations and a few sweeps an output, that
/// - two runs give outputs and gradients of the same bits,
/// - a gradient of zeros leads to zeros,
/// - a sweep from several outputs gives the sum of the sweeps from each, which leave the others without a gradient,
/// - inputs and gradients whose elements stand apart in memory give what contiguous ones do (`nonContiguous`).
///
/// Outputs of integers and truth values are left out. An output that requires no gradient must not change with the inputs:
/// a `detached()` too many is found. The function is given leaves of its own; the caller's variables, and what their
/// ``Variable/grad`` holds, stay as they are. Views need no care: a tensor is a value, and an element of an expanded one
/// is moved alone.
///
/// The defaults suit functions of float64 with values and derivatives up to about 100: the difference has a truncation
/// error of ε²|f‴|/6, some 10⁻¹² for ε = 10⁻⁶, and a rounding error of about 10⁻¹⁰·|f| for each unit in the last place of f.
/// They are stricter than PyTorch's, 10⁻⁵ and 10⁻³.
///
/// - Parameters:
///   - function: from the inputs to one or more outputs; float outputs must be float64.
///   - inputs: points away from kinks and poles by more than `eps`. Integers and truth values are handed on as they are. NaN and
///     infinities do not move, so their derivatives are to be 0.
///   - positions: which inputs to differentiate; nil means all that are floating-point. These must be float64, as
///     differences in float32 have four digits at best.
///   - mode: whether each entry is compared, or random sums of them.
///   - eps: ε, absolute.
///   - atol: what the two may differ by, absolutely.
///   - rtol: what they may differ by in addition, relative to the difference.
///   - nondeterminismTolerance: how far two runs may be apart; 0 asks for the same bits.
///   - nonContiguous: whether to repeat the sweeps with strided inputs and gradients, gaps holding NaN.
public func gradcheck(
  _ function: ([Variable]) -> [Variable], inputs: [Tensor], withRespectTo positions: [Int]? = nil,
  mode: GradCheckMode = .full, eps: Double = 1e-6, atol: Double = 1e-7, rtol: Double = 1e-6,
  nondeterminismTolerance: Double = 0, nonContiguous: Bool = true
) -> GradCheckResult {
  withoutActuallyEscaping(function) { function in
    let checked = CheckedFunction("gradcheck", inputs, positions, function)
    return GradientCheck(
      checked, mode: mode, eps: eps, tolerance: Tolerance(atol: atol, rtol: rtol),
      nondeterminismTolerance: nondeterminismTolerance, nonContiguous: nonContiguous
    ).verdict()
  }
}

/// ``gradcheck(_:inputs:withRespectTo:mode:eps:atol:rtol:nondeterminismTolerance:nonContiguous:)`` for a function of one
/// output.
public func gradcheck(
  _ function: ([Variable]) -> Variable, inputs: [Tensor], withRespectTo positions: [Int]? = nil,
  mode: GradCheckMode = .full, eps: Double = 1e-6, atol: Double = 1e-7, rtol: Double = 1e-6,
  nondeterminismTolerance: Double = 0, nonContiguous: Bool = true
) -> GradCheckResult {
  gradcheck(
    { [function($0)] }, inputs: inputs, withRespectTo: positions, mode: mode, eps: eps, atol: atol, rtol: rtol,
    nondeterminismTolerance: nondeterminismTolerance, nonContiguous: nonContiguous)
}
