import Adjoint
import ExampleSupport
import Foundation

/// What the command line says about the model and its training.
struct Settings {
  let epochs, batch, context, width, heads, layers: Int
  let lr, dropout: Double
  let sampling: Sampling

  init(_ options: Options) throws {
    (epochs, batch) = (try options.integer("--epochs", in: 1...10_000), try options.integer("--batch", in: 1...4096))
    (context, layers) = (try options.integer("--context", in: 1...4096), try options.integer("--layers", in: 1...100))
    (width, heads) = (try options.integer("--width", in: 1...4096), try options.integer("--heads", in: 1...64))
    guard width % heads == 0 else {
      throw Options.UsageError("--width \(width): expected a multiple of the \(heads) heads")
    }
    (lr, dropout) = (try options.positive("--lr"), try options.number("--dropout", in: 0...1))
    sampling = Sampling(
      temperature: try options.positive("--temperature"), topK: try options.integer("--top-k", in: 1...Int.max))
  }
}

/// Shows after each epoch what the model writes by now.
final class SamplePrinter: Callback {
  private let sample: () -> String

  init(_ sample: @escaping () -> String) { self.sample = sample }

  func finished(_ epoch: EpochRecord, _ run: TrainingRun) { print("  " + sample().replacing("\n", with: " ")) }
}

/// Trains on windows of the text, with a learning rate that rises for a tenth of the steps and falls along a cosine.
func fit(_ model: LanguageModel, _ text: TextData, _ settings: Settings) throws -> History {
  // Each window begins half a window after the one before, so that every character is also read from afar.
  let windows = TextWindows(text.training, length: settings.context, stride: max(settings.context / 2, 1))
  let training = DataLoader(windows, batchSize: settings.batch, shuffle: true)
  let validation = DataLoader(TextWindows(text.validation, length: settings.context), batchSize: 64)

  let optimizer = AdamW(model.parameters(), lr: settings.lr, betas: (0.9, 0.99), weightDecay: 0.1)
  let steps = settings.epochs * training.count
  let scheduler = CosineAnnealingLR(optimizer, tMax: steps - steps / 10).afterWarmup(steps / 10, startFactor: 0.01)
  let trainer = Trainer<(Tensor, Tensor)>(
    model, optimizer, scheduler: .everyStep(scheduler), clipping: .norm(1),
    callbacks: [SamplePrinter { model.sample(64, of: text, settings.sampling) }]
  ) { x, y in
    let (logits, next) = (model(x).flattened(through: 1), y.flattened())
    return StepOutput(loss: crossEntropy(logits, next), samples: x.shape[0])
  }
  return try trainer.fit(training, validation: validation, epochs: settings.epochs)
}

func run(_ options: Options) throws {
  let settings = try Settings(options)
  let text = try TextData(file: options.text("--text"), atLeast: (settings.context + 1, settings.context + 1))
  let output = try OutputDirectory(options.text("--output") ?? ".")
  manualSeed(UInt64(try options.integer("--seed", in: 0...Int.max)))
  let model = LanguageModel(
    characters: text.vocabulary.count, context: settings.context, width: settings.width, heads: settings.heads,
    layers: settings.layers, dropout: settings.dropout)
  let bigram = text.bigramLoss
  print(
    "\(text.summary)\na bigram table, which looks one character back: validation loss \(fixed(bigram, 3))\n\(model)")

  let start = ContinuousClock.now
  let history = try fit(model, text, settings)
  let seconds = (ContinuousClock.now - start) / .seconds(1)
  let (sample, final) = (model.sample(600, of: text, settings.sampling), history.validation().last!)
  print("\nit writes:\n\(sample)\n")

  let files = ["training.svg", "attention.svg", "sample.txt", "transformer.safetensors"].map(output.file)
  try textLossPlot("Attention to the characters before", (history.training(), history.validation()), bigram: bigram)
    .write(to: files[0])
  let shown = text.validation[..<min(settings.context, 24)]
  try model.attentionPicture(block: settings.layers - 1, shown, text.vocabulary).write(to: files[1])
  try Data(sample.utf8).write(to: URL(fileURLWithPath: files[2]))
  try model.save(to: files[3])
  print("trained in \(fixed(seconds, 1)) s; wrote \(files.joined(separator: ", "))")
  print("\(fixed(final / log(2), 3)) bits per character; the bigram table takes \(fixed(bigram / log(2), 3))")
  print("try: swift run -c release transformer --layers 3 --width 96 --lr 0.003 --epochs 6")
  print("validation loss: \(fixed(final, 3)) (bigram table \(fixed(bigram, 3)))")
}

runExample(
  "transformer", "Learns to write a text by attention to the characters before.",
  [
    .init("--text", "FILE", "a text to learn from, in UTF-8; otherwise the bundled book"),
    .init("--epochs", "N", "times through the text", default: "4"),
    .init("--context", "N", "how many characters the model looks back at", default: "64"),
    .init("--width", "N", "features of a character", default: "64"),
    .init("--heads", "N", "heads of the attention", default: "4"),
    .init("--layers", "N", "transformer blocks", default: "2"),
    .init("--dropout", "P", "share of features that are dropped in training", default: "0"),
    .init("--batch", "N", "windows in a step", default: "8"),
    .init("--lr", "RATE", "largest learning rate of AdamW", default: "0.006"),
    .init("--temperature", "T", "how daring the samples are", default: "0.8"),
    .init("--top-k", "K", "how many of the likeliest characters can be drawn", default: "10"),
    .init("--seed", "N", "start of the random numbers", default: "0"),
    .init("--output", "DIR", "where the plots, a sample and the weights go", default: "transformer-output"),
  ], run)
