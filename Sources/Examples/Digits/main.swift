import Adjoint
import ExampleSupport
import Foundation

/// Two hidden layers: pixels to one score a digit.
final class Classifier: Module {
  let fc1: Linear
  let fc2 = Linear(256, 64)
  let fc3 = Linear(64, 10)
  let dropout = Dropout(0.4)

  init(pixels: Int) { fc1 = Linear(pixels, 256) }

  override func forward(_ x: Variable) -> Variable {
    let hidden = dropout(fc1(x.flattened(from: 1)).relu())
    return fc3(dropout(fc2(hidden).relu()))
  }
}

func train(_ options: Options) throws {
  let (epochs, seed) = (try options.integer("--epochs", in: 1...10_000), try options.integer("--seed", in: 0...Int.max))
  let learningRate = try options.positive("--lr")
  let data = try DigitData(directory: options.text("--data"))
  let output = try OutputDirectory(options.text("--output") ?? ".")
  manualSeed(UInt64(seed))
  let model = Classifier(pixels: data.size.height * data.size.width)
  print("\(data.training.count) digits to learn from, \(data.test.count) to be tested on\n\(model)")

  let files = ["training.svg", "mistakes.svg", "report.html", "digits.safetensors"].map(output.file)
  let checkpoints = Checkpoints(output.file("checkpoint.safetensors"), resumeHint: resumeCommand("digits"))
  // Soft targets and a rate that falls to zero along a cosine: together worth one to two points of accuracy here.
  let batches = DataLoader(data.training, batchSize: 32, shuffle: true)
  let optimizer = AdamW(model.parameters(), lr: learningRate)
  let trainer = Trainer(
    model, optimizer, loss: CrossEntropyLoss(labelSmoothing: 0.1), metrics: [Accuracy()],
    scheduler: .everyStep(CosineAnnealingLR(optimizer, tMax: epochs * batches.count)), checkpoints: checkpoints,
    callbacks: [HTMLReport(files[2], title: "Digits", parameters: ["batch size": 32, "seed": seed], every: 10)])
  let start = ContinuousClock.now
  let tests = DataLoader(data.test, batchSize: 256)
  let history =
    options.isOn("--resume")
    ? try trainer.resume(batches, validation: tests, epochs: epochs)
    : try trainer.fit(batches, validation: tests, epochs: epochs)
  if history.stopReason != nil { return }
  let seconds = (ContinuousClock.now - start) / .seconds(1)

  let logits = predictions(of: model, for: data.test)
  try history.curves(columns: 3).write(to: files[0])
  try mistakeSheet(logits, data.test).write(to: files[1])
  try model.save(to: files[3])
  print("trained in \(fixed(seconds, 1)) s; wrote \(files.joined(separator: ", "))")
  print("try: swift run -c release convnet, which sees that pixels are neighbours")
  print("test accuracy: \(fixed(100 * accuracy(logits, data.test.targets), 1))%")
}

runExample(
  "digits", "Trains a small network to read handwritten digits.",
  [
    .init("--data", "DIR", "a directory with MNIST-format files, plain or gzipped; otherwise the bundled digits"),
    .init("--epochs", "N", "times through the training digits", default: "60"),
    .init("--lr", "RATE", "learning rate of AdamW", default: "0.003"),
    .init("--seed", "N", "start of the random numbers", default: "0"),
    .init("--output", "DIR", "where the plots and weights go", default: "digits-output"),
    .init(switch: "--resume", "goes on with a run that Ctrl-C or worse has ended, with the same options"),
  ], train)
