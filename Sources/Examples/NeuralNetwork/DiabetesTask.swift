import Adjoint
import ExampleSupport

/// The diabetes data in a training and a test part, inputs and targets standardised by the training part's figures.
struct DiabetesTask {
  let training: TensorDataset
  let test: TensorDataset
  /// What one unit of the standardised target is in the data's own.
  private let unit: Double

  /// Three networks of growing depth; the first is linear regression.
  static var networks: [(name: String, layers: [Module])] {
    [
      ("linear", [Dense(1)]),
      ("13 sigmoid", [Dense(13, activation: .sigmoid), Dense(1)]),
      ("13 + 13 sigmoid", [Dense(13, activation: .sigmoid), Dense(13, activation: .sigmoid), Dense(1)]),
    ]
  }

  init(seed: UInt64) throws {
    let parts = try DiabetesData.load().split([0.7, 0.3], generator: Generator(seed: seed))
    let (inputs, targets) = (Standardize(fitting: parts[0].inputs), Standardize(fitting: parts[0].targets))
    training = parts[0].transformed(inputs: inputs, targets: targets)
    test = parts[1].transformed(inputs: inputs, targets: targets)
    unit = targets.std.item()
  }

  /// Trains a network, stopping early, and gives its line of the table.
  func row(_ network: (name: String, layers: [Module]), epochs: Int, seed: UInt64) throws -> [String] {
    let model = Sequential(network.layers)
    let trainer = Trainer(
      model, SGD(model.parameters(), lr: 0.05), loss: MSELoss(),
      metrics: [MeanAbsoluteError(), RootMeanSquaredError(), R2Score()], earlyStopping: EarlyStopping(patience: 3),
      showsProgress: false)
    let history = try trainer.fit(
      training, validation: test, epochs: epochs, evalEvery: 5, batchSize: 32, seed: seed)
    let scores = trainer.evaluate(DataLoader(test, batchSize: 64)).entries.map(\.value)
    return [
      network.name, "\(history.epochs.count)", fixed(scores[1] * unit, 2), fixed(scores[2] * unit, 2),
      fixed(scores[3], 3),
    ]
  }
}
