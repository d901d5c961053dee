import Adjoint

/// The perceptron's answers all over the plane, with the points it learned from, and how J fell.
func picture(_ data: TensorDataset, _ perceptron: Perceptron, _ losses: [Double], resolution: Int) -> PlotGrid {
  let regions = DecisionRegions(
    "The perceptron's answers", data.inputs, data.targets, classes: ["blue", "red"], xLabel: "x₁", yLabel: "x₂",
    resolution: resolution
  ) { perceptron(Variable($0)).value }
  var loss = LinePlot("Gradient descent", xLabel: "step", yLabel: "J", logY: true, width: 560, height: 480)
  loss.add("", y: losses)
  return PlotGrid([regions, loss])
}
