/// One line: h ← b[i] + a[i]·h in double precision, n elements `step` apart, backward if the step is negative.
@inline(__always)
private func recur<E: BinaryFloatingPoint>(
  _ n: Int, _ a: UnsafePointer<E>, _ b: UnsafePointer<E>, _ y: UnsafeMutablePointer<E>, _ step: Int
) {
  var h = 0.0
  for i in 0..<n {
    h = Double(b[i &* step]) + Double(a[i &* step]) * h
    y[i &* step] = E(h)
  }
}

/// Columns side by side, row after row, so that memory is read in order; `h` holds what each has come to.
@inline(__always)
private func recurColumns<E: BinaryFloatingPoint>(
  _ n: Int, _ width: Int, _ a: UnsafePointer<E>, _ b: UnsafePointer<E>, _ y: UnsafeMutablePointer<E>, _ step: Int,
  _ h: UnsafeMutablePointer<Double>
) {
  h.update(repeating: 0, count: width)
  for i in 0..<n {
    let (a, b, y) = (a + i &* step, b + i &* step, y + i &* step)
    for j in 0..<width {
      h[j] = Double(b[j]) + Double(a[j]) * h[j]
      y[j] = E(h[j])
    }
  }
}

@inline(__always)
private func recur<E: BinaryFloatingPoint>(
  _ reversed: Bool, _ lines: Lines, _ a: UnsafePointer<E>, _ b: UnsafePointer<E>, _ y: UnsafeMutablePointer<E>
) {
  let (n, inner) = (lines.n, lines.inner)
  guard n > 0 else { return }
  let (first, step) = reversed ? ((n - 1) * inner, -inner) : (0, inner)
  forEachPart(lines) { rows in
    for row in rows {
      let at = row &* n &+ first
      recur(n, a + at, b + at, y + at, step)
    }
  } columns: { outer, columns in
    let at = outer &* n &* inner &+ first &+ columns.lowerBound
    withScratch(Double.self, columns.count) { recurColumns(n, columns.count, a + at, b + at, y + at, step, $0) }
  }
}

/// y[o, i, j] = b[o, i, j] + a[o, i, j]·y[o, i − 1, j] along the middle axis of [outer, n, inner], with 0 before the
/// first; reversed, with y[o, i + 1, j] and 0 after the last. For float32 and float64, computed in float64. Each line
/// is worked on by one thread.
package func linearRecurrence(
  _ kind: ElementKind, reversed: Bool, outer: Int, _ n: Int, inner: Int, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer,
  _ y: UnsafeMutableRawPointer
) {
  let lines = Lines(outer: outer, n, inner: inner)
  switch kind {
  case .float32: recur(reversed, lines, a.of(Float.self), b.of(Float.self), y.of(Float.self))
  case .float64: recur(reversed, lines, a.of(Double.self), b.of(Double.self), y.of(Double.self))
  default: fatalError("linearRecurrence has no integer kernel")
  }
}
