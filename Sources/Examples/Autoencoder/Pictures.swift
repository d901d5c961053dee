import Adjoint
import ExampleSupport

/// One digit of each kind, and below it what is made of it: each of `versions` is [n, pixels].
func reconstructions(_ versions: [Tensor], of data: TensorDataset, title: String) -> ImageSheet {
  let chosen = data.firstOfEachLabel
  var sheet = ImageSheet(title, columns: chosen.elementCount, size: 64)
  for version in versions {
    let rows = version.indexSelect(index: chosen)
    sheet.add(rows.reshaped([-1, data.inputs.shape[1], data.inputs.shape[2]]))
  }
  return sheet
}

/// Where the digits lie in the plane of their two numbers, [n, 2].
func map(of codes: Tensor, _ labels: Tensor) -> ScatterPlot {
  var plot = ScatterPlot("Test digits by their two numbers", width: 640, height: 560)
  for digit in 0..<10 {
    let mine = codes.indexSelect(index: (labels .== digit).nonzero().flattened())
    plot.add(
      "\(digit)", x: mine[0..., 0].scalars(as: Double.self), y: mine[0..., 1].scalars(as: Double.self))
  }
  return plot
}
