import Adjoint
import ExampleSupport

/// Fits a problem in three ways and tells how they went, beside the least-squares solution.
func fit(_ problem: Problem, steps: Int, lr: Double) throws -> [Fit] {
  let fits = try [fitByHand, fitWithSGD, fitWithAdam].map { try $0(problem.x, problem.y, steps, lr) }
  let names = fits.map(\.name)
  print("\n\(problem.title)\n")
  let shown = [1, 3, 10, 30, 100, 300, 1000, 3000, 10_000].filter { $0 < steps } + [steps]
  let losses = shown.map { step in ["\(step)"] + fits.map { fixed($0.losses[step - 1], 5) } }
  print(textTable([["loss at step"] + names] + losses) + "\n")

  let found = fits.map(\.coefficients) + [problem.leastSquares]
  let columns = found.map { $0.scalars(as: Double.self) }
  let rows = (problem.features + ["b"]).enumerated().map { i, name in [name] + columns.map { fixed($0[i], 4) } }
  let errors = ["error"] + found.map { fixed(problem.error($0), 5) }
  print(textTable([["coefficient"] + names + ["least squares"]] + rows + [errors]))
  return fits
}

func run(_ options: Options) throws {
  let (steps, lr) = (try options.integer("--steps", in: 1...1_000_000), try options.positive("--lr"))
  let seed = try options.integer("--seed", in: 0...Int.max)
  let diabetes = try Problem.diabetes(path: options.text("--data"))
  let output = try OutputDirectory(options.text("--output") ?? ".")
  manualSeed(UInt64(seed))
  let line = Problem.line()
  let lineFits = try fit(line, steps: min(steps, 200), lr: lr)
  let fits = try fit(diabetes, steps: steps, lr: lr)

  let picture = PlotGrid(
    [
      scatter(line, lineFits[0]), losses("The line: losses", line, lineFits),
      predictions("Diabetes, fitted with Adam", diabetes, fits[2]), losses("Diabetes: losses", diabetes, fits),
    ], columns: 2)
  let file = output.file("regression.svg")
  try picture.write(to: file)
  let best = 1 - diabetes.error(diabetes.leastSquares)
  let worst = fits.map { 1 - diabetes.error($0.coefficients) }.min()!
  print("\ndiabetes: R² \(fixed(worst, 4)) by the worst of the three; least squares \(fixed(best, 4))")
  print("wrote \(file)\ntry: swift run -c release linear-regression --lr 0.2 --steps 500")
  print("R²: \(fixed(worst, 4))")
}

runExample(
  "linear-regression", "Fits a line, and the diabetes data, by gradient descent: by hand, with SGD, with Adam.",
  [
    .init("--data", "FILE", "a CSV file with the columns of the bundled diabetes data"),
    .init(
      "--steps", "N", "steps of gradient descent, each over all points; the line takes at most 200", default: "3000"),
    .init("--lr", "RATE", "learning rate", default: "0.1"),
    .init("--seed", "N", "start of the random numbers", default: "0"),
    .init("--output", "DIR", "where the plot goes", default: "linear-regression-output"),
  ], run)
