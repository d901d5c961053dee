import Foundation
import Tensors

/// exp of the mean cross-entropy −ln softmax(x) at the labels; NaN of none.
///
/// Logits [N, C] or [N, C, d…] and integer labels [N] or [N, d…], as ``CrossEntropyLoss`` takes them: a language
/// model's [batch, time, C] is flattened, or its axes exchanged. C says that the model guesses evenly, 1 that it is
/// sure and right. Each label counts alike, however the batches are cut. A label outside the classes stops the program.
public struct Perplexity: Metric, Equatable {
  /// "perplexity".
  public var name: String { "perplexity" }
  /// Labels equal to this one don't count.
  public let ignoreIndex: Int
  private var mean = RunningMean()

  /// Nothing summed yet.
  public init(ignoreIndex: Int = -100) { self.ignoreIndex = ignoreIndex }

  /// Adds a batch.
  public mutating func update(_ prediction: Tensor, _ target: Tensor) {
    ClassBatch.requireScores(prediction, for: target, "Perplexity")
    require(
      prediction.dtype.isFloatingPoint, "Perplexity",
      "logits \(prediction.dtype)\(prediction.shape); expected floating point")
    let labels = target.scalars(as: Int.self)
    ClassBatch.requireInside(labels, prediction.shape[1], ignoring: ignoreIndex, "Perplexity")
    let marked = target.classLabels(ignoring: ignoreIndex).labels
    let losses = prediction.crossEntropy(axis: 1, labels: marked).losses.scalars(as: Double.self)
    let ignored = ignoreIndex
    mean.add(zip(labels, losses).filter { $0.0 != ignored }.map(\.1))
  }

  /// exp of the mean so far.
  public var value: Double { exp(mean.value) }
}
