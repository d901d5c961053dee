import CKernels

/// Σ exp(xᵢ − shift), writing each term to y unless y is nil.
@inline(__always)
func sumOfExponentials<E: Lane>(_ n: Int, _ x: UnsafePointer<E>, _ shift: E, _ y: UnsafeMutablePointer<E>?) -> E {
  typealias V = E.Vector
  let s = V(repeating: shift)
  let total = sumOfBlocks(n) { start, count in
    var total = V(repeating: 0)
    let (x, y) = (x + start, y.map { $0 + start })
    forEachVector(V.self, count) { i, count in
      let e = vectorExp(loadLanes(x + i, count, fill: -.infinity) - s)
      if let y { storeLanes(e, y + i, count) }
      total = total + e
    }
    return total
  }
  return total.sum()
}

@inline(__always)
private func softmaxRows<E: Lane>(
  _ log: Bool, _ rows: Int, _ n: Int, _ x: UnsafePointer<E>, _ ldx: Int, _ y: UnsafeMutablePointer<E>, _ ldy: Int
) {
  typealias V = E.Vector
  for row in 0..<rows {
    let (x, y) = (x + row &* ldx, y + row &* ldy)
    let maximum = reduceRow(LargestNumber.self, n, x)
    let total = sumOfExponentials(n, x, maximum, log ? nil : y)
    if log {
      let (shift, tail) = (V(repeating: maximum), V(repeating: scalar(total) { vectorLog($0) }))
      forEachVector(V.self, n) { i, count in storeLanes((loadLanes(x + i, count) - shift) - tail, y + i, count) }
    } else {
      let scale = V(repeating: 1 / total)
      forEachVector(V.self, n) { i, count in storeLanes(loadLanes(y + i, count) * scale, y + i, count) }
    }
  }
}

@c(adj_softmax_rows_f32) @inline(__always)
func softmaxRowsF32(
  _ log: Bool, _ rows: Int, _ n: Int, _ x: UnsafePointer<Float>, _ ldx: Int, _ y: UnsafeMutablePointer<Float>,
  _ ldy: Int
) {
  softmaxRows(log, rows, n, x, ldx, y, ldy)
}

@c(adj_softmax_rows_f64) @inline(__always)
func softmaxRowsF64(
  _ log: Bool, _ rows: Int, _ n: Int, _ x: UnsafePointer<Double>, _ ldx: Int, _ y: UnsafeMutablePointer<Double>,
  _ ldy: Int
) {
  softmaxRows(log, rows, n, x, ldx, y, ldy)
}

@inline(never)
private func softmaxRows(
  log: Bool, _ kind: ElementKind, _ rows: Int, _ n: Int, _ x: UnsafeRawPointer, _ ldx: Int,
  _ y: UnsafeMutableRawPointer,
  _ ldy: Int
) {
  switch kind {
  case .float32: adj_softmax_rows_f32_dispatch(log, rows, n, x.of(Float.self), ldx, y.of(Float.self), ldy)
  case .float64: adj_softmax_rows_f64_dispatch(log, rows, n, x.of(Double.self), ldx, y.of(Double.self), ldy)
  default: fatalError("softmax has no integer kernel")
  }
}

/// Softmax, or its logarithm, along lines of n ≥ 1 elements, shifted by each line's maximum so that no exponential
/// overflows.
package func softmax(log: Bool, _ kind: ElementKind, _ lines: Lines, _ x: LinesOf, _ y: LinesOf) {
  forEachPart(lines, grain: linesGrain / 4, strip: 1024) { groups in
    let first = groups.lowerBound
    softmaxRows(log: log, kind, groups.count, lines.n, x.at(first), x.group, y.at(first), y.group)
  } columns: { outer, columns in
    let first = columns.lowerBound
    let (source, target) = (x.at(outer, 0, first), y.at(outer, 0, first))
    softmaxColumns(log: log, kind, lines.n, columns.count, source, x.step, target, y.step)
  }
}
