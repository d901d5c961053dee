/// Elements below which a reduction stays on one thread, and the piece a long one is cut into.
private let reductionGrain = 1 << 15

/// Reduces the middle axis of x[outer, n, inner] to y[outer, inner].
///
/// A sum's error is at most (n/2048 + 32 + log₂ …) ε·Σ|x|: pieces of fixed size are summed in lanes and blocks, then
/// their sums again. The cut depends on the shape alone, so any number of threads gives the same bits.
package func reduce(
  _ reduction: Reduction, _ kind: ElementKind, outer: Int, _ n: Int, inner: Int, _ x: UnsafeRawPointer,
  _ y: UnsafeMutableRawPointer
) {
  guard outer > 0, inner > 0 else { return }
  if outer == 1 {
    if inner > reductionGrain / 2 { return reduceInStrips(reduction, kind, n, inner, x, y) }
    if n > 2 * (reductionGrain / inner) { return reduceInPieces(reduction, kind, n, inner, x, y) }
  }
  let size = kind.size
  parallel(outer, grain: max(1, reductionGrain / max(1, n * inner))) { range in
    if inner == 1 {
      let (source, target) = (x + range.lowerBound * n * size, y + range.lowerBound * size)
      return reduceRows(reduction, kind, range.count, n, source, target)
    }
    for o in range {
      reduceColumns(reduction, kind, n, inner, x + o * n * inner * size, inner, y + o * inner * size)
    }
  }
}

/// One wide reduction: each strip of columns on its own.
private func reduceInStrips(
  _ reduction: Reduction, _ kind: ElementKind, _ n: Int, _ inner: Int, _ x: UnsafeRawPointer,
  _ y: UnsafeMutableRawPointer
) {
  let grain = (reductionGrain / max(1, n) + 63) / 64 * 64
  parallel(inner, grain: max(64, grain)) { columns in
    let start = columns.lowerBound * kind.size
    reduceColumns(reduction, kind, n, columns.count, x + start, inner, y + start)
  }
}

/// One long reduction: pieces of rows, at least two each, into partial results, then those.
private func reduceInPieces(
  _ reduction: Reduction, _ kind: ElementKind, _ n: Int, _ inner: Int, _ x: UnsafeRawPointer,
  _ y: UnsafeMutableRawPointer
) {
  let grain = reductionGrain / inner
  let pieces = (n + grain - 1) / grain
  let rowBytes = inner * kind.size
  withScratch(UInt8.self, pieces * rowBytes) { scratch in
    let partial = UnsafeMutableRawPointer(scratch)
    parallel(pieces) { piece in
      let count = min(grain, n - piece * grain)
      let (source, target) = (x + piece * grain * rowBytes, partial + piece * rowBytes)
      reduce(reduction, kind, outer: 1, count, inner: inner, source, target)
    }
    reduce(reduction, kind, outer: 1, pieces, inner: inner, partial, y)
  }
}
