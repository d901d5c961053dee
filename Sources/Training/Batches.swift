import Tensors

/// The rows of some tensors, a batch at a time; the last batch is shorter if the size does not divide their number.
///
/// ```swift
/// for batch in Batches(of: [images, labels], size: 64, shuffled: true) {
///   let loss = crossEntropy(model(batch[0]), batch[1])
///   …
/// }
/// ```
///
/// Each pass over shuffled batches draws an order of its own.
public struct Batches: Sequence, Sendable {
  /// How many rows there are.
  public let rowCount: Int
  /// How many rows a batch has, but for the last.
  public let size: Int
  private let tensors: [Tensor]
  private let generator: Generator?

  /// Batches of the rows along the first axis, which all tensors have in common.
  ///
  /// - Parameters:
  ///   - shuffled: whether each pass takes the rows in a new random order. Otherwise they come in order, as views.
  ///   - generator: where the orders come from.
  public init(of tensors: [Tensor], size: Int, shuffled: Bool = false, generator: Generator = .default) {
    require(size > 0, "Batches", "the size \(size); expected at least 1")
    let shapes = tensors.map(\.shape)
    require(
      !shapes.isEmpty && shapes.allSatisfy { $0.rank > 0 && $0[0] == shapes[0][0] }, "Batches",
      "shapes \(shapes); expected at least one, all with the same first axis")
    (self.tensors, self.size, rowCount) = (tensors, size, shapes[0][0])
    self.generator = shuffled ? generator : nil
  }

  /// How many batches a pass has.
  public var count: Int { (rowCount + size - 1) / size }
  /// How many batches a pass has.
  public var underestimatedCount: Int { count }

  /// One pass. Shuffled batches draw their order now.
  public func makeIterator() -> Iterator {
    Iterator(
      tensors: tensors, size: size, rowCount: rowCount,
      order: generator.map { .randperm(rowCount, generator: $0) })
  }

  /// One pass over the batches.
  public struct Iterator: IteratorProtocol {
    fileprivate let tensors: [Tensor]
    fileprivate let size: Int
    fileprivate let rowCount: Int
    fileprivate let order: Tensor?
    private var start = 0

    fileprivate init(tensors: [Tensor], size: Int, rowCount: Int, order: Tensor?) {
      (self.tensors, self.size, self.rowCount, self.order) = (tensors, size, rowCount, order)
    }

    /// The next rows of each tensor, or nil at the end.
    public mutating func next() -> [Tensor]? {
      guard start < rowCount else { return nil }
      let rows = start..<Swift.min(start + size, rowCount)
      start = rows.upperBound
      guard let order else { return tensors.map { $0[rows] } }
      return tensors.map { $0.indexSelect(index: order[rows]) }
    }
  }
}
