import Adjoint

/// The points of a problem with one feature, and a fitted line.
func scatter(_ problem: Problem, _ fit: Fit) -> ScatterPlot {
  let (x, w) = (problem.x.scalars(as: Double.self), fit.coefficients.scalars(as: Double.self))
  let ends = [x.min()!, x.max()!]
  var plot = ScatterPlot("The line, fitted \(fit.name)", xLabel: "x", yLabel: "y")
  plot.add("points", x: x, y: problem.y.scalars(as: Double.self))
  plot.addLine("w·x + b", x: ends, y: ends.map { w[0] * $0 + w[1] })
  return plot
}

/// What a fit predicts of each point, beside what was measured: the closer to the diagonal, the better.
func predictions(_ title: String, _ problem: Problem, _ fit: Fit) -> ScatterPlot {
  let measured = problem.y.scalars(as: Double.self)
  let ends = [measured.min()!, measured.max()!]
  var plot = ScatterPlot(title, xLabel: "measured", yLabel: "predicted")
  plot.add("", x: measured, y: problem.prediction(fit.coefficients).scalars(as: Double.self))
  plot.addLine("measured = predicted", x: ends, y: ends, dashed: true)
  return plot
}

/// How far the losses were above the least that is possible. Rounding in float32 blurs what is below 10⁻⁶.
func losses(_ title: String, _ problem: Problem, _ fits: [Fit]) -> LinePlot {
  let least = problem.error(problem.leastSquares)
  var plot = LinePlot(title, xLabel: "step", yLabel: "loss above least squares", logY: true, yRange: 1e-6...20)
  for fit in fits { plot.add(fit.name, y: fit.losses.map { $0 - least }, dashed: fit.name == "SGD") }
  return plot
}
