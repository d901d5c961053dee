/// Repetition: broadcast views, and copies one after the other. A variable's gradient is the sum over the copies.
extension TensorProtocol {
  /// Repeated along axes of size 1, and along new leading axes; −1 keeps an axis as it is. A tensor's result is a view.
  public func expanded(_ sizes: [Int]) -> Self {
    let added = sizes.count - rank
    let kept = sizes.enumerated().map { $1 == -1 && $0 >= added && added >= 0 ? shape[$0 - added] : $1 }
    require(
      kept.allSatisfy { $0 >= 0 }, "expand",
      "sizes \(sizes) for shape \(shape); expected sizes of at least 0, or -1 on its own axes")
    return expanded(Shape(kept))
  }

  /// Repeated along axes of size 1, and along new leading axes, to `shape`. A tensor's result is a view.
  public func broadcast(to shape: Shape) -> Self { expanded(shape) }

  /// All of them repeated to the one shape to which they broadcast together.
  public static func broadcast(_ parts: [Self]) -> [Self] {
    let shape = parts.reduce([] as Shape) { Shape.broadcast($0, $1.shape, "broadcast") }
    return parts.map { $0.expanded(shape) }
  }

  /// Copies side by side: `counts[i]` times along axis i. Where there are more counts than axes, new axes come first; where
  /// there are fewer, the counts are the last axes'.
  ///
  /// [n₀, n₁, …] → [counts₀·n₀, counts₁·n₁, …].
  public func tiled(_ counts: [Int]) -> Self {
    repeated(Array(repeating: 1, count: Swift.max(0, rank - counts.count)) + counts)
  }

  /// Copies side by side: `counts[i]` times along axis i, new axes first. At least one count an axis.
  ///
  /// [n₀, n₁, …] → [counts₀·n₀, counts₁·n₁, …].
  public func repeated(_ counts: [Int]) -> Self {
    require(
      counts.count >= rank && counts.allSatisfy { $0 >= 0 }, "repeated",
      "counts \(counts) for shape \(shape); expected at least \(rank), none negative")
    let sizes = Array(repeating: 1, count: counts.count - rank) + shape
    let pairs = zip(counts, sizes)
    return reshaped(Shape(sizes.flatMap { [1, $0] })).expanded(Shape(pairs.flatMap { [$0, $1] }))
      .reshaped(Shape(pairs.map { $0 * $1 }))
  }

  /// Every element along an axis `count` times in a row; of all elements in row-major order if no axis is named.
  ///
  /// [.., n, ..] → [.., count·n, ..].
  public func repeatedInterleaved(_ count: Int, axis: Int? = nil) -> Self {
    guard let axis else { return flattened().repeatedInterleaved(count, axis: 0) }
    require(count >= 0, "repeatedInterleaved", "the count \(count); expected at least 0")
    let at = shape.resolve(axis: axis, "repeatedInterleaved")
    var (spread, result) = (Array(shape), Array(shape))
    spread.insert(count, at: at + 1)
    result[at] *= count
    return unsqueezed(axis: at + 1).expanded(Shape(spread)).reshaped(Shape(result))
  }

  /// The element at position i of an axis `counts[i]` times in a row; of all elements in row-major order if no axis is named.
  ///
  /// [.., n, ..] → [.., Σ counts, ..]. The counts are a vector of n integers, or one for all.
  public func repeatedInterleaved(_ counts: Tensor, axis: Int? = nil) -> Self {
    guard let axis else { return flattened().repeatedInterleaved(counts, axis: 0) }
    let at = shape.resolve(axis: axis, "repeatedInterleaved")
    let size = shape[at]
    let isFit = counts.elementCount == 1 || counts.shape == [size]
    require(
      isFit && counts.rank <= 1 && !counts.dtype.isFloatingPoint && counts.dtype != .bool, "repeatedInterleaved",
      "counts \(counts.dtype)\(counts.shape) for axis \(at) of shape \(shape); expected integers, [\(size)]")
    let each = counts.expanded([size] as Shape).scalars(as: Int.self)
    for (i, count) in each.enumerated() {
      require(count >= 0, "repeatedInterleaved", "the count \(count) at position \(i); expected at least 0")
    }
    return indexSelect(axis: at, index: Tensor(each.indices.flatMap { repeatElement($0, count: each[$0]) }))
  }
}
