import Adjoint
import ExampleSupport
import Foundation

func run(_ options: Options) throws {
  let (epochs, seed) = (try options.integer("--epochs", in: 1...10_000), try options.integer("--seed", in: 0...Int.max))
  let (channels, lr) = (try options.integer("--channels", in: 1...1024), try options.positive("--lr"))
  let data = try DigitData(directory: options.text("--data"))
  let (height, width) = data.size
  guard min(height, width) >= 4 else {
    throw Options.UsageError("images of \(height)x\(width) pixels: expected at least 4x4, which are pooled twice")
  }
  let output = try OutputDirectory(options.text("--output") ?? ".")
  manualSeed(UInt64(seed))
  let model = ConvNet(kernelSize: min(height, width) < 16 ? 3 : 5, channels: channels)
  print("\(data.training.count) images of \(height)x\(width) to learn from, \(data.test.count) to be tested on")

  // In every batch each image is moved by up to a pixel (two, where they are large): that makes nine of one.
  let shift = RandomShift(maximum: min(height, width) < 16 ? 1 : 2)
  let training = DataLoader(data.training, batchSize: 32, shuffle: true, workers: 1).transformed(shift)
  let optimizer = AdamW(model.parameters(), lr: lr, weightDecay: 0.05)
  let scheduler = OneCycleLR(optimizer, maxLR: lr, totalSteps: epochs * training.count)
  let trainer = Trainer(
    model, optimizer, loss: CrossEntropyLoss(labelSmoothing: 0.1), metrics: [Accuracy()],
    scheduler: .everyStep(scheduler))
  let start = ContinuousClock.now
  let history = try trainer.fit(training, validation: DataLoader(data.test, batchSize: 256), epochs: epochs)
  let seconds = (ContinuousClock.now - start) / .seconds(1)

  let logits = predictions(of: model, for: data.test)
  var confusion = ConfusionMatrix(classes: 10)
  confusion.update(logits, data.test.targets)
  print("\(model)\n\n\(confusion)\n")
  let files = ["training.svg", "confusion.svg", "mistakes.svg", "filters.svg", "convnet.safetensors"].map(output.file)
  try history.curves(columns: 3).write(to: files[0])
  try ConfusionMatrixPlot("Digits: what was read", confusion).write(to: files[1])
  try mistakeSheet(logits, data.test).write(to: files[2])
  try filterSheet(model.firstKernels).write(to: files[3])
  try model.save(to: files[4])
  print("trained in \(fixed(seconds, 1)) s; wrote \(files.joined(separator: ", "))")
  print("try: swift run -c release convnet --data DIR --epochs 3, with the files of MNIST or Fashion-MNIST in DIR")
  print("test accuracy: \(fixed(100 * confusion.accuracy, 1))%")
}

/// What the first layer looks for: its kernels, white where a bright pixel counts for it and black where against.
func filterSheet(_ kernels: Tensor) -> ImageSheet {
  let largest = kernels.abs().max().item() as Double
  return ImageSheet("Filters of the first layer", kernels, range: -largest...largest, columns: 8)
}

runExample(
  "convnet", "Trains a convolutional network to read handwritten digits.",
  [
    .init("--data", "DIR", "a directory with MNIST-format files, plain or gzipped; otherwise the bundled digits"),
    .init("--epochs", "N", "times through the training images", default: "50"),
    .init("--channels", "N", "filters of the first layer; the second has twice as many", default: "32"),
    .init("--lr", "RATE", "largest learning rate of AdamW", default: "0.005"),
    .init("--seed", "N", "start of the random numbers", default: "0"),
    .init("--output", "DIR", "where the plots and weights go", default: "convnet-output"),
  ], run)
