import NN
import Tensors

/// When a trainer steps a schedule of learning rates.
public enum Scheduling {
  /// After each epoch.
  case everyEpoch(LRScheduler)
  /// After each step of the optimizer.
  case everyStep(LRScheduler)
  /// After each evaluation, with a score of the validation data (of the training without any): the loss, or a metric.
  case onPlateau(ReduceLROnPlateau, monitor: String = "loss")

  var scheduler: Scheduler {
    switch self {
    case .everyEpoch(let scheduler), .everyStep(let scheduler): scheduler
    case .onPlateau(let scheduler, _): scheduler
    }
  }
}

/// What a trainer does to gradients that are too large, before each step.
public enum Clipping: Sendable, Equatable {
  /// Scales them all together to at most this norm. See `clipGradNorm(_:maxNorm:normType:errorIfNonfinite:)`.
  case norm(Double)
  /// Cuts each number off at this size. See `clipGradValue(_:clipValue:)`.
  case value(Double)
}

/// Ends a run when a score has not become better for some evaluations, and gives the model its best weights back.
public struct EarlyStopping: Sendable {
  /// How many evaluations in a row without a better score are put up with.
  public let patience: Int
  /// The score: "loss", or the name of a metric.
  public let monitor: String
  /// Whether small scores are better, as losses, or large ones, as accuracies.
  public let mode: ReduceLROnPlateau.Mode
  /// By how much a score must be better than the best one to count.
  public let minDelta: Double
  /// Whether the model has the weights of the best evaluation at the end.
  public let restoresBest: Bool

  /// Goes by the validation data's score, the training's where there is none.
  public init(
    patience: Int = 5, monitor: String = "loss", mode: ReduceLROnPlateau.Mode = .min, minDelta: Double = 0,
    restoresBest: Bool = true
  ) {
    require(
      patience >= 0 && minDelta >= 0, "EarlyStopping",
      "patience \(patience) and minDelta \(minDelta); expected at least 0 each")
    (self.patience, self.monitor, self.mode) = (patience, monitor, mode)
    (self.minDelta, self.restoresBest) = (minDelta, restoresBest)
  }

  /// Where a run stands.
  struct Progress: Codable, Equatable {
    var best: Double?
    var bestEpoch: Int?
    /// Evaluations in a row without a better score.
    var misses = 0
  }

  /// Whether a score is the best so far, which is remembered. NaN never is.
  func takes(_ score: Double, epoch: Int, _ progress: inout Progress) -> Bool {
    let isBetter =
      !score.isNaN && progress.best.map { mode == .min ? score < $0 - minDelta : score > $0 + minDelta } ?? true
    if isBetter { (progress.best, progress.bestEpoch) = (score, epoch) }
    progress.misses = isBetter ? 0 : progress.misses + 1
    return isBetter
  }
}

/// Where and how often a trainer saves all that it needs to go on.
public struct Checkpoints: Sendable {
  /// The file, `.safetensors`. Each checkpoint replaces the one before, whole or not at all.
  public let path: String
  /// After how many epochs.
  public let everyEpochs: Int
  /// After how many steps of the optimizer besides; nil for none.
  public let everySteps: Int?
  /// What to type to go on, told to a person who has pressed Ctrl-C.
  public let resumeHint: String?

  /// A checkpoint in this file after each epoch, and whatever else is asked for.
  public init(_ path: String, everyEpochs: Int = 1, everySteps: Int? = nil, resumeHint: String? = nil) {
    require(
      everyEpochs > 0 && (everySteps ?? 1) > 0, "Checkpoints",
      "every \(everyEpochs) epochs and every \(everySteps ?? 1) steps; expected at least 1 each")
    (self.path, self.everyEpochs, self.everySteps, self.resumeHint) = (path, everyEpochs, everySteps, resumeHint)
  }
}
