import Adjoint
import ExampleSupport

func run(_ options: Options) throws {
  let (epochs, seed) = (
    try options.integer("--epochs", in: 1...100_000), try options.integer("--seed", in: 0...Int.max)
  )
  let (latent, width) = (try options.integer("--latent", in: 1...1000), try options.integer("--width", in: 1...4096))
  let learningRate = try options.positive("--lr")
  let data = try DigitData(directory: options.text("--data"))
  let output = try OutputDirectory(options.text("--output") ?? ".")
  manualSeed(UInt64(seed))
  let (digits, test) = (data.training.inputs.flattened(from: 1), data.test.inputs.flattened(from: 1))
  let model = VariationalAutoencoder(pixels: digits.shape[1], latent: latent, width: width)
  print("\(digits.shape[0]) digits of \(digits.shape[1]) pixels to learn from; codes of \(latent) numbers")

  // The trainer's loss is what is to go down: the bound with a minus.
  func batches(_ data: TensorDataset, shuffle: Bool) -> DataLoader<Tensor> {
    DataLoader(data, batchSize: 32, shuffle: shuffle).mapped { images, _ in images.flattened(from: 1) }
  }
  let loader = batches(data.training, shuffle: true)
  let optimizer = AdamW(model.parameters(), lr: learningRate)
  let trainer = Trainer<Tensor>(
    model, optimizer, scheduler: .everyStep(CosineAnnealingLR(optimizer, tMax: epochs * loader.count))
  ) { images in
    StepOutput(loss: -model.evidenceLowerBound(images).bound, samples: images.shape[0])
  }
  let history = try trainer.fit(loader, validation: batches(data.test, shuffle: false), epochs: epochs)

  // The bound has a draw in it: its mean over twenty.
  let draws = (1...20).map { _ in noGrad { model.evidenceLowerBound(test) } }
  let bound = draws.map { $0.bound.item() }.reduce(0, +) / Double(draws.count)
  let independent = Likelihood.ofIndependentPixels(digits, test)
  // A walk from each digit to the next.
  let codes = model.codes(test.indexSelect(index: data.test.firstOfEachLabel))
  var pictures: [(String, any Plot)] = [
    ("bound.svg", boundCurve(history, independent: independent)),
    ("samples.svg", model.samples(60, size: data.size)),
    ("walks.svg", model.walks(from: codes[..<(-1)], to: codes[1...], size: data.size)),
  ]
  if latent == 2 { pictures.append(("plane.svg", model.plane(side: 16, size: data.size))) }
  for (name, picture) in pictures { try picture.write(to: output.file(name)) }
  try model.save(to: output.file("vae.safetensors"))
  let files = (pictures.map(\.0) + ["vae.safetensors"]).map(output.file)
  print("wrote \(files.joined(separator: ", "))")
  print("a code costs \(fixed(draws[0].divergence.item(), 1)) nats; independent pixels reach \(fixed(independent, 1))")
  print("try: swift run -c release vae --latent 2")
  print("test ELBO: \(fixed(bound, 1))")
}

runExample(
  "vae", "Learns what digits look like, and makes up new ones.",
  [
    .init("--data", "DIR", "a directory with MNIST-format files, plain or gzipped; otherwise the bundled digits"),
    .init("--latent", "N", "numbers in the code of a digit", default: "16"),
    .init("--width", "N", "units in each hidden layer", default: "256"),
    .init("--epochs", "N", "times through the training digits", default: "60"),
    .init("--lr", "RATE", "learning rate of AdamW at the start; falls to 0", default: "0.003"),
    .init("--seed", "N", "start of the random numbers", default: "0"),
    .init("--output", "DIR", "where the plots and weights go", default: "vae-output"),
  ], run)
