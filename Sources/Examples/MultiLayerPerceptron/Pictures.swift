import Adjoint

/// What the perceptrons say all over the plane, and below them what the networks say.
func regions(_ lessons: [Lesson], resolution: Int) -> PlotGrid {
  func panel(_ title: String, _ data: TensorDataset, _ trained: Trained) -> DecisionRegions {
    DecisionRegions(
      title, data.inputs, data.targets, classes: ["blue", "red"], resolution: resolution, width: 400, height: 400,
      classify: trained.probabilities)
  }
  let perceptrons = lessons.map { panel("\($0.arrangement): perceptron", $0.data, $0.perceptron) }
  let networks = lessons.map { panel("\($0.arrangement): hidden layers", $0.data, $0.network) }
  return PlotGrid(perceptrons + networks, columns: lessons.count)
}

/// How the networks' losses fell.
func losses(_ lessons: [Lesson]) -> LinePlot {
  var plot = LinePlot("Learning with hidden layers", xLabel: "step", yLabel: "cross-entropy", logY: true)
  for lesson in lessons { plot.add(lesson.arrangement.rawValue, y: lesson.network.losses) }
  return plot
}
