/// Gather along the middle axis of [outer, n, inner], the indices of shape [outer, count, inner]. The caller has checked
/// every index against 0..<n.

/// Elements that one thread moves at least.
private let gatherGrain = 1 << 14

/// Calls `body` in parallel with the positions and strips of [outer, inner]: every line along the middle axis, of `count`
/// elements, belongs to one strip. Where lines are longer than a strip, and rows aligned, no two threads write to one cache line.
func forEachStrip(outer: Int, count: Int, inner: Int, _ body: (Int, Range<Int>) -> Void) {
  let width = max(64, (gatherGrain / max(1, count) + 63) / 64 * 64)
  let strips = (inner + width - 1) / width
  let area = count * min(inner, width)
  parallel(outer * strips, grain: max(1, gatherGrain / max(1, area))) { range in
    for piece in range {
      let start = piece % strips * width
      body(piece / strips, start..<min(start + width, inner))
    }
  }
}

/// Calls `body` in parallel with the outer positions of [outer, count, inner] and ranges of their rows.
func forEachRun(outer: Int, count: Int, inner: Int, _ body: (Int, Range<Int>) -> Void) {
  let height = max(1, gatherGrain / max(1, inner))
  let runs = (count + height - 1) / height
  parallel(outer * runs, grain: max(1, height / max(1, count))) { range in
    for piece in range {
      let start = piece % runs * height
      body(piece / runs, start..<min(start + height, count))
    }
  }
}

private func gather<E>(
  _ outer: Int, _ n: Int, _ count: Int, _ inner: Int, _ x: UnsafePointer<E>, _ index: UnsafePointer<Int64>,
  _ y: UnsafeMutablePointer<E>
) {
  forEachRun(outer: outer, count: count, inner: inner) { o, rows in
    let source = x + o &* n &* inner
    if inner == 1 {
      for at in o &* count &+ rows.lowerBound..<o &* count &+ rows.upperBound { y[at] = source[Int(index[at])] }
      return
    }
    for i in rows {
      let row = (o &* count &+ i) &* inner
      for j in 0..<inner { y[row &+ j] = source[Int(index[row &+ j]) &* inner &+ j] }
    }
  }
}

/// y[o, i, j] = x[o, index[o, i, j], j].
package func gather(
  _ kind: ElementKind, outer: Int, _ n: Int, count: Int, inner: Int, _ x: UnsafeRawPointer,
  _ index: UnsafePointer<Int64>, _ y: UnsafeMutableRawPointer
) {
  switch kind.size {
  case 1: gather(outer, n, count, inner, x.of(UInt8.self), index, y.of(UInt8.self))
  case 4: gather(outer, n, count, inner, x.of(UInt32.self), index, y.of(UInt32.self))
  default: gather(outer, n, count, inner, x.of(UInt64.self), index, y.of(UInt64.self))
  }
}

/// Whether every index is in 0..<limit.
package func areWithin(_ limit: Int, _ n: Int, _ index: UnsafePointer<Int64>) -> Bool {
  // The sign bit of i | (limit − 1 − i) is set exactly if i < 0 or i ≥ limit.
  var signs: Int64 = 0
  for i in 0..<n { signs |= index[i] | (Int64(limit) &- 1 &- index[i]) }
  return signs >= 0
}
