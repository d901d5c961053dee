import Adjoint
import ExampleSupport
import Foundation

/// Mean loss on a text that is read from beginning to end, nothing recorded.
func evaluate(_ model: CharacterModel, _ text: Tensor) -> Double {
  model.eval()
  defer { model.train() }
  return noGrad { crossEntropy(model(text[..<(-1)].unsqueezed(axis: 0)).logits[0], text[1...]).item() }
}

func run(_ options: Options) throws {
  let (epochs, seed) = (try options.integer("--epochs", in: 1...10_000), try options.integer("--seed", in: 0...Int.max))
  let (cell, hidden) = (try options.choice("--cell") as Cell, try options.integer("--hidden", in: 2...4096))
  let (streams, window) = (
    try options.integer("--streams", in: 1...4096), try options.integer("--window", in: 1...4096)
  )
  let (lr, temperature) = (try options.positive("--lr"), try options.positive("--temperature"))
  let text = try TextData(file: options.text("--text"), atLeast: (streams * window + 1, 2))
  let output = try OutputDirectory(options.text("--output") ?? ".")
  manualSeed(UInt64(seed))
  let model = CharacterModel(cell, characters: text.vocabulary.count, hidden: hidden)
  let bigram = text.bigramLoss
  print(
    "\(text.summary)\na bigram table, which looks one character back: validation loss \(fixed(bigram, 3))\n\(model)")

  let windows = TextStreams(text.training, streams: streams, length: window)
  let training = TruncatedBackpropagation(model, windows, lr: lr, epochs: epochs)
  var progress = ProgressBar(epochs: epochs, stepsPerEpoch: windows.count)
  var losses = (training: [Double](), validation: [Double]())
  let start = ContinuousClock.now
  for epoch in 1...epochs {
    let (learned, tested) = (try training.pass(epoch, &progress), evaluate(model, text.validation))
    losses.training.append(learned)
    losses.validation.append(tested)
    progress.end([.init("loss", learned), .init("validation", tested)])
    print("  " + model.sample(64, of: text, temperature: temperature).replacing("\n", with: " "))
  }
  let seconds = (ContinuousClock.now - start) / .seconds(1)

  let (sample, final) = (model.sample(600, of: text, temperature: temperature), evaluate(model, text.validation))
  print("\nit writes:\n\(sample)\n")
  let files = ["training.svg", "sample.txt", "char-rnn.safetensors"].map(output.file)
  try textLossPlot("Character by character, \(cell)", losses, bigram: bigram).write(to: files[0])
  try Data(sample.utf8).write(to: URL(fileURLWithPath: files[1]))
  try model.save(to: files[2])
  print("trained in \(fixed(seconds, 1)) s; wrote \(files.joined(separator: ", "))")
  print("\(fixed(final / log(2), 3)) bits per character; the bigram table takes \(fixed(bigram / log(2), 3))")
  print("try: swift run -c release char-rnn --cell gru --hidden 256 --temperature 0.5")
  print("validation loss: \(fixed(final, 3)) (bigram table \(fixed(bigram, 3)))")
}

runExample(
  "char-rnn", "Learns to write a text, character by character.",
  [
    .init("--text", "FILE", "a text to learn from, in UTF-8; otherwise the bundled book"),
    .init("--cell", "NAME", "the recurrent layer: lstm, gru or rnn", default: "lstm"),
    .init("--epochs", "N", "times through the text", default: "10"),
    .init("--hidden", "N", "size of the state", default: "128"),
    .init("--streams", "N", "places of the text that are read side by side", default: "32"),
    .init("--window", "N", "characters between two steps of the optimizer", default: "64"),
    .init("--lr", "RATE", "learning rate of Adam at first; it falls to zero along a cosine", default: "0.01"),
    .init("--temperature", "T", "how daring the samples are", default: "0.7"),
    .init("--seed", "N", "start of the random numbers", default: "0"),
    .init("--output", "DIR", "where the plot, a sample and the weights go", default: "char-rnn-output"),
  ], run)
