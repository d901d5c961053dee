import CKernels

/// g·exp(x − total) with total = shift + tail, 0 where that is −inf: the share of each element in its line's sum of
/// exponentials.
@inline(__always)
private func share<V: FloatVector>(_ x: V, _ shift: V, _ tail: V, _ g: V) -> V {
  let isEmpty = V.equal(shift + tail, V(repeating: -.infinity))
  return V.select(isEmpty, V(repeating: 0), vectorExp((x - shift) - tail) * g)
}

@inline(__always)
private func gradientRows<E: Lane>(
  _ rows: Int, _ n: Int, _ x: UnsafePointer<E>, _ ldx: Int, _ shifts: UnsafePointer<E>, _ tails: UnsafePointer<E>,
  _ g: UnsafePointer<E>,
  _ dx: UnsafeMutablePointer<E>, _ lddx: Int
) {
  typealias V = E.Vector
  for row in 0..<rows {
    let (x, dx) = (x + row &* ldx, dx + row &* lddx)
    let (shift, tail, gradient) = (V(repeating: shifts[row]), V(repeating: tails[row]), V(repeating: g[row]))
    forEachVector(V.self, n) { i, count in
      storeLanes(share(loadLanes(x + i, count), shift, tail, gradient), dx + i, count)
    }
  }
}

@c(adj_logsumexp_grad_rows_f32) @inline(__always)
func logSumExpGradientRowsF32(
  _ rows: Int, _ n: Int, _ x: UnsafePointer<Float>, _ ldx: Int, _ shifts: UnsafePointer<Float>,
  _ tails: UnsafePointer<Float>,
  _ g: UnsafePointer<Float>, _ dx: UnsafeMutablePointer<Float>, _ lddx: Int
) {
  gradientRows(rows, n, x, ldx, shifts, tails, g, dx, lddx)
}

@c(adj_logsumexp_grad_rows_f64) @inline(__always)
func logSumExpGradientRowsF64(
  _ rows: Int, _ n: Int, _ x: UnsafePointer<Double>, _ ldx: Int, _ shifts: UnsafePointer<Double>,
  _ tails: UnsafePointer<Double>,
  _ g: UnsafePointer<Double>, _ dx: UnsafeMutablePointer<Double>, _ lddx: Int
) {
  gradientRows(rows, n, x, ldx, shifts, tails, g, dx, lddx)
}

@inline(__always)
private func gradientColumns<E: Lane>(
  _ n: Int, _ width: Int, _ x: UnsafePointer<E>, _ ldx: Int, _ shifts: UnsafePointer<E>, _ tails: UnsafePointer<E>,
  _ g: UnsafePointer<E>,
  _ dx: UnsafeMutablePointer<E>, _ lddx: Int
) {
  typealias V = E.Vector
  for i in 0..<n {
    let (x, dx) = (x + i &* ldx, dx + i &* lddx)
    forEachVector(V.self, width) { j, count in
      let (shift, tail): (V, V) = (loadLanes(shifts + j, count), loadLanes(tails + j, count))
      storeLanes(share(loadLanes(x + j, count), shift, tail, loadLanes(g + j, count)), dx + j, count)
    }
  }
}

@c(adj_logsumexp_grad_columns_f32) @inline(__always)
func logSumExpGradientColumnsF32(
  _ n: Int, _ width: Int, _ x: UnsafePointer<Float>, _ ldx: Int, _ shifts: UnsafePointer<Float>,
  _ tails: UnsafePointer<Float>,
  _ g: UnsafePointer<Float>, _ dx: UnsafeMutablePointer<Float>, _ lddx: Int
) {
  gradientColumns(n, width, x, ldx, shifts, tails, g, dx, lddx)
}

@c(adj_logsumexp_grad_columns_f64) @inline(__always)
func logSumExpGradientColumnsF64(
  _ n: Int, _ width: Int, _ x: UnsafePointer<Double>, _ ldx: Int, _ shifts: UnsafePointer<Double>,
  _ tails: UnsafePointer<Double>,
  _ g: UnsafePointer<Double>, _ dx: UnsafeMutablePointer<Double>, _ lddx: Int
) {
  gradientColumns(n, width, x, ldx, shifts, tails, g, dx, lddx)
}

@inline(never)
private func gradientRows(
  _ kind: ElementKind, _ rows: Int, _ n: Int, _ x: UnsafeRawPointer, _ ldx: Int, _ shifts: UnsafeRawPointer,
  _ tails: UnsafeRawPointer,
  _ g: UnsafeRawPointer, _ dx: UnsafeMutableRawPointer, _ lddx: Int
) {
  switch kind {
  case .float32:
    adj_logsumexp_grad_rows_f32_dispatch(
      rows, n, x.of(Float.self), ldx, shifts.of(Float.self), tails.of(Float.self), g.of(Float.self), dx.of(Float.self),
      lddx)
  case .float64:
    adj_logsumexp_grad_rows_f64_dispatch(
      rows, n, x.of(Double.self), ldx, shifts.of(Double.self), tails.of(Double.self), g.of(Double.self),
      dx.of(Double.self), lddx)
  default: fatalError("logSumExp has no integer kernel")
  }
}

@inline(never)
private func gradientColumns(
  _ kind: ElementKind, _ n: Int, _ width: Int, _ x: UnsafeRawPointer, _ ldx: Int, _ shifts: UnsafeRawPointer,
  _ tails: UnsafeRawPointer,
  _ g: UnsafeRawPointer, _ dx: UnsafeMutableRawPointer, _ lddx: Int
) {
  switch kind {
  case .float32:
    adj_logsumexp_grad_columns_f32_dispatch(
      n, width, x.of(Float.self), ldx, shifts.of(Float.self), tails.of(Float.self), g.of(Float.self), dx.of(Float.self),
      lddx)
  case .float64:
    adj_logsumexp_grad_columns_f64_dispatch(
      n, width, x.of(Double.self), ldx, shifts.of(Double.self), tails.of(Double.self), g.of(Double.self),
      dx.of(Double.self), lddx)
  default: fatalError("logSumExp has no integer kernel")
  }
}

/// The backward pass of ``logSumExp(_:_:_:_:)``: dx = g·exp(x − total), from each line's total, as shift + tail, and
/// its gradient g, all [outer, inner].
package func logSumExpGradient(
  _ kind: ElementKind, _ lines: Lines, _ x: LinesOf, shifts: UnsafeRawPointer, tails: UnsafeRawPointer,
  _ g: UnsafeRawPointer, _ dx: LinesOf
) {
  let size = kind.size
  forEachPart(lines, grain: linesGrain / 4) { groups in
    let (first, at) = (groups.lowerBound, groups.lowerBound * size)
    gradientRows(
      kind, groups.count, lines.n, x.at(first), x.group, shifts + at, tails + at, g + at, dx.at(first), dx.group)
  } columns: { outer, columns in
    let (first, at) = (columns.lowerBound, (outer * lines.inner + columns.lowerBound) * size)
    let (source, target) = (x.at(outer, 0, first), dx.at(outer, 0, first))
    gradientColumns(kind, lines.n, columns.count, source, x.step, shifts + at, tails + at, g + at, target, dx.step)
  }
}
