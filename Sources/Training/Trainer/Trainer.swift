import Autograd
import NN
import Tensors

/// The training loop: epochs of batches, evaluations between them, and what a long run wants besides.
///
/// ```swift
/// let model = Sequential(Linear(64, 32), ReLU(), Linear(32, 10))
/// let trainer = Trainer(
///   model, Adam(model.parameters(), lr: 1e-3), loss: CrossEntropyLoss(), metrics: [Accuracy()],
///   earlyStopping: EarlyStopping(patience: 3), checkpoints: Checkpoints("run.safetensors"))
/// let history = try trainer.fit(train, validation: test, epochs: 20, batchSize: 32, seed: 1)
/// print(history.validation("accuracy").last ?? 0)
/// ```
///
/// It does nothing that a loop of one's own could not do:
///
/// ```swift
/// for (x, y) in loader {
///   optimizer.zeroGrad()
///   let loss = crossEntropy(model(x), y)
///   loss.backward()
///   optimizer.step()
/// }
/// ```
///
/// Batches are pairs of inputs and targets, or of any type where the step is a closure. An optimizer that evaluates the loss
/// several times a step (``LBFGS``) wants a loop of one's own.
public final class Trainer<Batch: Sendable> {
  /// The model in training.
  public let model: Module
  /// What changes its parameters.
  public let optimizer: any Optimizer
  /// What is measured besides the loss: patterns, of which each evaluation takes copies.
  public let metrics: [any Metric]
  /// The schedule of learning rates.
  public let scheduler: Scheduling?
  /// What is done to gradients that are too large.
  public let clipping: Clipping?
  /// How many batches make one step of the optimizer.
  public let accumulation: Int
  /// When to end before the last epoch.
  public let earlyStopping: EarlyStopping?
  /// Where and how often to save.
  public let checkpoints: Checkpoints?
  /// Who is told as the run goes on.
  public var callbacks: [any Callback]
  /// Whether progress is shown on standard output.
  public var showsProgress: Bool

  let forward: (Batch) -> StepOutput
  /// Model, optimizer and schedule before the first run, for those that start over.
  var initial: Snapshot?
  /// How many words layers have drawn from the default generator when they were decided.
  var wordsOfDeciding: UInt64 = 0

  /// A trainer of batches of any kind.
  ///
  /// - Parameters:
  ///   - scheduler: the schedule of learning rates, made for this optimizer.
  ///   - clipping: what to do to gradients that are too large, before each step.
  ///   - accumulation: how many batches make one step: the gradient is that of the mean of their losses.
  ///   - step: the loss of a batch. It is called in training with recording on, in evaluations with it off.
  public init(
    _ model: Module, _ optimizer: any Optimizer, metrics: [any Metric] = [], scheduler: Scheduling? = nil,
    clipping: Clipping? = nil, accumulation: Int = 1, earlyStopping: EarlyStopping? = nil,
    checkpoints: Checkpoints? = nil, callbacks: [any Callback] = [], showsProgress: Bool = true,
    step: @escaping (Batch) -> StepOutput
  ) {
    require(accumulation > 0, "Trainer", "accumulation \(accumulation); expected at least 1")
    let names = ["loss"] + metrics.map(\.name)
    require(Set(names).count == names.count, "Trainer", "scores named \(names); expected different names")
    for monitor in [earlyStopping?.monitor, scheduler?.monitor].compactMap({ $0 }) {
      require(names.contains(monitor), "Trainer", "no score \"\(monitor)\" to go by; expected one of \(names)")
    }
    (self.model, self.optimizer, self.metrics, self.scheduler) = (model, optimizer, metrics, scheduler)
    (self.clipping, self.accumulation, self.earlyStopping) = (clipping, accumulation, earlyStopping)
    (self.checkpoints, self.callbacks, self.showsProgress) = (checkpoints, callbacks, showsProgress)
    forward = step
  }
}

extension Trainer where Batch == (Tensor, Tensor) {
  /// A trainer of a model with one input against targets; the options are those of the other `init`.
  ///
  /// - Parameter loss: takes the model's output and the batch's target; a mean over the samples.
  public convenience init(
    _ model: Module, _ optimizer: any Optimizer, loss: any Loss, metrics: [any Metric] = [],
    scheduler: Scheduling? = nil, clipping: Clipping? = nil, accumulation: Int = 1, earlyStopping: EarlyStopping? = nil,
    checkpoints: Checkpoints? = nil, callbacks: [any Callback] = [], showsProgress: Bool = true
  ) {
    self.init(
      model, optimizer, metrics: metrics, scheduler: scheduler, clipping: clipping, accumulation: accumulation,
      earlyStopping: earlyStopping, checkpoints: checkpoints, callbacks: callbacks, showsProgress: showsProgress
    ) { input, target in
      let prediction = model(input)
      return StepOutput(
        loss: loss(prediction, target), samples: input.shape[0], prediction: prediction, target: target)
    }
  }
}

extension Scheduling {
  fileprivate var monitor: String? { if case .onPlateau(_, let monitor) = self { monitor } else { nil } }
}
