import CKernels

/// maxima[j] = the largest number of column j. The scratch holds `width` elements.
@inline(__always)
func columnMaxima<E: Lane>(
  _ n: Int, _ width: Int, _ x: UnsafePointer<E>, _ ld: Int, _ scratch: UnsafeMutablePointer<E>,
  _ maxima: UnsafeMutablePointer<E>
) {
  reduceStrip(LargestNumber.self, n, width, x, ld, scratch, maxima)
}

/// sums[j] = Σ terms of column j over n rows, `term(i, j, count)`, which may write results too. Rows are added up in blocks,
/// so `sums` holds 2·width elements.
@inline(__always)
func sumColumns<E: Lane>(
  _ n: Int, _ width: Int, _ sums: UnsafeMutablePointer<E>, _ term: (_ i: Int, _ j: Int, _ count: Int) -> E.Vector
) {
  let block = sums + width
  sums.update(repeating: 0, count: width)
  var start = 0
  while start < n {
    block.update(repeating: 0, count: width)
    for i in start..<min(n, start &+ columnBlock) {
      forEachVector(E.Vector.self, width) { j, count in
        storeLanes(loadLanes(block + j, count) + term(i, j, count), block + j, count)
      }
    }
    forEachVector(E.Vector.self, width) { j, count in
      storeLanes(loadLanes(sums + j, count) + loadLanes(block + j, count) as E.Vector, sums + j, count)
    }
    start &+= columnBlock
  }
}

/// sums[j] = Σ exp(x[i, j] − shift[j]), writing each term to y unless y is nil; `sums` holds 2·width elements.
@inline(__always)
func sumsOfExponentials<E: Lane>(
  _ n: Int, _ width: Int, _ x: UnsafePointer<E>, _ ldx: Int, _ shift: UnsafePointer<E>, _ y: UnsafeMutablePointer<E>?,
  _ ldy: Int, _ sums: UnsafeMutablePointer<E>
) {
  sumColumns(n, width, sums) { i, j, count in
    let e: E.Vector = vectorExp(loadLanes(x + i &* ldx + j, count) - loadLanes(shift + j, count))
    if let y { storeLanes(e, y + i &* ldy + j, count) }
    return e
  }
}

/// Columns side by side: maxima, sums of exponentials, results; each pass reads rows in whole cache lines. The scratch
/// holds 3·width elements.
@inline(__always)
private func softmaxColumns<E: Lane>(
  _ log: Bool, _ n: Int, _ width: Int, _ x: UnsafePointer<E>, _ ldx: Int, _ y: UnsafeMutablePointer<E>, _ ldy: Int,
  _ scratch: UnsafeMutablePointer<E>
) {
  typealias V = E.Vector
  let (maxima, sums) = (scratch, scratch + width)
  columnMaxima(n, width, x, ldx, sums, maxima)
  sumsOfExponentials(n, width, x, ldx, maxima, log ? nil : y, ldy, sums)
  forEachVector(V.self, width) { j, count in
    let total: V = loadLanes(sums + j, count)
    storeLanes(log ? vectorLog(total) : V(repeating: 1) / total, sums + j, count)
  }
  for i in 0..<n {
    let (x, y) = (x + i &* ldx, y + i &* ldy)
    forEachVector(V.self, width) { j, count in
      let tail: V = loadLanes(sums + j, count)
      let shifted: V = loadLanes(x + j, count) - loadLanes(maxima + j, count)
      storeLanes(log ? shifted - tail : loadLanes(y + j, count) * tail, y + j, count)
    }
  }
}

@c(adj_softmax_columns_f32) @inline(__always)
func softmaxColumnsF32(
  _ log: Bool, _ n: Int, _ width: Int, _ x: UnsafePointer<Float>, _ ldx: Int, _ y: UnsafeMutablePointer<Float>,
  _ ldy: Int, _ scratch: UnsafeMutablePointer<Float>
) {
  softmaxColumns(log, n, width, x, ldx, y, ldy, scratch)
}

@c(adj_softmax_columns_f64) @inline(__always)
func softmaxColumnsF64(
  _ log: Bool, _ n: Int, _ width: Int, _ x: UnsafePointer<Double>, _ ldx: Int, _ y: UnsafeMutablePointer<Double>,
  _ ldy: Int, _ scratch: UnsafeMutablePointer<Double>
) {
  softmaxColumns(log, n, width, x, ldx, y, ldy, scratch)
}

@inline(never)
func softmaxColumns(
  log: Bool, _ kind: ElementKind, _ n: Int, _ width: Int, _ x: UnsafeRawPointer, _ ldx: Int,
  _ y: UnsafeMutableRawPointer, _ ldy: Int
) {
  switch kind {
  case .float32:
    withScratch(Float.self, 3 * width) {
      adj_softmax_columns_f32_dispatch(log, n, width, x.of(Float.self), ldx, y.of(Float.self), ldy, $0)
    }
  case .float64:
    withScratch(Double.self, 3 * width) {
      adj_softmax_columns_f64_dispatch(log, n, width, x.of(Double.self), ldx, y.of(Double.self), ldy, $0)
    }
  default: fatalError("softmax has no integer kernel")
  }
}
