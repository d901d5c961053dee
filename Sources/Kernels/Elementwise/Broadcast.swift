/// The loop nest of an elementwise operation of up to four operands whose output is contiguous. Adjacent axes are merged
/// where every operand allows it, and axes of size 1 dropped.
package struct BroadcastLoops {
  /// Outermost first.
  package private(set) var sizes: [Int] = []
  /// For each axis the operands' strides in elements, one a lane; zero along an axis that an operand is repeated on.
  package private(set) var strides: [SIMD4<Int>] = []

  /// The strides of each axis over the broadcast sizes.
  package init(sizes: [Int], strides: [SIMD4<Int>]) {
    for axis in sizes.indices where sizes[axis] != 1 { append(sizes[axis], strides[axis]) }
    if self.sizes.isEmpty { append(1, .zero) }
  }

  private mutating func append(_ size: Int, _ step: SIMD4<Int>) {
    if let last = sizes.indices.last, strides[last] == step &* SIMD4(repeating: size) {
      sizes[last] *= size
      strides[last] = step
    } else {
      sizes.append(size)
      strides.append(step)
    }
  }

  /// The steps of the operands along a row: the innermost axis.
  package var steps: SIMD4<Int> { strides[strides.count - 1] }
  package var rowLength: Int { sizes[sizes.count - 1] }
  package var rowCount: Int { sizes.dropLast().reduce(1, *) }

  /// Calls `body` with the number of each row of a range, and the operands' offsets at its start.
  package func forEachRow(in rows: Range<Int>, _ body: (Int, SIMD4<Int>) -> Void) {
    var (index, offsets) = position(ofRow: rows.lowerBound)
    for row in rows {
      body(row, offsets)
      advance(&index, &offsets)
    }
  }

  private func position(ofRow row: Int) -> (index: [Int], offsets: SIMD4<Int>) {
    var (index, offsets, rest) = (sizes.dropLast().map { _ in 0 }, SIMD4<Int>.zero, row)
    for axis in index.indices.reversed() {
      index[axis] = rest % sizes[axis]
      offsets &+= strides[axis] &* SIMD4(repeating: index[axis])
      rest /= sizes[axis]
    }
    return (index, offsets)
  }

  /// To the next row, like an odometer.
  @inline(__always)
  private func advance(_ index: inout [Int], _ offsets: inout SIMD4<Int>) {
    var axis = index.count - 1
    while axis >= 0 {
      index[axis] += 1
      offsets &+= strides[axis]
      if index[axis] < sizes[axis] { return }
      offsets &-= strides[axis] &* SIMD4(repeating: sizes[axis])
      index[axis] = 0
      axis -= 1
    }
  }
}

/// Elements below which an elementwise loop stays on one thread, and the piece a longer one is cut into. Handing a piece to
/// a waiting thread takes about half a microsecond; 16,384 additions from cache take 1.6, as many exponentials 5.
@inlinable package var elementwiseGrain: Int { 1 << 14 }
