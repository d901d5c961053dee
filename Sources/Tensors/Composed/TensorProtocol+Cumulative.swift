/// Scans and differences along an axis, composed of others.
extension TensorProtocol {
  /// The largest elements so far along an axis, and their indices, as `.int64`: yᵢ = max(x₀, …, xᵢ). [..] → [..] twice.
  /// ∂L/∂x = g added up at the indices.
  ///
  /// Of equal elements the last counts; NaN beats every number. Any dtype.
  public func cummax(axis: Int) -> (values: Self, indices: Tensor) {
    gathered(axis, value.runningExtrema("cummax", axis, minimum: false))
  }

  /// The smallest elements so far along an axis, and their indices, as `.int64`: yᵢ = min(x₀, …, xᵢ). [..] → [..]
  /// twice. ∂L/∂x = g added up at the indices.
  ///
  /// Of equal elements the last counts; NaN beats every number. Any dtype.
  public func cummin(axis: Int) -> (values: Self, indices: Tensor) {
    gathered(axis, value.runningExtrema("cummin", axis, minimum: true))
  }

  /// Running sums along an axis of the elements converted to a dtype.
  public func cumsum(axis: Int, dtype: DType) -> Self { to(dtype).cumsum(axis: axis).to(dtype) }

  private func gathered(_ axis: Int, _ indices: Tensor) -> (values: Self, indices: Tensor) {
    (rank == 0 ? self : gather(axis: axis, index: indices), indices)
  }

  /// Differences of neighbours along an axis, yᵢ = xᵢ₊₁ − xᵢ, taken n times. […, s, …] → […, max(s − n, 0), …].  ∂L/∂xᵢ
  /// = gᵢ₋₁ − gᵢ for n = 1.
  ///
  /// `prepend` and `append` are joined to the ends first, and types promote. Of `.bool`, the difference is exclusive or.
  public func diff(n: Int = 1, axis: Int = -1, prepend: Self? = nil, append: Self? = nil) -> Self {
    require(n >= 0, "diff", "the order n = \(n); expected at least 0")
    let axis = shape.resolve(axis: axis, "diff")
    let parts = [prepend, self, append].compactMap { $0 }
    _ = Shape.joined(parts.map(\.shape), axis: axis, "diff")
    let joined = parts.count == 1 ? self : Self.concatenate(parts, axis: axis)
    return (0..<Swift.min(n, joined.shape[axis])).reduce(joined) { x, _ in x.differences(axis) }
  }

  private func differences(_ axis: Int) -> Self {
    let (after, before) = neighbours(axis)
    return dtype == .bool ? Self(after.value .!= before.value) : after - before
  }

  /// All but the first and all but the last element along an axis.
  func neighbours(_ axis: Int) -> (after: Self, before: Self) {
    let n = shape[axis]
    return (along(axis, Swift.min(1, n)..<n), along(axis, 0..<Swift.max(n - 1, 0)))
  }
}
