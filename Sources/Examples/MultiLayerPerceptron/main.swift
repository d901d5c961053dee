import Adjoint
import ExampleSupport

func run(_ options: Options) throws {
  let (steps, lr) = (try options.integer("--steps", in: 1...1_000_000), try options.positive("--lr"))
  let (units, points) = (try options.integer("--units", in: 1...4096), try options.integer("--points", in: 1...100_000))
  let (seed, resolution) = (
    try options.integer("--seed", in: 0...Int.max), try options.integer("--resolution", in: 2...2000)
  )
  let output = try OutputDirectory(options.text("--output") ?? ".")
  manualSeed(UInt64(seed))
  let lessons = try Arrangement.allCases.map { try Lesson($0, points: points, units: units, steps: steps, lr: lr) }

  let shown = [1] + stride(from: 100, through: steps, by: 100)
  let rows = shown.map { step in ["\(step)"] + lessons.map { fixed($0.network.losses[step - 1], 4) } }
  let last = ["perceptron"] + lessons.map { fixed($0.perceptron.losses[steps - 1], 4) }
  print("\n" + textTable([["loss at step"] + lessons.map(\.arrangement.rawValue)] + rows + [last]) + "\n")

  let files = ["regions.svg", "losses.svg"].map(output.file)
  try regions(lessons, resolution: resolution).write(to: files[0])
  try losses(lessons).write(to: files[1])
  print("wrote \(files.joined(separator: ", "))\ntry: swift run -c release multi-layer-perceptron --units 2")
  print("test accuracy: \(percent(lessons.map(\.scores.network).min()!))")
}

runExample(
  "multi-layer-perceptron", "Parts blue from red points where no line does, with hidden layers of sigmoids.",
  [
    .init("--points", "N", "points of each colour", default: "100"),
    .init("--units", "N", "sigmoids in a hidden layer", default: "16"),
    .init("--steps", "N", "steps of gradient descent, each over all points", default: "2000"),
    .init("--lr", "RATE", "learning rate", default: "1"),
    .init("--seed", "N", "start of the random numbers", default: "0"),
    .init("--resolution", "N", "columns of the pictures of regions", default: "200"),
    .init("--output", "DIR", "where the pictures go", default: "multi-layer-perceptron-output"),
  ], run)
