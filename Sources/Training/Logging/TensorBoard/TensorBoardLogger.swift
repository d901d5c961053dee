import NN
import Tensors

/// Shows a run in TensorBoard while it goes on: `tensorboard --logdir run`.
///
/// ```swift
/// let trainer = Trainer(
///   model, optimizer, loss: CrossEntropyLoss(), callbacks: [TensorBoardLogger("run/tb", histogramsEvery: 5)])
/// ```
///
/// The horizontal axis counts the optimizer's steps. The tags:
/// - `loss/training` and `loss/validation` of each epoch, and every metric likewise;
/// - `loss/step` of each step, `gradient_norm` where gradients are clipped by norm, and `learning_rate`, with a number for
///   each of several parameter groups;
/// - `parameters/NAME` and `gradients/NAME`, histograms at the end of an epoch, if they are asked for. The gradients are
///   those of the epoch's last step, after clipping; parameters without one have none.
///
/// A new run hides what earlier ones left in the directory, and a resumed run what was logged after its checkpoint: the
/// files stay, TensorBoard does not show it. Where they can't be written, the run ends with a ``DataError``.
public final class TensorBoardLogger: Callback {
  /// The directory that the events go to.
  public let directory: String
  /// The number of steps from one with scalars to the next; nil for none.
  public let stepInterval: Int?
  /// The number of epochs from one with histograms to the next; nil for none.
  public let histogramInterval: Int?
  private var writer: SummaryWriter?
  private var hasStepped = false

  /// Nothing is written before the run begins.
  ///
  /// - Parameters:
  ///   - steps: how often steps are logged, nil for never.
  ///   - histograms: after how many epochs the parameters and gradients are, nil for never.
  public init(_ directory: String, stepsEvery steps: Int? = 1, histogramsEvery histograms: Int? = nil) {
    require(
      steps ?? 1 > 0 && histograms ?? 1 > 0, "TensorBoardLogger",
      "steps every \(steps ?? 0), histograms every \(histograms ?? 0); expected at least 1, or nil")
    (self.directory, stepInterval, histogramInterval) = (directory, steps, histograms)
  }

  /// Opens a file.
  public func began(_ run: TrainingRun) throws { (writer, hasStepped) = (try SummaryWriter(directory), false) }

  /// Adds the scalars of a step, if it is its turn, and histograms after the last of an epoch.
  public func stepped(_ step: StepRecord, _ run: TrainingRun) throws {
    guard let writer else { return }
    if !hasStepped { try writer.begin(at: step.step) }
    hasStepped = true
    if let stepInterval, step.step % stepInterval == 0 { try add(step, writer) }
    if let histogramInterval, step.epoch % histogramInterval == 0, isLast(step, of: run) {
      try addHistograms(run.model, step.step, writer)
    }
  }

  /// Adds the scores of an epoch.
  public func finished(_ epoch: EpochRecord, _ run: TrainingRun) throws {
    for (scores, kind) in [(epoch.training, "training"), (epoch.validation ?? Scores(), "validation")] {
      for entry in scores.entries { try writer?.addScalar("\(entry.name)/\(kind)", entry.value, step: epoch.steps) }
    }
  }

  /// Closes the file.
  public func ended(_ run: TrainingRun) throws {
    try writer?.close()
    writer = nil
  }

  /// Closes the file, which has all that was told.
  public func failed(_ error: any Error, _ run: TrainingRun) {
    try? writer?.close()
    writer = nil
  }

  private func isLast(_ step: StepRecord, of run: TrainingRun) -> Bool {
    run.stepsPerEpoch > 0 && step.step % run.stepsPerEpoch == 0
  }

  private func add(_ step: StepRecord, _ writer: SummaryWriter) throws {
    try writer.addScalar("loss/step", step.loss, step: step.step)
    if let norm = step.gradientNorm { try writer.addScalar("gradient_norm", norm, step: step.step) }
    for (group, rate) in step.learningRates.enumerated() {
      let tag = step.learningRates.count == 1 ? "learning_rate" : "learning_rate/\(group)"
      try writer.addScalar(tag, rate, step: step.step)
    }
  }

  private func addHistograms(_ model: Module, _ step: Int, _ writer: SummaryWriter) throws {
    for (name, parameter) in model.namedParameters() {
      try writer.addHistogram("parameters/" + name, parameter, step: step)
      if let gradient = parameter.grad { try writer.addHistogram("gradients/" + name, gradient, step: step) }
    }
  }
}
