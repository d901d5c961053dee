/// What surrounds a padded tensor.
public enum PaddingMode: Hashable, Sendable {
  /// One value.
  case constant
  /// The elements inside the edge in reverse order, without the edge itself: c b [a b c] b a.
  case reflect
  /// The elements at the edge: a a [a b c] c c.
  case replicate
  /// The elements from the other end: b c [a b c] a b.
  case circular

  /// How many elements an axis of this size can lend to one side.
  fileprivate func limit(_ size: Int) -> Int {
    switch self {
    case .constant: .max
    case .reflect: Swift.max(size - 1, 0)
    case .replicate: size == 0 ? 0 : .max
    case .circular: size
    }
  }

  /// The position from 0 that a position before or after an axis of this size reads.
  fileprivate func source(_ position: Int, _ size: Int) -> Int {
    switch self {
    case .reflect: position < size ? Swift.abs(position) : 2 * (size - 1) - position
    case .circular: (position + size) % size
    default: Swift.min(Swift.max(position, 0), size - 1)
    }
  }
}

extension TensorProtocol {
  /// Surrounded by a value, or by elements of its own: `widths[i]` elements before and after those of axis i. A negative
  /// width takes as many away. On any number of axes, one after the other, so that corners take from the sides.
  ///
  /// [n₀, n₁, …] → [before₀ + n₀ + after₀, …], the dtype kept. One pair an axis. `.reflect` lends at most n − 1 elements to a
  /// side, `.circular` n. ∂L/∂x = g without the border, and where the border took an element, g there added to it.
  public func padded(_ widths: [(before: Int, after: Int)], mode: PaddingMode, value: Double = 0) -> Self {
    if mode == .constant { return padded(widths, value: value) }
    shape.check(padding: widths)
    return widths.indices.reduce(self) { $0.padded($1, widths[$1].before, widths[$1].after, mode) }
  }

  /// Along one axis, by the elements themselves.
  private func padded(_ axis: Int, _ before: Int, _ after: Int, _ mode: PaddingMode) -> Self {
    if before == 0 && after == 0 { return self }
    // A reflection takes from what is cropped, too; the others from what is left.
    let start = mode == .reflect ? 0 : Swift.max(-before, 0)
    let size = mode == .reflect ? shape[axis] : shape[axis] - start - Swift.max(-after, 0)
    require(
      Swift.max(before, after) <= mode.limit(size), "padded",
      "widths \([before, after]) on axis \(axis) of shape \(shape), mode \(mode); expected at most \(mode.limit(size))")
    let positions = (-before - start)..<(shape[axis] + after - start)
    return indexSelect(axis: axis, index: Tensor(positions.map { start + mode.source($0, size) }))
  }
}
