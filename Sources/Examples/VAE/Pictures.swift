import Adjoint

/// The bound by epoch, beside a model of independent pixels.
func boundCurve(_ history: History, independent: Double) -> LinePlot {
  var plot = LinePlot("How likely the digits are", xLabel: "epoch", yLabel: "ELBO in nats an image")
  plot.add("training", y: history.training().map { -$0 })
  plot.add("test", y: history.validation().map { -$0 })
  plot.add("independent pixels", y: history.epochs.map { _ in independent }, dashed: true)
  return plot
}

extension VariationalAutoencoder {
  /// Digits that nobody wrote: decoded draws from the prior.
  func samples(_ count: Int, size: (height: Int, width: Int)) -> ImageSheet {
    sheet("Digits from random codes", .randn([count, latent]), size, columns: 10)
  }

  /// From digits to others in ten steps, along straight lines between their codes, [n, latent].
  func walks(from starts: Tensor, to ends: Tensor, size: (height: Int, width: Int)) -> ImageSheet {
    let share = Tensor.linspace(0, 1, 10).unsqueezed(axis: 1)
    let paths = starts.unsqueezed(axis: 1).lerp(ends.unsqueezed(axis: 1), weight: share)
    return sheet("From digit to digit", paths.flattened(from: 0, through: 1), size, columns: 10)
  }

  /// All codes of two numbers: a grid of equal shares of the normal distribution.
  func plane(side: Int, size: (height: Int, width: Int)) -> ImageSheet {
    let share = (Tensor.arange(0.5, Double(side)) / side) * 2 - 1
    let quantiles = share.erfinv() * 2.0.squareRoot()
    return sheet("Digits by their two numbers", .cartesianProduct([quantiles, quantiles]), size, columns: side)
  }

  private func sheet(_ title: String, _ codes: Tensor, _ size: (height: Int, width: Int), columns: Int) -> ImageSheet {
    let images = images(codes).unflattened(axis: 1, into: [size.height, size.width])
    return ImageSheet(title, images, columns: columns, size: 40)
  }
}
