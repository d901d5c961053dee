/// The same elements at other places along their axes.
extension TensorProtocol {
  /// Reversed along these axes: y[…, i, …] = x[…, n − 1 − i, …]. A tensor's result is a view.
  public func flipped(axes: [Int]) -> Self {
    let axes = shape.resolve(axes: axes, "flipped")
    return sliced((0..<rank).map { .slice(from: nil, to: nil, step: axes.contains($0) ? -1 : 1) })
  }

  /// The columns, the second axis, reversed.
  public func fliplr() -> Self { flipped(axes: [1]) }

  /// The rows, the first axis, reversed.
  public func flipud() -> Self { flipped(axes: [0]) }

  /// Shifted along an axis, what leaves at one end coming in at the other: y[…, (i + shift) mod n, …] = x[…, i, …]. If no
  /// axis is named, along the elements in row-major order.
  public func rolled(by shift: Int, axis: Int? = nil) -> Self {
    guard let axis else { return flattened().rolled(by: shift, axis: 0).reshaped(shape) }
    let at = shape.resolve(axis: axis, "rolled")
    let size = shape[at]
    let first = size == 0 ? 0 : (size - shift % size) % size
    if first == 0 { return self }
    return .concatenate([along(at, first..<size), along(at, 0..<first)], axis: at)
  }

  /// Shifted along several axes, `shifts[i]` along `axes[i]`, one after the other.
  public func rolled(by shifts: [Int], axes: [Int]) -> Self {
    require(
      shifts.count == axes.count, "rolled", "shifts \(shifts) along axes \(axes); expected as many shifts as axes")
    return zip(shifts, axes).reduce(self) { $0.rolled(by: $1.0, axis: $1.1) }
  }

  /// Turned by k·90° in the plane of two axes, from the first toward the second; backward for a negative k. A tensor's
  /// result is a view.
  ///
  /// [n, m] → [m, n] for an odd k.
  public func rot90(_ k: Int = 1, axes: [Int] = [0, 1]) -> Self {
    require(axes.count == 2, "rot90", "axes \(axes) of shape \(shape); expected two")
    let (a, b) = shape.resolve(pair: axes[0], axes[1], "rot90")
    return switch k & 3 {
    case 1: flipped(axes: [b]).transposed(a, b)
    case 2: flipped(axes: [a, b])
    case 3: flipped(axes: [a]).transposed(a, b)
    default: self
    }
  }
}
