import Foundation
import NN
import Tensors
import Training

/// A small task whose every random number comes from generators of its own, so that other tests can't disturb it.
struct TrainingTask {
  /// Twenty points of the plane and a smooth function of them.
  static let data: TensorDataset = {
    let x = Tensor.randn([20, 2], generator: Generator(seed: 11))
    return TensorDataset(x, (x[ellipsis, 0] * 2 - x[ellipsis, 1].tanh()).unsqueezed(axis: 1))
  }()
  /// Six others.
  static let validation: TensorDataset = {
    let x = Tensor.randn([6, 2], generator: Generator(seed: 12))
    return TensorDataset(x, (x[ellipsis, 0] * 2 - x[ellipsis, 1].tanh()).unsqueezed(axis: 1))
  }()

  let model: Sequential
  let optimizer: Adam
  let loader: DataLoader<(Tensor, Tensor)>
  let schedule: StepLR

  /// The same task for the same seed: three hidden layers' worth of everything that has a state.
  init(seed: UInt64 = 1, batchSize: Int = 3, workers: Int = 0, lr: Double = 0.01) {
    let (weights, masks) = (Generator(seed: seed), Generator(seed: seed + 100))
    model = Sequential(
      Linear(2, 8, generator: weights), BatchNorm1d(8), Tanh(), Dropout(0.2, generator: masks),
      Linear(8, 1, generator: weights))
    optimizer = Adam(model.parameters(), lr: lr)
    schedule = StepLR(optimizer, stepSize: 2, gamma: 0.5)
    loader = DataLoader(
      Self.data, batchSize: batchSize, shuffle: true, workers: workers, generator: Generator(seed: seed + 200)
    ).transformed(GaussianNoise(0.05))
  }

  /// A trainer with most options in use.
  func trainer(
    checkpoints: Checkpoints? = nil, accumulation: Int = 1, earlyStopping: EarlyStopping? = nil,
    callbacks: [any Callback] = []
  ) -> Trainer<(Tensor, Tensor)> {
    Trainer(
      model, optimizer, loss: MSELoss(), metrics: [MeanAbsoluteError()], scheduler: .everyEpoch(schedule),
      clipping: .norm(1), accumulation: accumulation, earlyStopping: earlyStopping, checkpoints: checkpoints,
      callbacks: callbacks, showsProgress: false)
  }

  /// The validation data in batches.
  static var validationLoader: DataLoader<(Tensor, Tensor)> { DataLoader(validation, batchSize: 4) }
}

/// Calls a function at each of a run's events.
final class Probe: Callback {
  var onStep: (StepRecord, TrainingRun) throws -> Void
  var onEpoch: (EpochRecord, TrainingRun) throws -> Void
  private(set) var events: [String] = []

  init(
    onStep: @escaping (StepRecord, TrainingRun) throws -> Void = { _, _ in },
    onEpoch: @escaping (EpochRecord, TrainingRun) throws -> Void = { _, _ in }
  ) { (self.onStep, self.onEpoch) = (onStep, onEpoch) }

  func began(_ run: TrainingRun) { events.append("began") }
  func stepped(_ step: StepRecord, _ run: TrainingRun) throws {
    events.append("step \(step.step)")
    try onStep(step, run)
  }
  func finished(_ epoch: EpochRecord, _ run: TrainingRun) throws {
    events.append("epoch \(epoch.epoch)")
    try onEpoch(epoch, run)
  }
  func ended(_ run: TrainingRun) { events.append("ended") }
  func failed(_ error: any Error, _ run: TrainingRun) { events.append("failed: \(error)") }
}

extension History {
  /// Everything but the times.
  var figures: [[String]] {
    epochs.map {
      ["\($0.epoch) \($0.steps) \($0.samples) \($0.learningRates)", "\($0.training)", "\($0.validation as Any)"]
    }
  }
}
