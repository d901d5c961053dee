import CKernels

/// y = x[0..<n] by whole vectors, the last one overlapping the one before.
@inline(__always)
private func copyRow<E: Lane>(_ n: Int, _ x: UnsafePointer<E>, _ y: UnsafeMutablePointer<E>) {
  typealias V = E.Vector
  guard n >= V.lanes else {
    if n > 0 { V.store(V.load(x, count: n, fill: 0), y, count: n) }
    return
  }
  var i = 0
  while i < n {
    let at = min(i, n &- V.lanes)
    V.store(V.load(x + at), y + at)
    i &+= V.lanes
  }
}

@inline(__always)
private func fillRow<E: Lane>(_ n: Int, _ value: E, _ y: UnsafeMutablePointer<E>) {
  typealias V = E.Vector
  let fill = V(repeating: value)
  var i = 0
  while i &+ V.lanes <= n {
    V.store(fill, y + i)
    i &+= V.lanes
  }
  if i < n { V.store(fill, y + i, count: n &- i) }
}

/// evens[i] = x[2i], odds[i] = x[2i + 1].
@inline(__always)
private func splitRow<E: Lane>(
  _ n: Int, _ x: UnsafePointer<E>, _ evens: UnsafeMutablePointer<E>, _ odds: UnsafeMutablePointer<E>
) {
  typealias V = E.Vector
  var i = 0
  while 2 &* (i &+ V.lanes) <= n {
    let (a, b) = (V.load(x + 2 &* i), V.load(x + (2 &* i &+ V.lanes)))
    V.store(V.evens(a, b), evens + i)
    V.store(V.odds(a, b), odds + i)
    i &+= V.lanes
  }
  while 2 &* i < n {
    evens[i] = x[2 &* i]
    if 2 &* i &+ 1 < n { odds[i] = x[2 &* i &+ 1] }
    i &+= 1
  }
}

/// y = `before` times the fill, x[0..<count], `after` times the fill; with more than one phase, element i of that goes to
/// position i / phases of part i % phases, so that every `phases`-th element stands side by side. before + count + after
/// must be a multiple of phases.
@inline(__always)
private func padRow<E: Lane>(
  _ before: Int, _ count: Int, _ after: Int, _ phases: Int, _ fill: E, _ x: UnsafePointer<E>,
  _ y: UnsafeMutablePointer<E>
) {
  guard phases > 1 else {
    fillRow(before, fill, y)
    copyRow(count, x, y + before)
    return fillRow(after, fill, y + (before &+ count))
  }
  let whole = before &+ count &+ after
  if before &+ after > 0 { fillRow(whole, fill, y) }
  let part = whole / phases
  if phases == 2 {
    let isOdd = before & 1
    return splitRow(
      count, x, y + (isOdd &* part &+ before / 2), y + ((1 &- isOdd) &* part &+ (before &+ 1) / 2))
  }
  for phase in 0..<phases {
    // The first i at or after `before` with i % phases == phase.
    var i = before &+ (phase &- before % phases &+ phases) % phases
    var target = phase &* part &+ i / phases
    while i < before &+ count {
      y[target] = x[i &- before]
      i &+= phases
      target &+= 1
    }
  }
}

@inline(__always)
private func padRows<E: Lane>(
  _ rows: Int, _ before: Int, _ count: Int, _ after: Int, _ phases: Int, _ fill: E, _ x: UnsafePointer<E>, _ ldx: Int,
  _ y: UnsafeMutablePointer<E>, _ ldy: Int
) {
  for row in 0..<rows { padRow(before, count, after, phases, fill, x + row &* ldx, y + row &* ldy) }
}

@c(adj_conv_pad_rows_f32) @inline(__always)
func convPadRowsF32(
  _ rows: Int, _ before: Int, _ count: Int, _ after: Int, _ phases: Int, _ fill: Float, _ x: UnsafePointer<Float>,
  _ ldx: Int, _ y: UnsafeMutablePointer<Float>, _ ldy: Int
) {
  padRows(rows, before, count, after, phases, fill, x, ldx, y, ldy)
}

@c(adj_conv_pad_rows_f64) @inline(__always)
func convPadRowsF64(
  _ rows: Int, _ before: Int, _ count: Int, _ after: Int, _ phases: Int, _ fill: Double, _ x: UnsafePointer<Double>,
  _ ldx: Int, _ y: UnsafeMutablePointer<Double>, _ ldy: Int
) {
  padRows(rows, before, count, after, phases, fill, x, ldx, y, ldy)
}

/// Writes rows, `ldy` apart, with `fill` before and after each, its elements sorted by their position's remainder modulo
/// `phases`.
@inline(never)
package func padRows(
  _ kind: ElementKind, _ rows: Int, before: Int, count: Int, after: Int, phases: Int, fill: Float,
  _ x: UnsafeRawPointer, _ ldx: Int, _ y: UnsafeMutableRawPointer, _ ldy: Int
) {
  if kind == .float32 {
    adj_conv_pad_rows_f32_dispatch(
      rows, before, count, after, phases, fill, x.of(Float.self), ldx, y.of(Float.self), ldy)
  } else {
    adj_conv_pad_rows_f64_dispatch(
      rows, before, count, after, phases, Double(fill), x.of(Double.self), ldx, y.of(Double.self), ldy)
  }
}
