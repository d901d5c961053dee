import Adjoint

/// u″ + 2γu′ + ω²u = 0 with u(0) = 1 and u′(0) = 0: a weight on a spring, let go in something sticky.
struct Oscillator: Equation {
  private static let (damping, end) = (1.0, 2.0)
  private let frequency: Double
  private let points: Tensor

  /// Asks for the equation at `count` times.
  init(frequency: Double, points count: Int) {
    self.frequency = frequency
    points = .linspace(0, Oscillator.end, count, dtype: .float64).unsqueezed(axis: 1)
  }

  let name = "oscillator"
  let formula = "u″ + 2γu′ + ω²u = 0, u(0) = 1, u′(0) = 0"
  let inputCount = 1
  var testPoints: Tensor { .linspace(0, Oscillator.end, 501, dtype: .float64).unsqueezed(axis: 1) }

  /// The equation over ω², so that its terms have the size of u.
  func violations(_ u: Module) -> (equation: Variable, conditions: Variable) {
    let t = Variable(points, requiresGrad: true)
    let position = u(t)
    let velocity = derivative(position, t)
    let acceleration = derivative(velocity, t)
    let equation = (acceleration + 2 * Oscillator.damping * velocity) / (frequency * frequency) + position
    return (equation, .concatenate([position[0] - 1, velocity[0] / frequency]))
  }

  /// e^(−γt) · (cos wt + γ/w · sin wt) with w² = ω² − γ².
  func solution(_ points: Tensor) -> Tensor {
    let w = (frequency * frequency - Oscillator.damping * Oscillator.damping).squareRoot()
    let swing = (points * w).cos() + (points * w).sin() * (Oscillator.damping / w)
    return (points * -Oscillator.damping).exp() * swing
  }

  func picture(_ u: Module) -> PlotGrid {
    let (found, truth) = (noGrad { u(testPoints) }.value, solution(testPoints))
    let times = testPoints.scalars(as: Double.self)
    var curve = LinePlot("Damped oscillator", xLabel: "t", yLabel: "u")
    curve.add("network", x: times, y: found.scalars(as: Double.self))
    curve.add("solution", x: times, y: truth.scalars(as: Double.self), dashed: true)
    var error = LinePlot("Its error", xLabel: "t", yLabel: "network − solution")
    error.add("", x: times, y: (found - truth).scalars(as: Double.self))
    return PlotGrid([curve, error])
  }
}
