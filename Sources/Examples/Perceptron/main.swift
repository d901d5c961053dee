import Adjoint
import ExampleSupport

/// As many points of each class: blue around (2, 2) and red around (−2, −2), each with deviation 1.
func clouds(of count: Int) -> TensorDataset {
  let (blue, red) = (Tensor.randn([count, 2]) + 2, Tensor.randn([count, 2]) - 2)
  let labels = Tensor.concatenate([.zeros([count], dtype: .int64), .ones([count], dtype: .int64)])
  return TensorDataset(.concatenate([blue, red]), labels)
}

func run(_ options: Options) throws {
  let (steps, lr) = (try options.integer("--steps", in: 1...1_000_000), try options.positive("--lr"))
  let count = try options.integer("--points", in: 1...100_000)
  let (seed, resolution) = (
    try options.integer("--seed", in: 0...Int.max), try options.integer("--resolution", in: 2...2000)
  )
  let output = try OutputDirectory(options.text("--output") ?? ".")
  let files = ["affine.svg", "loss.svg", "perceptron.svg"].map(output.file)
  try Affine().show(drawingTo: files[0])

  manualSeed(UInt64(seed))
  let (training, test) = (clouds(of: count), clouds(of: 5000))
  let perceptron = Perceptron(2, 2)
  let (x, c) = (Variable(training.inputs), Variable(training.targets.oneHot(2).to(.float32)))
  try perceptron.loss(x, c).graph(names: [("W", perceptron.w), ("b", perceptron.b)])
    .write(to: files[1], title: "J = −ΣΣ c·ln softmax(x·W + b)")
  print("\(count) blue and \(count) red points")
  let losses = try perceptron.learn(x, c, steps: steps, lr: lr)
  try picture(training, perceptron, losses, resolution: resolution).write(to: files[2])

  let library = crossEntropy(perceptron.scores(x), training.targets, reduction: .sum)
  print(
    "\nJ is now \(fixed(perceptron.loss(x, c).item(), 4)); crossEntropy of the library: \(fixed(library.item(), 4))")
  let (n1, n2, d) = perceptron.boundary
  print("boundary: \(fixed(n1, 2))·x₁ + \(fixed(n2, 2))·x₂ = \(fixed(-d, 2)); the best line is x₁ + x₂ = 0")
  let learned = accuracy(perceptron.scores(Variable(test.inputs)), test.targets)
  let best = accuracy(test.inputs.matmul([[1.0, -1.0], [1.0, -1.0]]), test.targets)
  print("10,000 new points: \(fixed(100 * learned, 2))% right; by the best line \(fixed(100 * best, 2))%")
  print("wrote \(files.joined(separator: ", "))\ntry: swift run -c release perceptron --points 500 --lr 0.001 --seed 1")
  print("accuracy: \(fixed(100 * accuracy(perceptron.scores(x), training.targets), 1))%")
}

runExample(
  "perceptron", "A graph of two operations, seen from inside; then a perceptron that tells blue from red points.",
  [
    .init("--points", "N", "points of each colour", default: "50"),
    .init("--steps", "N", "steps of gradient descent, each over all points", default: "100"),
    .init("--lr", "RATE", "learning rate", default: "0.01"),
    .init("--seed", "N", "start of the random numbers", default: "0"),
    .init("--resolution", "N", "columns of the picture of regions", default: "240"),
    .init("--output", "DIR", "where the pictures go", default: "perceptron-output"),
  ], run)
