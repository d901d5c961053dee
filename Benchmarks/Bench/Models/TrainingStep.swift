import Adjoint

/// A network, one batch, and what a step of its training does with them.
final class TrainingStep {
  let model: Module
  private let optimizer: any Optimizer
  private let loss: (Variable, Tensor) -> Variable
  private var inputs, labels: Tensor

  init(
    _ model: Module, _ optimizer: any Optimizer, _ batch: (inputs: Tensor, labels: Tensor),
    loss: @escaping (Variable, Tensor) -> Variable = { crossEntropy($0, $1) }
  ) {
    (self.model, self.optimizer, self.loss) = (model, optimizer, loss)
    (inputs, labels) = batch
  }

  /// The loss before the step.
  @discardableResult
  func run() -> Variable {
    optimizer.zeroGrad()
    let loss = loss(model(inputs), labels)
    loss.backward()
    optimizer.step()
    return loss
  }

  func output() -> Tensor { model(inputs).value }

  /// Compares the losses of the first steps, and begins again at the first weights.
  func check(_ reference: Reference) throws {
    try start(reference)
    try reference.check(Tensor((0..<Reference.steps).map { _ in run().item(as: Float.self) }))
    try start(reference)
  }

  func start(_ reference: Reference) throws {
    try reference.load(into: model)
    (inputs, labels) = (reference.inputs, reference.labels)
  }

  /// From now on, the steps change nothing to speak of.
  func standStill() {
    optimizer.learningRates = optimizer.learningRates.map { _ in Reference.standingStill }
  }
}
