import Kernels

extension Tensor {
  /// Surrounded by a value: `widths[i]` elements before and after those of axis i. A negative width takes as many away.
  ///
  /// [n₀, n₁, …] → [before₀ + n₀ + after₀, …], the dtype kept; a view if nothing is added. One pair an axis.
  public func padded(_ widths: [(before: Int, after: Int)], value: Double = 0) -> Tensor {
    shape.check(padding: widths)
    let kept = cropped(widths)
    let (before, after) = (widths.map { Swift.max($0.before, 0) }, widths.map { Swift.max($0.after, 0) })
    let sizes = Shape((0..<rank).map { before[$0] + kept.shape[$0] + after[$0] })
    if sizes == kept.shape { return kept }
    var result = Tensor(uninitialized: sizes, dtype)
    let border = Tensor(value, dtype: dtype)
    // What is left of the result: each axis takes its borders off, so no element is written twice.
    var inside = result
    for axis in 0..<rank {
      let end = before[axis] + kept.shape[axis]
      result.assign(border, to: inside.along(axis, 0..<before[axis]))
      result.assign(border, to: inside.along(axis, end..<sizes[axis]))
      inside = inside.along(axis, before[axis]..<end)
    }
    result.assign(kept, to: inside)
    return result
  }

  /// What the negative widths leave.
  private func cropped(_ widths: [(before: Int, after: Int)]) -> Tensor {
    widths.indices.reduce(self) { x, axis in
      x.along(axis, Swift.max(-widths[axis].before, 0)..<shape[axis] - Swift.max(-widths[axis].after, 0))
    }
  }
}

extension Shape {
  /// Stops the program unless there is a pair of widths for each axis, the negative ones of which do not meet.
  package func check(padding widths: [(before: Int, after: Int)]) {
    func expectation(_ text: String) -> String {
      "widths \(widths.map { [$0.before, $0.after] }) for shape \(self); expected \(text)"
    }
    require(widths.count == rank, "padded", expectation("\(rank) pairs"))
    for (axis, width) in widths.enumerated() {
      require(
        Swift.max(-width.before, 0) + Swift.max(-width.after, 0) <= self[axis], "padded",
        expectation("to take away no more than the \(self[axis]) elements of axis \(axis)"))
    }
  }
}
