/// What an epoch came to.
public struct EpochRecord: Sendable, Equatable, Codable {
  /// The epoch, counted from 1.
  public let epoch: Int
  /// The optimizer's steps since the run began.
  public let steps: Int
  /// The mean loss of the epoch's batches, each sample alike, and the metrics of what the model gave in training.
  public let training: Scores
  /// Loss and metrics on the validation data; nil in epochs without an evaluation.
  public let validation: Scores?
  /// The learning rate of each parameter group in the epoch's last step.
  public let learningRates: [Double]
  /// How long the epoch took, its evaluation included.
  public let seconds: Double
  /// How many samples it learned from.
  public let samples: Int

  /// A record of these figures.
  public init(
    epoch: Int, steps: Int, training: Scores, validation: Scores? = nil, learningRates: [Double] = [],
    seconds: Double = 0, samples: Int = 0
  ) {
    (self.epoch, self.steps, self.training, self.validation) = (epoch, steps, training, validation)
    (self.learningRates, self.seconds, self.samples) = (learningRates, seconds, samples)
  }
}

/// What a step of the optimizer came to.
public struct StepRecord: Sendable, Equatable, Codable {
  /// The epoch, counted from 1.
  public let epoch: Int
  /// The optimizer's steps since the run began, this one included.
  public let step: Int
  /// The loss before the step.
  public let loss: Double
  /// The norm of all gradients before clipping; nil where nothing is clipped by norm.
  public let gradientNorm: Double?
  /// The learning rate of each parameter group in this step.
  public let learningRates: [Double]
  /// How many samples it learned from.
  public let samples: Int

  /// A record of these figures.
  public init(
    epoch: Int, step: Int, loss: Double, gradientNorm: Double? = nil, learningRates: [Double] = [], samples: Int = 0
  ) {
    (self.epoch, self.step, self.loss, self.gradientNorm) = (epoch, step, loss, gradientNorm)
    (self.learningRates, self.samples) = (learningRates, samples)
  }
}
