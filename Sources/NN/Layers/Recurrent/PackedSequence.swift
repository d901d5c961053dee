import Autograd
import Tensors

/// Sequences of several lengths without padding: the first steps of all of them as rows one below the other, then the second
/// steps of those that have one, and so on, the longest sequence first. PyTorch's `torch.nn.utils.rnn.PackedSequence`.
///
/// Made by ``packPaddedSequence(_:lengths:batchFirst:enforceSorted:)`` and ``packSequence(_:enforceSorted:)``; recurrent layers
/// take and give it.
public struct PackedSequence {
  /// [rows, *], Σ ``batchSizes`` rows.
  public let data: Variable
  /// How many of the sequences have a step 0, a step 1, …
  public let batchSizes: [Int]
  /// For each place in the order of falling lengths, which of the given sequences stands there, `.int64`; nil if they came
  /// in this order.
  public let sortedIndices: Tensor?
  /// For each of the given sequences its place in that order, `.int64`; nil if they came in it.
  public let unsortedIndices: Tensor?

  /// Packs sequences whose order of falling lengths is known, or that are in it.
  init(_ data: Variable, batchSizes: [Int], order: [Int]?) {
    (self.data, self.batchSizes) = (data, batchSizes)
    sortedIndices = order.map { Tensor($0) }
    unsortedIndices = order.map { order in Tensor(order.indices.sorted { order[$0] < order[$1] }) }
  }

  private init(_ data: Variable, like other: PackedSequence) {
    (self.data, batchSizes) = (data, other.batchSizes)
    (sortedIndices, unsortedIndices) = (other.sortedIndices, other.unsortedIndices)
  }

  /// The same sequences with other features: [rows, *], as many rows.
  public func replacingData(_ data: Variable) -> PackedSequence {
    require(
      data.rank > 0 && data.shape[0] == self.data.shape[0], "PackedSequence",
      "data \(data.shape) in the place of \(self.data.shape); expected as many rows")
    return PackedSequence(data, like: self)
  }

  /// For each of the given sequences its place in the order of falling lengths.
  var places: [Int] { unsortedIndices?.scalars(as: Int.self) ?? Array(0..<batchSizes[0]) }

  /// The length of each of the given sequences.
  var lengths: [Int] { places.map { place in batchSizes.count { $0 > place } } }
}
