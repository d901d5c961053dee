import Adjoint
import ExampleSupport

/// A way to train a network of one hidden layer on the digits.
struct Recipe {
  var name: String
  var loss: (Variable, Tensor) -> Variable = { crossEntropy($0, $1) }
  var initializer = DenseInitializer.standard
  var dropout = 0.0
  var optimizer: ([Variable]) -> any Optimizer = { SGD($0, lr: 0.1) }
  var schedule: ((any Optimizer, _ epochs: Int) -> LRScheduler)?

  /// From squared errors and plain gradient descent on, one thing at a time.
  static var all: [Recipe] {
    var recipe = Recipe(name: "squared error, SGD")
    recipe.loss = { MSELoss()($0.sigmoid(), OneHot(10)($1)) }
    recipe.initializer = .function { shape, dtype, generator in .randn(shape, dtype: dtype, generator: generator) }
    var all = [recipe]
    func add(_ name: String, _ change: (inout Recipe) -> Void) {
      recipe.name = name
      change(&recipe)
      all.append(recipe)
    }
    add("softmax cross-entropy") { $0.loss = { crossEntropy($0, $1) } }
    add("Glorot") { $0.initializer = .glorot }
    add("momentum") { $0.optimizer = { SGD($0, lr: 0.05, momentum: 0.9) } }
    add("linear decay") { $0.schedule = { LinearLR($0, startFactor: 1, endFactor: 0.05, totalIters: $1) } }
    add("exponential decay") { $0.schedule = { optimizer, _ in ExponentialLR(optimizer, gamma: 0.95) } }
    add("dropout") { $0.dropout = 0.2 }
    add("L2") { $0.optimizer = { SGD($0, lr: 0.05, momentum: 0.9, weightDecay: 1e-4) } }
    add("AdaGrad") { $0.optimizer = { Adagrad($0, lr: 0.03, weightDecay: 1e-4) } }
    return all
  }

  /// Trains a new network by this recipe, stopping early.
  func train(on data: DigitData, epochs: Int, seed: UInt64) throws -> History {
    let model = Sequential(
      Flatten(), Dense(64, activation: .tanh, initializer: initializer, dropout: dropout),
      Dense(10, initializer: initializer))
    let optimizer = optimizer(model.parameters())
    let trainer = Trainer<(Tensor, Tensor)>(
      model, optimizer, metrics: [Accuracy()], scheduler: schedule.map { .everyEpoch($0(optimizer, epochs)) },
      earlyStopping: EarlyStopping(patience: 15, monitor: "accuracy", mode: .max), showsProgress: false
    ) { images, labels in
      let scores = model(images)
      return StepOutput(loss: loss(scores, labels), samples: labels.shape[0], prediction: scores, target: labels)
    }
    return try trainer.fit(data.training, validation: data.test, epochs: epochs, batchSize: 32, seed: seed)
  }
}
