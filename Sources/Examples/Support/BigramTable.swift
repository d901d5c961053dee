import Adjoint

/// P(next | previous) = (count of the pair + smoothing) / (count of previous + smoothing · characters): the simplest model
/// of a text that looks back at all, and the mark that a network has to beat.
public struct BigramTable: Sendable {
  /// ln P, [previous, next].
  public let logProbabilities: Tensor

  /// Counts the pairs of neighbours in a text of numbers below `characters`, [N]. `smoothing` is what a pair counts that
  /// never came.
  public init(_ text: Tensor, characters: Int, smoothing: Double = 0.1) {
    let pairs = text[..<(-1)] * characters + text[1...]
    let seen = pairs.bincount(minLength: characters * characters).reshaped([characters, characters])
    let counts = seen.to(.float64) + smoothing
    logProbabilities = (counts / counts.sum(axis: 1, keepDims: true)).log()
  }

  /// The mean of −ln P over the characters of a text but its first, which has none before it.
  public func crossEntropy(_ text: Tensor) -> Double {
    -logProbabilities[text[..<(-1)], text[1...]].mean().item()
  }
}
