import Kernels

extension Tensor {
  /// Surrounded by a value: `widths[i]` elements before and after those of axis i.
  ///
  /// [n₀, n₁, …] → [before₀ + n₀ + after₀, …], the dtype kept. One pair an axis, none negative.
  public func padded(_ widths: [(before: Int, after: Int)], value: Double = 0) -> Tensor {
    require(
      widths.count == rank && widths.allSatisfy { $0.before >= 0 && $0.after >= 0 }, "padded",
      "widths \(widths.map { [$0.before, $0.after] }) for shape \(shape); expected \(rank) pairs, none negative")
    let sizes = (0..<rank).map { widths[$0].before + shape[$0] + widths[$0].after }
    var result = Tensor(uninitialized: Shape(sizes), dtype)
    let border = Tensor(value, dtype: dtype)
    // What is left of the result: each axis takes its borders off, so no element is written twice.
    var inside = result
    for (axis, width) in widths.enumerated() {
      let end = width.before + shape[axis]
      result.assign(border, to: inside.narrowed(axis: axis, 0..<width.before))
      result.assign(border, to: inside.narrowed(axis: axis, end..<sizes[axis]))
      inside = inside.narrowed(axis: axis, width.before..<end)
    }
    result.assign(self, to: inside)
    return result
  }
}
