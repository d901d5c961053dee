import Autograd
import Tensors

/// What a model makes of a batch: a loss to go down, and what metrics look at.
public struct StepOutput {
  /// The mean loss of the batch's samples, of one element.
  public let loss: Variable
  /// How many samples the batch has: its weight in means.
  public let samples: Int
  /// What the metrics take, beside ``target``; nil if there is nothing for them.
  public let prediction: Tensor?
  /// What the prediction should have been.
  public let target: Tensor?

  /// A loss over so many samples, and for metrics a prediction with its target.
  public init(loss: Variable, samples: Int, prediction: Variable? = nil, target: Tensor? = nil) {
    require(loss.elementCount == 1, "StepOutput", "a loss of shape \(loss.shape); expected one element")
    require(samples > 0, "StepOutput", "\(samples) samples; expected at least 1")
    (self.loss, self.samples, self.target) = (loss, samples, target)
    self.prediction = prediction?.value
  }
}
