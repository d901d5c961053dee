/// Parts along an axis; a tensor's are views of its memory. A variable's gradient is g at the part, 0 elsewhere.
extension TensorProtocol {
  /// What a subscript's entry reads along an axis counted from the front.
  package func along(_ axis: Int, _ index: AxisIndex) -> Self {
    sliced(Array(repeating: .whole, count: axis) + [index])
  }

  /// The entries of a range, within bounds, along an axis counted from the front.
  package func along(_ axis: Int, _ range: Range<Int>) -> Self {
    along(axis, .slice(from: range.lowerBound, to: range.upperBound, step: 1))
  }

  /// `count` entries along an axis from position `start`, which counts from the end if it is negative.
  ///
  /// [.., n, ..] → [.., count, ..].
  public func narrowed(axis: Int, from start: Int, count: Int) -> Self {
    let axis = shape.resolve(axis: axis, "narrowed")
    let (size, first) = (shape[axis], start < 0 ? start + shape[axis] : start)
    require(
      first >= 0 && count >= 0 && first <= size - count, "narrowed",
      "\(count) entries from \(start) on axis \(axis) of shape \(shape); expected a part of 0..<\(size)")
    return along(axis, first..<first + count)
  }

  /// The entry at one position along an axis, which counts from the end if it is negative; the axis is dropped.
  ///
  /// [.., n, ..] → [.., ..].
  public func select(axis: Int, at position: Int) -> Self {
    let axis = shape.resolve(axis: axis, "select")
    let size = shape[axis]
    require(
      position >= -size && position < size, "select",
      "position \(position) on axis \(axis) of shape \(shape); expected \(-size)..<\(size)")
    return along(axis, .position(position))
  }

  /// The entries along an axis one by one, without the axis: n parts [.., ..] of [.., n, ..].
  public func unbound(axis: Int = 0) -> [Self] {
    let axis = shape.resolve(axis: axis, "unbound")
    return (0..<shape[axis]).map { along(axis, .position($0)) }
  }

  /// Parts of `size` entries each along an axis, the last one shorter if need be.
  public func split(size: Int, axis: Int = 0) -> [Self] {
    require(size > 0, "split", "the size \(size); expected at least 1")
    let axis = shape.resolve(axis: axis, "split")
    return stride(from: 0, to: Swift.max(shape[axis], 1), by: size).map {
      along(axis, $0..<Swift.min($0 + size, shape[axis]))
    }
  }

  /// Parts of these sizes along an axis, which must add up to its size.
  public func split(sizes: [Int], axis: Int = 0) -> [Self] {
    let axis = shape.resolve(axis: axis, "split")
    require(
      sizes.allSatisfy { $0 >= 0 } && sizes.reduce(0, +) == shape[axis], "split",
      "sizes \(sizes) for axis \(axis) of shape \(shape); expected sizes of at least 0 that add up to \(shape[axis])")
    var start = 0
    return sizes.map { size in
      defer { start += size }
      return along(axis, start..<start + size)
    }
  }

  /// At most `count` parts along an axis: as many of ⌈n/count⌉ entries as there are, then what is left.
  public func chunked(_ count: Int, axis: Int = 0) -> [Self] {
    require(count > 0, "chunked", "the count \(count); expected at least 1")
    let size = shape[shape.resolve(axis: axis, "chunked")]
    if size == 0 { return split(sizes: Array(repeating: 0, count: count), axis: axis) }
    return split(size: (size + count - 1) / count, axis: axis)
  }

  /// Exactly `sections` parts along an axis: the first n mod sections of them one entry longer than the rest.
  public func tensorSplit(_ sections: Int, axis: Int = 0) -> [Self] {
    require(sections > 0, "tensorSplit", "\(sections) sections; expected at least 1")
    let (size, rest) = shape[shape.resolve(axis: axis, "tensorSplit")].quotientAndRemainder(dividingBy: sections)
    return split(sizes: (0..<sections).map { $0 < rest ? size + 1 : size }, axis: axis)
  }

  /// The parts along an axis before, between and after these positions, which are clamped as a slice's bounds are: negative
  /// ones count from the end, and a part whose end comes before its start is empty.
  public func tensorSplit(at positions: [Int], axis: Int = 0) -> [Self] {
    let axis = shape.resolve(axis: axis, "tensorSplit")
    return zip([0] + positions, positions + [shape[axis]]).map { along(axis, .slice(from: $0, to: $1, step: 1)) }
  }

  /// `sections` equal parts along the columns: the second axis, or a vector's only one.
  public func hsplit(_ sections: Int) -> [Self] { equalParts("hsplit", sections, columnAxis("hsplit")) }

  /// The parts before, between and after these columns: positions on the second axis, or a vector's only one.
  public func hsplit(at positions: [Int]) -> [Self] { tensorSplit(at: positions, axis: columnAxis("hsplit")) }

  /// `sections` equal parts along the rows: the first of at least two axes.
  public func vsplit(_ sections: Int) -> [Self] { equalParts("vsplit", sections, axis(0, "vsplit", rank: 2)) }

  /// The parts before, between and after these rows: positions on the first of at least two axes.
  public func vsplit(at positions: [Int]) -> [Self] { tensorSplit(at: positions, axis: axis(0, "vsplit", rank: 2)) }

  /// `sections` equal parts along the third axis.
  public func dsplit(_ sections: Int) -> [Self] { equalParts("dsplit", sections, axis(2, "dsplit", rank: 3)) }

  /// The parts before, between and after these positions on the third axis.
  public func dsplit(at positions: [Int]) -> [Self] { tensorSplit(at: positions, axis: axis(2, "dsplit", rank: 3)) }

  private func columnAxis(_ operation: String) -> Int { axis(Swift.min(rank - 1, 1), operation, rank: 1) }

  private func axis(_ axis: Int, _ operation: String, rank least: Int) -> Int {
    require(rank >= least, operation, "shape \(shape); expected at least \(least) axes")
    return axis
  }

  private func equalParts(_ operation: String, _ sections: Int, _ axis: Int) -> [Self] {
    require(
      sections > 0 && shape[axis] % sections == 0, operation,
      "\(sections) sections of axis \(axis) of shape \(shape); expected a divisor of \(shape[axis])")
    return split(sizes: Array(repeating: shape[axis] / sections, count: sections), axis: axis)
  }
}
