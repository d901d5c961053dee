import Adjoint
import ExampleSupport

func run(_ options: Options) throws {
  let seed = UInt64(try options.integer("--seed", in: 0...Int.max))
  let epochs = try options.integer("--epochs", in: 1...10_000)
  let output = try OutputDirectory(options.text("--output") ?? ".")

  print("Regression: the progression of diabetes from ten measurements, in the units of the data")
  let diabetes = try DiabetesTask(seed: seed)
  var rows = [["network", "epochs", "test MAE", "test RMSE", "R²"]]
  for network in DiabetesTask.networks { rows.append(try diabetes.row(network, epochs: epochs, seed: seed)) }
  print(textTable(rows) + "\n")

  print("Classification: handwritten digits, each line with one thing more than the one above")
  let digits = try DigitData()
  var best = 0.0
  var curves = LinePlot(
    "Accuracy on the test digits, by the first recipes", xLabel: "epoch", yLabel: "share right", yRange: 0.5...1)
  rows = [["recipe", "epochs", "test loss", "test accuracy"]]
  for (number, recipe) in Recipe.all.enumerated() {
    let history = try recipe.train(on: digits, epochs: epochs, seed: seed)
    // The epoch whose weights early stopping has given back, the last if it has not.
    let index = (history.bestEpoch ?? history.epochs.count) - 1
    let (loss, accuracy) = (history.validation()[index], history.validation("accuracy")[index])
    rows.append([recipe.name, "\(history.epochs.count)", fixed(loss, 4), fixed(100 * accuracy, 1) + "%"])
    if number < 4 { curves.add(recipe.name, y: history.validation("accuracy")) }
    best = max(best, accuracy)
  }
  print(textTable(rows))

  let file = output.file("recipes.svg")
  try curves.write(to: file)
  print("wrote \(file)")
  print("try: swift run -c release neural-network --epochs 200 --seed 1")
  print("test accuracy: \(fixed(100 * best, 1))%")
}

runExample(
  "neural-network",
  "Networks of dense layers: regression on the diabetes data, and what each addition is worth on the digits.",
  [
    .init("--epochs", "N", "times through the training data, at most", default: "60"),
    .init("--seed", "N", "start of the random numbers", default: "0"),
    .init("--output", "DIR", "where the plot goes", default: "neural-network-output"),
  ], run)
