import Autograd
import NN
import Tensors
import TestSupport
import Testing

import Training

/// A run of made-up numbers that tells callbacks what a trainer would.
struct SampleRun {
  var stepsPerEpoch = 2
  /// Whether an epoch is evaluated.
  var isEvaluated: (Int) -> Bool = { _ in true }
  var gradientNorm: Double?
  var rates = [0.5]
  let model = Linear(2, 1, generator: Generator(seed: 0))

  func step(_ number: Int) -> StepRecord {
    StepRecord(
      epoch: (number - 1) / stepsPerEpoch + 1, step: number, loss: 8 / Double(number), gradientNorm: gradientNorm,
      learningRates: rates, samples: 3)
  }

  func epoch(_ number: Int) -> EpochRecord {
    var (training, validation) = (Scores(), Scores())
    training.append("loss", 1 / Double(number))
    validation.append("loss", 2 / Double(number))
    validation.append("accuracy", Double(number) / 4, isPercentage: true)
    return EpochRecord(
      epoch: number, steps: number * stepsPerEpoch, training: training,
      validation: isEvaluated(number) ? validation : nil, learningRates: rates, seconds: 0.25, samples: 6)
  }

  /// Runs from the step after `after` to the end of `epochs`, or to the step `until`, where the program is killed.
  func run(_ callback: some Callback, epochs: Int, after: Int = 0, until: Int = .max) throws {
    let finished = (0..<after / stepsPerEpoch).map { epoch($0 + 1) }
    let optimizer = SGD(model.parameters(), lr: 0.5)
    try callback.began(trainingRun(optimizer, epochs, finished))
    var done = finished
    for number in after + 1...max(epochs * stepsPerEpoch, after + 1) where number <= epochs * stepsPerEpoch {
      optimizer.zeroGrad()
      model(Variable(Tensor([[1, 2]], dtype: .float32))).sum().backward()
      try callback.stepped(step(number), trainingRun(optimizer, epochs, done))
      if number == until { return }
      guard number % stepsPerEpoch == 0 else { continue }
      done.append(epoch(number / stepsPerEpoch))
      try callback.finished(epoch(number / stepsPerEpoch), trainingRun(optimizer, epochs, done))
    }
    try callback.ended(trainingRun(optimizer, epochs, done))
  }

  private func trainingRun(_ optimizer: SGD, _ epochs: Int, _ done: [EpochRecord]) -> TrainingRun {
    TrainingRun(
      model: model, optimizer: optimizer, epochs: epochs, stepsPerEpoch: stepsPerEpoch, history: History(done))
  }
}
