import Adjoint
import ExampleSupport

func run(_ options: Options) throws {
  let (epochs, seed) = (
    try options.integer("--epochs", in: 1...100_000), try options.integer("--seed", in: 0...Int.max)
  )
  let (learningRate, width) = (try options.positive("--lr"), try options.integer("--width", in: 2...4096))
  let noise = try options.number("--noise", in: 0...10)
  let data = try DigitData(directory: options.text("--data"))
  let output = try OutputDirectory(options.text("--output") ?? ".")
  manualSeed(UInt64(seed))
  let (digits, test) = (data.training.inputs.flattened(from: 1), data.test.inputs.flattened(from: 1))
  let code = try options.integer("--code", in: 1...digits.shape[1])
  let testInputs = noise > 0 ? GaussianNoise(noise)(test) : test
  print("\(digits.shape[0]) digits of \(digits.shape[1]) pixels, each squeezed into \(code) numbers")

  // A digit is its own target. Noise, if there is some, is on its way in only.
  var loader = DataLoader(TensorDataset(digits, digits), batchSize: 32, shuffle: true)
  if noise > 0 { loader = loader.transformed(GaussianNoise(noise)) }
  let model = Autoencoder(pixels: digits.shape[1], code: code, width: width)
  let optimizer = AdamW(model.parameters(), lr: learningRate)
  let trainer = Trainer(
    model, optimizer, loss: MSELoss(),
    scheduler: .everyStep(CosineAnnealingLR(optimizer, tMax: epochs * loader.count)))
  let history = try trainer.fit(
    loader, validation: DataLoader(TensorDataset(testInputs, test), batchSize: 256), epochs: epochs)

  let linear = PrincipalComponents(digits, count: code).reconstruction(testInputs)
  let found = noGrad { model(testInputs) }.value
  let (given, versions) = noise > 0 ? ("Noisy digits; without noise", [testInputs, test]) : ("Test digits", [test])
  let title = "\(given); from \(code) principal components; from \(code) numbers of the network"
  try LinePlot(history, logY: true).write(to: output.file("loss.svg"))
  try reconstructions(versions + [linear, found], of: data.test, title: title)
    .write(to: output.file("reconstructions.svg"))
  try model.save(to: output.file("autoencoder.safetensors"))
  var files = ["loss.svg", "reconstructions.svg", "autoencoder.safetensors"]
  if code == 2 {
    try map(of: noGrad { model.encoder(testInputs) }.value, data.test.targets).write(to: output.file("map.svg"))
    files.append("map.svg")
  }
  print("wrote \(files.map(output.file).joined(separator: ", "))")
  print("\(code) principal components: \(fixed(mseLoss(Variable(linear), test).item(), 4))")
  print("try: swift run -c release autoencoder --code 8 --noise 0.3")
  print("test error: \(fixed(mseLoss(Variable(found), test).item(), 4))")
}

runExample(
  "autoencoder", "Squeezes digits into a few numbers, and makes digits of these again.",
  [
    .init("--data", "DIR", "a directory with MNIST-format files, plain or gzipped; otherwise the bundled digits"),
    .init("--code", "N", "numbers that a digit is squeezed into", default: "2"),
    .init("--noise", "STD", "noise on the digits that go in, which the network learns to take off", default: "0"),
    .init("--width", "N", "units in the widest hidden layers", default: "128"),
    .init("--epochs", "N", "times through the training digits", default: "100"),
    .init("--lr", "RATE", "learning rate of AdamW at the start; falls to 0", default: "0.003"),
    .init("--seed", "N", "start of the random numbers", default: "0"),
    .init("--output", "DIR", "where the plots and weights go", default: "autoencoder-output"),
  ], run)
