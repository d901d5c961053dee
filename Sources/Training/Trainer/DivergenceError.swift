import Tensors

/// A loss that is no longer a number: training has diverged, and further steps would only spread NaN.
public struct DivergenceError: Error, CustomStringConvertible, Equatable, Sendable {
  /// The loss: NaN or an infinity.
  public let loss: String
  /// The epoch, counted from 1.
  public let epoch: Int
  /// The step in the epoch, counted from 1.
  public let step: Int

  package init(loss: String, epoch: Int, step: Int) { (self.loss, self.epoch, self.step) = (loss, epoch, step) }

  /// One line that says where, and what usually helps.
  public var description: String {
    "the loss is \(loss) at epoch \(epoch), step \(step); a smaller learning rate or smaller inputs usually help"
  }

  /// Passes a finite loss on.
  ///
  /// - Throws: ``DivergenceError`` for NaN and infinities.
  public static func check(_ loss: Double, epoch: Int, step: Int) throws {
    guard loss.isFinite else { throw DivergenceError(loss: "\(loss)", epoch: epoch, step: step) }
  }
}
