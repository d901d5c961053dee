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

/// Loss and accuracy in evaluation mode, nothing recorded.
func evaluate(_ model: Module, _ images: Tensor, _ labels: Tensor) -> (logits: Tensor, loss: Double, accuracy: Double) {
  model.eval()
  defer { model.train() }
  let logits = noGrad { model(images) }
  return (logits.value, crossEntropy(logits, labels).item(), accuracy(logits, labels))
}

func train(_ options: Options) throws {
  let (epochs, seed) = (try options.integer("--epochs", in: 1...10_000), try options.integer("--seed", in: 0...Int.max))
  let learningRate = try options.positive("--lr")
  let data = try DigitData(directory: options.text("--data"))
  let (training, test) = (data.training, data.test)
  let output = try OutputDirectory(options.text("--output") ?? ".")
  manualSeed(UInt64(seed))
  let model = Classifier(pixels: data.size.height * data.size.width)
  let optimizer = AdamW(model.parameters(), lr: learningRate)
  print("\(training.count) digits to learn from, \(test.count) to be tested on\n\(model)")

  // Soft targets and a rate that falls to zero along a cosine: together worth one to two points of accuracy here.
  let lossFunction = CrossEntropyLoss(labelSmoothing: 0.1)
  let batches = DataLoader(training, batchSize: 32, shuffle: true)
  var progress = ProgressBar(epochs: epochs, stepsPerEpoch: batches.count)
  var results = Results()
  let start = ContinuousClock.now
  for epoch in 1...epochs {
    progress.begin(epoch: epoch)
    for (step, (images, labels)) in batches.enumerated() {
      let progressed = (Double(epoch - 1) + Double(step) / Double(batches.count)) / Double(epochs)
      optimizer.learningRates = [learningRate * (1 + cos(.pi * progressed)) / 2]
      optimizer.zeroGrad()
      let loss = lossFunction(model(images), labels)
      loss.backward()
      optimizer.step()
      try DivergenceError.check(loss.item(), epoch: epoch, step: step + 1)
      progress.advance(samples: labels.elementCount, [.init("loss", loss.item())])
    }
    let (learned, tested) = (
      evaluate(model, training.inputs, training.targets), evaluate(model, test.inputs, test.targets)
    )
    results.trainingLoss.append(learned.loss)
    results.testLoss.append(tested.loss)
    results.trainingAccuracy.append(learned.accuracy)
    results.testAccuracy.append(tested.accuracy)
    progress.end([.init("loss", learned.loss), .percent("accuracy", tested.accuracy)])
  }
  let seconds = (ContinuousClock.now - start) / .seconds(1)

  let final = evaluate(model, test.inputs, test.targets)
  let files = ["training.svg", "mistakes.svg", "digits.safetensors"].map(output.file)
  try results.curve().write(to: files[0])
  try Results.mistakes(final.logits, test.inputs, test.targets).write(to: files[1])
  try model.save(to: files[2])
  print("trained in \(String(format: "%.1f", seconds)) s; wrote \(files.joined(separator: ", "))")
  print("test accuracy: \(String(format: "%.1f", 100 * final.accuracy))%")
}

runExample(
  "digits", "Trains a small network to read handwritten digits.",
  [
    .init("--data", "DIR", "a directory with MNIST-format files, plain or gzipped; otherwise the bundled digits"),
    .init("--epochs", "N", "times through the training digits", default: "60"),
    .init("--lr", "RATE", "learning rate of AdamW", default: "0.003"),
    .init("--seed", "N", "start of the random numbers", default: "0"),
    .init("--output", "DIR", "where the plots and weights go", default: "digits-output"),
  ], train)
