/// How many elements fall where. Not differentiable.
extension TensorProtocol {
  /// counts[k] = the number of elements equal to k, or the sum of their weights, for k = 0 … the largest element, and up to
  /// `minLength` at least. The elements are a vector of integers, none negative.
  ///
  /// `.int64`; with weights their dtype if they are `.float32`, else `.float64`. Weights of one k are added in their order.
  public func bincount(weights: Tensor? = nil, minLength: Int = 0) -> Tensor {
    require(
      rank == 1 && dtype.category == 1, "bincount", "\(dtype)\(shape); expected a vector of integers")
    require(minLength >= 0, "bincount", "minLength = \(minLength); expected at least 0")
    require(
      weights.map { $0.shape == shape } ?? true, "bincount",
      "weights of shape \(weights?.shape ?? []) for shape \(shape); expected equal shapes")
    let length = elementCount == 0 ? 0 : value.max().item(as: Int.self) + 1
    let counted = weights.map { $0.dtype == .float32 ? $0 : $0.to(.float64) } ?? Tensor.ones(shape, dtype: .int64)
    let zeros = Tensor.zeros([Swift.max(minLength, length)], dtype: counted.dtype)
    value.checkRange("bincount", zeros.elementCount)
    return zeros.scatterAdd(axis: 0, index: value.to(.int64), source: counted)
  }

  /// The numbers of elements in equally wide bins between two ends, the last bin closed, as the elements' dtype; elements
  /// outside, and NaN, do not count. Ends that are equal stand for the smallest and largest element, which then must be
  /// finite, and where these are equal too, for one less and one more. Floating point; integers become `.float32` first.
  public func histc(bins: Int = 100, min: Double = 0, max: Double = 0) -> Tensor {
    require(bins > 0 && min <= max, "histc", "\(bins) bins from \(min) to \(max); expected at least 1, and min ≤ max")
    let x = value.asFloatingPoint.flattened()
    var (low, high) = (min, max)
    if low == high && elementCount > 0 { (low, high) = (x.min().item(), x.max().item()) }
    if low == high { (low, high) = (low - 1, high + 1) }
    require(low.isFinite && high.isFinite, "histc", "elements from \(low) to \(high); expected finite ends")
    let inside = x.maskedSelect((x .>= low) * (x .<= high))
    let places = ((inside - low) * bins / (high - low)).to(.int64)
    return Tensor.minimum(places, Tensor(bins - 1)).bincount(minLength: bins).to(x.dtype)
  }

  /// The numbers of elements, or sums of their weights, in `bins` equally wide bins over a range, by default from the
  /// smallest to the largest element, which then must be finite, and the bins' edges, both as the elements' dtype; see ``histogram(edges:weights:density:)``.
  public func histogram(
    bins: Int, range: ClosedRange<Double>? = nil, weights: Tensor? = nil, density: Bool = false
  ) -> (counts: Tensor, edges: Tensor) {
    require(bins > 0, "histogram", "\(bins) bins; expected at least 1")
    let x = value.asFloatingPoint
    var (low, high) = (range?.lowerBound ?? 0, range?.upperBound ?? 1)
    if range == nil && elementCount > 0 { (low, high) = (x.min().item(), x.max().item()) }
    if low == high { (low, high) = (low - 0.5, high + 0.5) }
    require(low.isFinite && high.isFinite, "histogram", "elements from \(low) to \(high); expected finite ends")
    let edges = Tensor.linspace(low, high, bins + 1, dtype: x.dtype)
    return (histogram(edges: edges, weights: weights, density: density), edges)
  }

  /// The numbers of elements, or sums of their weights, between increasing edges e: bin i holds e[i] ≤ x < e[i + 1], the last
  /// one its right edge too. Elements outside, and NaN, do not count. As the elements' dtype; integers become `.float32`.
  ///
  /// Weights have this tensor's shape. With `density` the counts are divided by their sum and the bins' widths, so that
  /// their integral is 1. O(log n) an element for n edges.
  public func histogram(edges: Tensor, weights: Tensor? = nil, density: Bool = false) -> Tensor {
    require(
      edges.rank == 1 && edges.elementCount > 1, "histogram",
      "edges of shape \(edges.shape); expected a vector of two at least")
    require(
      weights.map { $0.shape == shape } ?? true, "histogram",
      "weights of shape \(weights?.shape ?? []) for shape \(shape); expected equal shapes")
    let x = value.asFloatingPoint.flattened()
    let (bounds, bins) = (edges.to(x.dtype), edges.elementCount - 1)
    let isInside = (x .>= bounds[0]) * (x .<= bounds[bins])
    let places = Tensor.minimum(bounds.searchSorted(x.maskedSelect(isInside), right: true) - 1, Tensor(bins - 1))
    let inside = weights?.to(x.dtype).flattened().maskedSelect(isInside)
    let counts = places.bincount(weights: inside, minLength: bins).to(x.dtype)
    return density ? counts / counts.sum() / (bounds[1...] - bounds[..<bins]) : counts
  }
}
