/// Elements that one thread looks at.
private let nonzeroGrain = 1 << 15

private func nonzero<E: Numeric>(
  _ n: Int, _ x: UnsafePointer<E>, _ allocate: (Int) -> UnsafeMutablePointer<Int64>
) {
  let pieces = (n + nonzeroGrain - 1) / nonzeroGrain
  func range(_ piece: Int) -> Range<Int> { piece &* nonzeroGrain..<min(n, (piece &+ 1) &* nonzeroGrain) }
  withScratch(Int.self, pieces) { starts in
    parallel(pieces) { piece in
      starts[piece] = range(piece).reduce(0) { $0 &+ (x[$1] != 0 ? 1 : 0) }
    }
    var total = 0
    for piece in 0..<pieces { (starts[piece], total) = (total, total + starts[piece]) }
    let y = allocate(total)
    parallel(pieces) { piece in
      var at = starts[piece]
      for i in range(piece) where x[i] != 0 {
        y[at] = Int64(i)
        at &+= 1
      }
    }
  }
}

/// Where the elements of x that are not zero stand, in order; NaN is not zero. `allocate` is told their number and gives
/// the memory.
package func nonzero(
  _ kind: ElementKind, _ n: Int, _ x: UnsafeRawPointer, _ allocate: (Int) -> UnsafeMutablePointer<Int64>
) {
  switch kind {
  case .float32: nonzero(n, x.of(Float.self), allocate)
  case .float64: nonzero(n, x.of(Double.self), allocate)
  case .int32: nonzero(n, x.of(Int32.self), allocate)
  case .int64: nonzero(n, x.of(Int64.self), allocate)
  case .uint8, .bool: nonzero(n, x.of(UInt8.self), allocate)
  }
}

/// y[axis, i] = the position on that axis of the element numbered places[i] of a row-major array of these sizes.
package func unravel(_ n: Int, _ places: UnsafePointer<Int64>, sizes: [Int], _ y: UnsafeMutablePointer<Int64>) {
  parallel(n, grain: nonzeroGrain) { range in
    for i in range {
      var rest = places[i]
      for axis in sizes.indices.reversed() {
        let (quotient, remainder) = rest.quotientAndRemainder(dividingBy: Int64(sizes[axis]))
        y[axis &* n &+ i] = remainder
        rest = quotient
      }
    }
  }
}
