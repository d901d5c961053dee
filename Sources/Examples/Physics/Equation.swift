import Adjoint

/// A differential equation with its conditions, and the solution in closed form to compare with.
protocol Equation {
  /// What it is called in the output.
  var name: String { get }
  /// How it is written.
  var formula: String { get }
  /// How many variables the solution is a function of.
  var inputCount: Int { get }
  /// By how much a candidate u violates the equation inside, and the conditions at the edge: both zero for the solution.
  func violations(_ u: Module) -> (equation: Variable, conditions: Variable)
  /// Places to compare at, [n, inputCount].
  var testPoints: Tensor { get }
  /// The solution: [n, inputCount] → [n, 1].
  func solution(_ points: Tensor) -> Tensor
  /// The candidate, and how far it is off.
  func picture(_ u: Module) -> PlotGrid
}

extension Equation {
  /// What is minimized: the sum of the squares of all violations. The solution itself does not go in.
  func loss(_ u: Module) -> Variable {
    let (equation, conditions) = violations(u)
    return equation.square().sum() + conditions.square().sum()
  }

  /// The largest distance of a candidate from the solution.
  func largestError(_ u: Module) -> Double {
    (noGrad { u(testPoints) }.value - solution(testPoints)).abs().max().item()
  }
}

/// ∂y/∂x for y = f(x) applied row by row, as a variable that can be differentiated again: [n, 1] and [n, d] → [n, d].
///
/// A row of y depends on the same row of x only, so the gradient of the sum holds the derivatives of all rows.
func derivative(_ y: Variable, _ x: Variable) -> Variable {
  grad(of: y.sum(), withRespectTo: [x], createGraph: true)[0]
}
