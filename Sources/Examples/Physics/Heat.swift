import Adjoint

/// ∂u/∂t = α ∂²u/∂x² for x and t in 0 ... 1, with u(x, 0) = sin πx and u = 0 at both ends: a rod that cools down.
struct Heat: Equation {
  private static let conductivity = 0.1
  private let inside: Tensor
  private let edge: Tensor

  /// Asks for the equation at `count` points (x, t) drawn at random, and for the conditions at fewer along the edge.
  init(points count: Int) {
    inside = .rand([count, 2], dtype: .float64)
    let along = Tensor.linspace(0, 1, max(count / 10, 2), dtype: .float64)
    let (zero, one) = (along.zerosLike(), along.onesLike())
    edge = .concatenate([(along, zero), (zero, along), (one, along)].map { .stack([$0, $1], axis: 1) })
  }

  let name = "heat"
  let formula = "∂u/∂t = α ∂²u/∂x², u(x, 0) = sin πx, u(0, t) = u(1, t) = 0"
  let inputCount = 2
  var testPoints: Tensor {
    let axis = Tensor.linspace(0, 1, 51, dtype: .float64)
    return .cartesianProduct([axis, axis])
  }

  func violations(_ u: Module) -> (equation: Variable, conditions: Variable) {
    let points = Variable(inside, requiresGrad: true)
    let slopes = derivative(u(points), points).split(size: 1, axis: 1)  // ∂u/∂x and ∂u/∂t
    let curvature = derivative(slopes[0], points).split(size: 1, axis: 1)[0]  // ∂²u/∂x²
    return (slopes[1] - Heat.conductivity * curvature, u(edge) - Variable(solution(edge)))
  }

  /// e^(−απ²t) · sin πx, which is 0 at both ends and sin πx at the start.
  func solution(_ points: Tensor) -> Tensor {
    let (x, t) = (points[0..., ..<1], points[0..., 1...])
    return (t * (-Heat.conductivity * .pi * .pi)).exp() * (x * Double.pi).sin()
  }

  func picture(_ u: Module) -> PlotGrid {
    let x = Tensor.linspace(0, 1, 101, dtype: .float64)
    var curves = LinePlot("Heat in a rod, by the network", xLabel: "x", yLabel: "u", yRange: 0...1)
    var errors = LinePlot("Its error", xLabel: "x", yLabel: "network − solution")
    for (time, name) in [(0, "t = 0"), (0.25, "t = ¼"), (0.5, "t = ½"), (1, "t = 1")] {
      let points = Tensor.stack([x, x.fullLike(time)], axis: 1)
      let (found, places) = (noGrad { u(points) }.value, x.scalars(as: Double.self))
      curves.add(name, x: places, y: found.scalars(as: Double.self))
      errors.add(name, x: places, y: (found - solution(points)).scalars(as: Double.self))
    }
    return PlotGrid([curves, errors])
  }
}
