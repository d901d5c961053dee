import Autograd
import Tensors

/// A loss or a gradient that is no longer a number: training has diverged, and further steps would only spread NaN.
public struct DivergenceError: Error, CustomStringConvertible, Sendable {
  /// The loss: finite, where only the gradients are not.
  public let loss: String
  /// The epoch, counted from 1.
  public let epoch: Int
  /// The batch in the epoch, counted from 1: the last of a step, where several make one and only their gradients went wrong.
  public let step: Int
  /// The operation that NaN or an infinity came from first; nil where that was not looked for or not found.
  public let cause: AnomalyError?
  /// The last checkpoint, which was saved while all was well; nil without one.
  public let checkpoint: String?

  package init(loss: Double, epoch: Int, step: Int, cause: AnomalyError? = nil, checkpoint: String? = nil) {
    self.loss = loss.isNaN ? "nan" : "\(loss)"
    (self.epoch, self.step, self.cause, self.checkpoint) = (epoch, step, cause, checkpoint)
    isGradient = loss.isFinite
  }

  private let isGradient: Bool

  /// What happened and where, in lines of their own the operation it came from and the checkpoint.
  public var description: String {
    let what = isGradient ? "a gradient is not finite (the loss is \(loss))" : "the loss is \(loss)"
    let advice =
      cause.map(\.isInherited) == true
      ? "it stands in the data or in the weights" : "a smaller learning rate or smaller inputs usually help"
    var lines = ["\(what) at epoch \(epoch), step \(step); \(advice)"]
    if let cause { lines.append("first in \(cause)") }
    if let checkpoint { lines.append("the last good checkpoint: \(checkpoint)") }
    return lines.joined(separator: "\n")
  }

  /// Passes a finite loss on: for a training loop of one's own. A ``Trainer`` finds the cause, too.
  ///
  /// - Throws: ``DivergenceError`` for NaN and infinities.
  public static func check(_ loss: Double, epoch: Int, step: Int) throws {
    guard loss.isFinite else { throw DivergenceError(loss: loss, epoch: epoch, step: step) }
  }
}

extension AnomalyError {
  /// Whether no operation has made it: the first that was found to have it had it in an input already.
  fileprivate var isInherited: Bool {
    (inputs ?? []).contains { kind == .nan ? $0?.hasNaN == true : $0?.hasInfinity == true }
  }
}
