import Tensors

/// Samples that can be told by their number, and how several of them make a batch.
///
/// ```swift
/// struct Squares: Dataset {
///   let count = 100
///   subscript(index: Int) -> (Tensor, Tensor) { (Tensor([Double(index)]), Tensor([Double(index * index)])) }
/// }
/// for (x, y) in DataLoader(Squares(), batchSize: 32) { print(x.shape, y.shape) }
/// ```
///
/// Samples that are tensors, or pairs of them, are stacked along a new first axis; a data set of other samples implements
/// ``batch(_:)``. The numbers may be asked for on any thread, in any order. What can go wrong with a file belongs in an
/// `init` that throws.
public protocol Dataset<Batch>: Sendable {
  /// One example, such as an image and its label.
  associatedtype Sample
  /// Several examples in one; of the samples' own type, unless ``batch(_:)`` says otherwise.
  associatedtype Batch: Sendable = Sample

  /// The number of samples.
  var count: Int { get }
  /// The sample of a number in 0 ..< count.
  subscript(index: Int) -> Sample { get }
  /// The samples of these numbers, at least one, as one batch.
  func batch(_ indices: [Int]) -> Batch
}

// `Sample` as the result's type, not its name: two candidates of different types would leave `Batch` ambiguous.
extension Dataset where Sample == Tensor {
  /// The samples stacked: each [d…] → [N, d…].
  public func batch(_ indices: [Int]) -> Sample { .stack(indices.map { self[$0] }) }
}

extension Dataset where Sample == (Tensor, Tensor) {
  /// The first and the second parts of the samples stacked: each [d…] → [N, d…].
  public func batch(_ indices: [Int]) -> Sample {
    let samples = indices.map { self[$0] }
    return (.stack(samples.map(\.0)), .stack(samples.map(\.1)))
  }
}
