import Tensors

/// What a gradient check found: the worst disagreement, and whether it is within tolerance.
public struct GradCheckResult: CustomStringConvertible, Sendable {
  /// Whether every element agreed.
  public let passed: Bool
  /// Which input the worst element belongs to.
  public let input: Int
  /// The worst element's position in that input, in row-major order.
  public let index: Int
  /// The derivative that `backward` computed there.
  public let analytic: Double
  /// The derivative by central differences there.
  public let numeric: Double

  /// One line: what agreed or what did not.
  public var description: String {
    let place = "input \(input), element \(index): analytic \(analytic), numeric \(numeric)"
    return passed ? "gradients agree; largest difference at \(place)" : "gradients differ at \(place)"
  }
}

/// Checks the gradients of `function` against central differences.
///
/// The outputs are weighted with fixed random numbers and summed, so that one sweep checks the whole Jacobian: a wrong
/// entry shows unless the weights happen to hide it, which has probability zero. An element agrees if
/// |analytic − numeric| ≤ atol + rtol·|numeric|.
///
/// - Parameters:
///   - function: from the inputs to one or more outputs.
///   - inputs: float64 tensors, away from kinks; other dtypes stop the program.
///   - eps: half the distance of the two evaluations; the truncation error is of order eps².
/// - Complexity: 2 evaluations of `function` per input element, and one sweep.
public func gradcheck(
  _ function: ([Variable]) -> [Variable], inputs: [Tensor], eps: Double = 1e-6, atol: Double = 1e-7,
  rtol: Double = 1e-6
) -> GradCheckResult {
  for (i, input) in inputs.enumerated() {
    require(input.dtype == .float64, "gradcheck", "input \(i) is \(input.dtype); expected float64")
  }
  let variables = inputs.map { Variable($0, requiresGrad: true) }
  let loss = projected(function(variables))
  let gradients =
    loss.requiresGrad
    ? grad(of: loss, withRespectTo: variables, allowUnused: true) : variables.map { _ in nil }
  var worst: (result: GradCheckResult, excess: Double)?
  for (i, input) in inputs.enumerated() {
    let analytic = gradients[i]?.value.scalars(as: Double.self) ?? Array(repeating: 0, count: input.elementCount)
    let elements = input.scalars(as: Double.self)
    for index in elements.indices {
      func value(_ shift: Double) -> Double {
        var moved = elements
        moved[index] += shift
        var arguments = inputs
        arguments[i] = Tensor(moved, shape: input.shape, dtype: .float64)
        return noGrad { projected(function(arguments.map { Variable($0) })).item() }
      }
      let numeric = (value(eps) - value(-eps)) / (2 * eps)
      let difference = abs(analytic[index] - numeric)
      // NaN on either side is a failure, and so must not look like a small excess.
      let excess = difference.isNaN ? .infinity : difference - (atol + rtol * abs(numeric))
      if worst == nil || excess > worst!.excess {
        let result = GradCheckResult(
          passed: excess <= 0, input: i, index: index, analytic: analytic[index], numeric: numeric)
        worst = (result, excess)
      }
    }
  }
  return worst?.result ?? GradCheckResult(passed: true, input: 0, index: 0, analytic: 0, numeric: 0)
}

/// ``gradcheck(_:inputs:eps:atol:rtol:)`` for a function of one output.
public func gradcheck(
  _ function: ([Variable]) -> Variable, inputs: [Tensor], eps: Double = 1e-6, atol: Double = 1e-7, rtol: Double = 1e-6
) -> GradCheckResult {
  gradcheck({ [function($0)] }, inputs: inputs, eps: eps, atol: atol, rtol: rtol)
}

/// Checks the second derivatives of `function`: the gradient that `backward` computes, as a function of the inputs and of
/// the output gradient, is itself checked against central differences.
public func gradgradcheck(
  _ function: ([Variable]) -> Variable, inputs: [Tensor], eps: Double = 1e-6, atol: Double = 1e-7, rtol: Double = 1e-6
) -> GradCheckResult {
  let output = noGrad { function(inputs.map { Variable($0) }) }
  let cotangent = Tensor.uniform(output.shape, low: 0.5, high: 1.5, dtype: .float64, generator: Generator(seed: 2))
  return gradcheck(
    { arguments in
      enableGrad {
        let x = arguments.dropLast().map { $0.requiresGrad ? $0 : Variable($0.value, requiresGrad: true) }
        let gradients = grad(
          of: function(x), withRespectTo: x, gradient: arguments[x.count], createGraph: true, allowUnused: true)
        return gradients.compactMap { $0 }
      }
    }, inputs: inputs + [cotangent], eps: eps, atol: atol, rtol: rtol)
}

/// Σ w·y over all outputs with fixed weights in [0.5, 1.5).
private func projected(_ outputs: [Variable]) -> Variable {
  let generator = Generator(seed: 1)
  let terms = outputs.map { y in
    (y * Variable(.uniform(y.shape, low: 0.5, high: 1.5, dtype: .float64, generator: generator))).sum()
  }
  return terms.dropFirst().reduce(terms.first ?? Variable(0.0, dtype: .float64)) { $0 + $1 }
}
