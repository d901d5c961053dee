import CKernels

/// A shift that keeps exponentials in range: the maximum, or 0 where that is infinite or NaN. So a line of −inf alone gives
/// ln 0 = −inf, and one with +inf gives +inf.
@inline(__always)
private func finiteShift<V: FloatVector>(_ maximum: V) -> V {
  V.select(V.less(maximum.magnitude(), V(repeating: .infinity)), maximum, V(repeating: 0))
}

/// ln Σ exp x = shift + tail for each row: apart, because a small difference from a large maximum would be rounded away.
@inline(__always)
private func logSumExpRows<E: Lane>(
  _ rows: Int, _ n: Int, _ x: UnsafePointer<E>, _ ld: Int, _ shifts: UnsafeMutablePointer<E>,
  _ tails: UnsafeMutablePointer<E>
) {
  for row in 0..<rows {
    let x = x + row &* ld
    let shift = scalar(reduceRow(LargestNumber.self, n, x)) { finiteShift($0) }
    (shifts[row], tails[row]) = (shift, scalar(sumOfExponentials(n, x, shift, nil)) { vectorLog($0) })
  }
}

@c(adj_logsumexp_rows_f32) @inline(__always)
func logSumExpRowsF32(
  _ rows: Int, _ n: Int, _ x: UnsafePointer<Float>, _ ld: Int, _ shifts: UnsafeMutablePointer<Float>,
  _ tails: UnsafeMutablePointer<Float>
) {
  logSumExpRows(rows, n, x, ld, shifts, tails)
}

@c(adj_logsumexp_rows_f64) @inline(__always)
func logSumExpRowsF64(
  _ rows: Int, _ n: Int, _ x: UnsafePointer<Double>, _ ld: Int, _ shifts: UnsafeMutablePointer<Double>,
  _ tails: UnsafeMutablePointer<Double>
) {
  logSumExpRows(rows, n, x, ld, shifts, tails)
}

/// Columns: the maxima, then the sums.
@inline(__always)
private func logSumExpColumns<E: Lane>(
  _ n: Int, _ width: Int, _ x: UnsafePointer<E>, _ ld: Int, _ scratch: UnsafeMutablePointer<E>,
  _ shifts: UnsafeMutablePointer<E>, _ tails: UnsafeMutablePointer<E>
) {
  typealias V = E.Vector
  columnMaxima(n, width, x, ld, scratch, shifts)
  forEachVector(V.self, width) { j, count in
    storeLanes(finiteShift(loadLanes(shifts + j, count) as V), shifts + j, count)
  }
  sumsOfExponentials(n, width, x, ld, shifts, nil, 0, scratch)
  forEachVector(V.self, width) { j, count in
    storeLanes(vectorLog(loadLanes(scratch + j, count) as V), tails + j, count)
  }
}

@c(adj_logsumexp_columns_f32) @inline(__always)
func logSumExpColumnsF32(
  _ n: Int, _ width: Int, _ x: UnsafePointer<Float>, _ ld: Int, _ scratch: UnsafeMutablePointer<Float>,
  _ shifts: UnsafeMutablePointer<Float>, _ tails: UnsafeMutablePointer<Float>
) {
  logSumExpColumns(n, width, x, ld, scratch, shifts, tails)
}

@c(adj_logsumexp_columns_f64) @inline(__always)
func logSumExpColumnsF64(
  _ n: Int, _ width: Int, _ x: UnsafePointer<Double>, _ ld: Int, _ scratch: UnsafeMutablePointer<Double>,
  _ shifts: UnsafeMutablePointer<Double>, _ tails: UnsafeMutablePointer<Double>
) {
  logSumExpColumns(n, width, x, ld, scratch, shifts, tails)
}

@inline(never)
private func logSumExpRows(
  _ kind: ElementKind, _ rows: Int, _ n: Int, _ x: UnsafeRawPointer, _ ld: Int, _ shifts: UnsafeMutableRawPointer,
  _ tails: UnsafeMutableRawPointer
) {
  switch kind {
  case .float32:
    adj_logsumexp_rows_f32_dispatch(rows, n, x.of(Float.self), ld, shifts.of(Float.self), tails.of(Float.self))
  case .float64:
    adj_logsumexp_rows_f64_dispatch(rows, n, x.of(Double.self), ld, shifts.of(Double.self), tails.of(Double.self))
  default: fatalError("logSumExp has no integer kernel")
  }
}

@inline(never)
private func logSumExpColumns(
  _ kind: ElementKind, _ n: Int, _ width: Int, _ x: UnsafeRawPointer, _ ld: Int, _ shifts: UnsafeMutableRawPointer,
  _ tails: UnsafeMutableRawPointer
) {
  switch kind {
  case .float32:
    withScratch(Float.self, 2 * width) {
      adj_logsumexp_columns_f32_dispatch(
        n, width, x.of(Float.self), ld, $0, shifts.of(Float.self), tails.of(Float.self))
    }
  case .float64:
    withScratch(Double.self, 2 * width) {
      adj_logsumexp_columns_f64_dispatch(
        n, width, x.of(Double.self), ld, $0, shifts.of(Double.self), tails.of(Double.self))
    }
  default: fatalError("logSumExp has no integer kernel")
  }
}

/// ln Σ eˣ of lines as shift + tail, [outer, inner] each: the shift is the line's maximum, or 0 where that is infinite.
package func logSumExpParts(
  _ kind: ElementKind, _ lines: Lines, _ x: LinesOf, shifts: UnsafeMutableRawPointer, tails: UnsafeMutableRawPointer
) {
  let size = kind.size
  forEachPart(lines, grain: linesGrain / 4) { groups in
    let (first, at) = (groups.lowerBound, groups.lowerBound * size)
    logSumExpRows(kind, groups.count, lines.n, x.at(first), x.group, shifts + at, tails + at)
  } columns: { outer, columns in
    let at = (outer * lines.inner + columns.lowerBound) * size
    let source = x.at(outer, 0, columns.lowerBound)
    logSumExpColumns(kind, lines.n, columns.count, source, x.step, shifts + at, tails + at)
  }
}

/// ln Σ eˣ of lines, [outer, inner], shifted by each line's maximum: no exponential overflows, and infinities count as
/// their limits.
package func logSumExp(_ kind: ElementKind, _ lines: Lines, _ x: LinesOf, _ y: UnsafeMutableRawPointer) {
  let count = lines.outer * lines.inner
  withScratch(UInt8.self, count * kind.size) { scratch in
    let tails = UnsafeMutableRawPointer(scratch)
    logSumExpParts(kind, lines, x, shifts: y, tails: tails)
    switch kind {
    case .float32: for i in 0..<count { y.of(Float.self)[i] += tails.of(Float.self)[i] }
    default: for i in 0..<count { y.of(Double.self)[i] += tails.of(Double.self)[i] }
    }
  }
}
