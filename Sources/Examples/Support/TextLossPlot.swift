import Adjoint

/// How the loss on a text fell, epoch by epoch, beside that of a bigram table.
public func textLossPlot(_ title: String, _ losses: (training: [Double], validation: [Double]), bigram: Double)
  -> LinePlot
{
  var plot = LinePlot(title, xLabel: "epoch", yLabel: "cross-entropy, nats per character")
  plot.add("training", y: losses.training)
  plot.add("validation", y: losses.validation)
  plot.add("bigram table", y: losses.validation.map { _ in bigram }, dashed: true)
  return plot
}
