import CKernels

/// y·(g − dot), or g − eʸ·dot for the logarithm.
@inline(__always)
private func gradient<V: FloatVector>(_ log: Bool, _ g: V, _ y: V, _ dot: V) -> V {
  log ? V.negmuladd(vectorExp(y), dot, g) : y * (g - dot)
}

/// Σ g·y, or Σ g for the logarithm.
@inline(__always)
private func dot<E: Lane>(_ log: Bool, _ n: Int, _ g: UnsafePointer<E>, _ y: UnsafePointer<E>) -> E {
  typealias V = E.Vector
  if log { return reduceRow(SumOf.self, n, g) }
  let total: V = sumOfBlocks(n) { start, count in
    let (g, y) = (g + start, y + start)
    var (a, b) = (V(repeating: 0), V(repeating: 0))
    var i = 0
    while i &+ 2 &* V.lanes <= count {
      a = V.muladd(V.load(g + i), V.load(y + i), a)
      b = V.muladd(V.load(g + i + V.lanes), V.load(y + i + V.lanes), b)
      i &+= 2 &* V.lanes
    }
    while i < count {
      let rest = min(V.lanes, count &- i)
      a = V.muladd(loadLanes(g + i, rest), loadLanes(y + i, rest), a)
      i &+= V.lanes
    }
    return a + b
  }
  return total.sum()
}

@inline(__always)
private func gradientRows<E: Lane>(
  _ log: Bool, _ rows: Int, _ n: Int, _ g: UnsafePointer<E>, _ ldg: Int, _ y: UnsafePointer<E>, _ ldy: Int,
  _ dx: UnsafeMutablePointer<E>, _ lddx: Int
) {
  typealias V = E.Vector
  for row in 0..<rows {
    let (g, y, dx) = (g + row &* ldg, y + row &* ldy, dx + row &* lddx)
    let s = V(repeating: dot(log, n, g, y))
    forEachVector(V.self, n) { i, count in
      storeLanes(gradient(log, loadLanes(g + i, count), loadLanes(y + i, count), s), dx + i, count)
    }
  }
}

@c(adj_softmax_grad_rows_f32) @inline(__always)
func softmaxGradientRowsF32(
  _ log: Bool, _ rows: Int, _ n: Int, _ g: UnsafePointer<Float>, _ ldg: Int, _ y: UnsafePointer<Float>, _ ldy: Int,
  _ dx: UnsafeMutablePointer<Float>, _ lddx: Int
) {
  gradientRows(log, rows, n, g, ldg, y, ldy, dx, lddx)
}

@c(adj_softmax_grad_rows_f64) @inline(__always)
func softmaxGradientRowsF64(
  _ log: Bool, _ rows: Int, _ n: Int, _ g: UnsafePointer<Double>, _ ldg: Int, _ y: UnsafePointer<Double>, _ ldy: Int,
  _ dx: UnsafeMutablePointer<Double>, _ lddx: Int
) {
  gradientRows(log, rows, n, g, ldg, y, ldy, dx, lddx)
}

@inline(__always)
private func gradientColumns<E: Lane>(
  _ log: Bool, _ n: Int, _ width: Int, _ g: UnsafePointer<E>, _ ldg: Int, _ y: UnsafePointer<E>, _ ldy: Int,
  _ dx: UnsafeMutablePointer<E>, _ lddx: Int, _ dots: UnsafeMutablePointer<E>
) {
  typealias V = E.Vector
  sumColumns(n, width, dots) { i, j, count in
    let row: V = loadLanes(g + i &* ldg + j, count)
    return log ? row : row * loadLanes(y + i &* ldy + j, count)
  }
  for i in 0..<n {
    let (g, y, dx) = (g + i &* ldg, y + i &* ldy, dx + i &* lddx)
    forEachVector(V.self, width) { j, count in
      let dot: V = loadLanes(dots + j, count)
      storeLanes(gradient(log, loadLanes(g + j, count), loadLanes(y + j, count), dot), dx + j, count)
    }
  }
}

@c(adj_softmax_grad_columns_f32) @inline(__always)
func softmaxGradientColumnsF32(
  _ log: Bool, _ n: Int, _ width: Int, _ g: UnsafePointer<Float>, _ ldg: Int, _ y: UnsafePointer<Float>, _ ldy: Int,
  _ dx: UnsafeMutablePointer<Float>, _ lddx: Int, _ dots: UnsafeMutablePointer<Float>
) {
  gradientColumns(log, n, width, g, ldg, y, ldy, dx, lddx, dots)
}

@c(adj_softmax_grad_columns_f64) @inline(__always)
func softmaxGradientColumnsF64(
  _ log: Bool, _ n: Int, _ width: Int, _ g: UnsafePointer<Double>, _ ldg: Int, _ y: UnsafePointer<Double>, _ ldy: Int,
  _ dx: UnsafeMutablePointer<Double>, _ lddx: Int, _ dots: UnsafeMutablePointer<Double>
) {
  gradientColumns(log, n, width, g, ldg, y, ldy, dx, lddx, dots)
}

@inline(never)
private func gradientRows(
  log: Bool, _ kind: ElementKind, _ rows: Int, _ n: Int, _ g: UnsafeRawPointer, _ ldg: Int, _ y: UnsafeRawPointer,
  _ ldy: Int, _ dx: UnsafeMutableRawPointer, _ lddx: Int
) {
  switch kind {
  case .float32:
    adj_softmax_grad_rows_f32_dispatch(
      log, rows, n, g.of(Float.self), ldg, y.of(Float.self), ldy, dx.of(Float.self), lddx)
  case .float64:
    adj_softmax_grad_rows_f64_dispatch(
      log, rows, n, g.of(Double.self), ldg, y.of(Double.self), ldy, dx.of(Double.self), lddx)
  default: fatalError("softmax has no integer kernel")
  }
}

@inline(never)
private func gradientColumns(
  log: Bool, _ kind: ElementKind, _ n: Int, _ width: Int, _ g: UnsafeRawPointer, _ ldg: Int, _ y: UnsafeRawPointer,
  _ ldy: Int, _ dx: UnsafeMutableRawPointer, _ lddx: Int
) {
  switch kind {
  case .float32:
    withScratch(Float.self, 2 * width) {
      adj_softmax_grad_columns_f32_dispatch(
        log, n, width, g.of(Float.self), ldg, y.of(Float.self), ldy, dx.of(Float.self), lddx, $0)
    }
  case .float64:
    withScratch(Double.self, 2 * width) {
      adj_softmax_grad_columns_f64_dispatch(
        log, n, width, g.of(Double.self), ldg, y.of(Double.self), ldy, dx.of(Double.self), lddx, $0)
    }
  default: fatalError("softmax has no integer kernel")
  }
}

/// The backward pass of ``softmax(log:_:_:_:_:)`` from its output y: y·(g − Σ g·y), or g − eʸ·Σ g for the logarithm.
package func softmaxGradient(
  log: Bool, _ kind: ElementKind, _ lines: Lines, _ g: LinesOf, _ y: LinesOf, _ dx: LinesOf
) {
  forEachPart(lines, strip: 1024) { groups in
    let first = groups.lowerBound
    let (g0, y0, d0) = (g.at(first), y.at(first), dx.at(first))
    gradientRows(log: log, kind, groups.count, lines.n, g0, g.group, y0, y.group, d0, dx.group)
  } columns: { outer, columns in
    let first = columns.lowerBound
    let (g0, y0, d0) = (g.at(outer, 0, first), y.at(outer, 0, first), dx.at(outer, 0, first))
    gradientColumns(log: log, kind, lines.n, columns.count, g0, g.step, y0, y.step, d0, dx.step)
  }
}
