import Adjoint
import ExampleSupport
import Foundation

/// The diabetes data: ten features, standardised, and the disease's progression one year later.
struct Diabetes {
  static let features = ["age", "sex", "bmi", "bp", "s1", "s2", "s3", "s4", "s5", "s6"]
  let x: Tensor
  let y: Tensor

  init(path: String?) throws {
    let path = path ?? BundledData.diabetes
    let table = try CSVTable(contentsOf: path)
    let raw = try table.tensor(columns: Diabetes.features)
    guard raw.shape[0] > 1 else {
      throw DataError(file: path, field: "rows", reason: "\(raw.shape[0]); expected at least 2")
    }
    let centered = raw - raw.mean(axis: 0)
    x = centered / centered.square().mean(axis: 0).sqrt()
    y = try table.tensor(columns: ["progression"])
  }
}

func fit(_ options: Options) throws {
  let (epochs, learningRate) = (try options.integer("--epochs", in: 1...1_000_000), try options.positive("--lr"))
  let data = try Diabetes(path: options.text("--data"))
  let output = try OutputDirectory(options.text("--output") ?? ".")
  manualSeed(0)
  let model = Linear(Diabetes.features.count, 1)
  let optimizer = SGD(model.parameters(), lr: learningRate, momentum: 0.9)
  let lossFunction = MSELoss()
  var losses: [Double] = []
  for epoch in 1...epochs {
    optimizer.zeroGrad()
    let loss = lossFunction(model(data.x), data.y)
    loss.backward()
    optimizer.step()
    losses.append(loss.item())
    try DivergenceError.check(loss.item(), epoch: epoch, step: 1)
    if epoch % max(1, epochs / 10) == 0 { print("epoch \(epoch)  loss \(String(format: "%.2f", loss.item()))") }
  }

  let residual = (noGrad { model(data.x) }.value - data.y).square().mean().item()
  let total = (data.y - data.y.mean()).square().mean().item()
  for (name, weight) in zip(Diabetes.features, model.weight.value.scalars(as: Double.self)) {
    print("\(name.padding(toLength: 4, withPad: " ", startingAt: 0)) \(String(format: "%8.2f", weight))")
  }
  let file = output.file("regression.svg")
  var plot = LinePlot(
    "Linear regression on the diabetes data", xLabel: "epoch", yLabel: "mean squared error", logY: true)
  plot.add("training", y: losses)
  try plot.write(to: file)
  print("wrote \(file)\nR²: \(String(format: "%.4f", 1 - residual / total))")
}

runExample(
  "linear-regression", "Fits the diabetes data with a linear model, by gradient descent with momentum.",
  [
    .init("--data", "FILE", "a CSV file with the columns of the bundled one"),
    .init("--epochs", "N", "steps of gradient descent, each over all patients", default: "2000"),
    .init("--lr", "RATE", "learning rate", default: "0.05"),
    .init("--output", "DIR", "where the plot goes", default: "linear-regression-output"),
  ], fit)
