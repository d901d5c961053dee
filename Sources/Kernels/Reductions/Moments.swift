import CKernels

/// The moments of a block of n ≥ 1 elements, from its own rounded mean, whose rounding error's first-order effect is taken
/// off again (Chan, Golub, LeVeque, "Algorithms for computing the sample variance", 1983).
@inline(__always)
private func blockMoments<E: Lane>(_ n: Int, _ x: UnsafePointer<E>) -> MomentsSum {
  typealias V = E.Vector
  let mean = fold(SumOf.self, reduceBlock(SumOf.self, n, x)) / E(n)
  let shift = V(repeating: mean)
  var (s0, s1, q0, q1) = (V(repeating: 0), V(repeating: 0), V(repeating: 0), V(repeating: 0))
  var i = 0
  while i &+ 2 &* V.lanes <= n {
    let (a, b) = (V.load(x + i) - shift, V.load(x + i + V.lanes) - shift)
    (s0, s1) = (s0 + a, s1 + b)
    (q0, q1) = (V.muladd(a, a, q0), V.muladd(b, b, q1))
    i &+= 2 &* V.lanes
  }
  while i < n {
    let a: V = loadLanes(x + i, min(V.lanes, n &- i), fill: mean) - shift
    (s0, q0) = (s0 + a, V.muladd(a, a, q0))
    i &+= V.lanes
  }
  let (rest, squares) = (Double((s0 + s1).sum()), Double((q0 + q1).sum()))
  let count = Double(n)
  return MomentsSum(count: count, base: Double(mean), offset: rest / count, m2: squares - rest * rest / count)
}

/// The moments of n elements; zeros of nothing.
@inline(__always)
func rowMoments<E: Lane>(_ n: Int, _ x: UnsafePointer<E>) -> MomentsSum {
  var total = MomentsSum()
  var i = 0
  while i < n {
    total.add(blockMoments(min(blockSize, n &- i), x + i))
    i &+= blockSize
  }
  return total
}

/// The moments of parts of an array, joined by Chan's formula in double precision. The mean is base + offset: differences of
/// means that lie far from zero keep their digits.
struct MomentsSum {
  var count = 0.0
  var base = 0.0
  var offset = 0.0
  var m2 = 0.0

  @inline(__always) var mean: Double { base + offset }

  @inline(__always)
  mutating func add(_ part: MomentsSum) {
    if count == 0 { base = part.base }
    let delta = (part.base - base) + (part.offset - offset)
    let share = part.count / (count + part.count)
    offset += delta * share
    m2 += part.m2 + delta * delta * count * share
    count += part.count
  }
}

@inline(__always)
private func momentsRows<E: Lane>(
  _ rows: Int, _ n: Int, _ x: UnsafePointer<E>, _ ld: Int, _ mean: UnsafeMutablePointer<E>,
  _ m2: UnsafeMutablePointer<E>
) {
  for row in 0..<rows {
    let moments = rowMoments(n, x + row &* ld)
    (mean[row], m2[row]) = (E(moments.mean), E(moments.m2))
  }
}

@c(adj_moments_rows_f32) @inline(__always)
func momentsRowsF32(
  _ rows: Int, _ n: Int, _ x: UnsafePointer<Float>, _ ld: Int, _ mean: UnsafeMutablePointer<Float>,
  _ m2: UnsafeMutablePointer<Float>
) {
  momentsRows(rows, n, x, ld, mean, m2)
}

@c(adj_moments_rows_f64) @inline(__always)
func momentsRowsF64(
  _ rows: Int, _ n: Int, _ x: UnsafePointer<Double>, _ ld: Int, _ mean: UnsafeMutablePointer<Double>,
  _ m2: UnsafeMutablePointer<Double>
) {
  momentsRows(rows, n, x, ld, mean, m2)
}

/// Moments of columns, blocks of 64 rows at a time, joined to those before by Chan's formula. The mean is the first block's
/// rounded mean and an offset from it; the scratch holds 2·width elements.
@inline(__always)
private func momentsColumns<E: Lane>(
  _ n: Int, _ width: Int, _ x: UnsafePointer<E>, _ ld: Int, _ scratch: UnsafeMutablePointer<E>,
  _ mean: UnsafeMutablePointer<E>, _ m2: UnsafeMutablePointer<E>
) {
  typealias V = E.Vector
  let offsets = scratch + width
  offsets.update(repeating: 0, count: width)
  m2.update(repeating: 0, count: width)
  if n == 0 { mean.update(repeating: 0, count: width) }
  var start = 0
  while start < n {
    let (rows, x) = (min(64, n &- start), x + start &* ld)
    reduceBlockOfRows(SumOf.self, rows, width, x, ld, scratch)
    let (one, share) = (V(repeating: 1 / E(rows)), V(repeating: E(rows) / E(start &+ rows)))
    let before = V(repeating: E(start))
    forEachVector(V.self, width) { j, count in
      let shift: V = loadLanes(scratch + j, count) * one
      var (s, q) = (V(repeating: 0), V(repeating: 0))
      for i in 0..<rows {
        let d = loadLanes(x + i &* ld + j, count) - shift
        (s, q) = (s + d, V.muladd(d, d, q))
      }
      let base: V = start == 0 ? shift : loadLanes(mean + j, count)
      let (offset, squares): (V, V) = (loadLanes(offsets + j, count), loadLanes(m2 + j, count))
      let delta = (shift - base) + (s * one - offset)
      let block = V.negmuladd(s * s, one, q)
      storeLanes(base, mean + j, count)
      storeLanes(V.muladd(delta, share, offset), offsets + j, count)
      storeLanes(V.muladd(delta * delta, before * share, squares + block), m2 + j, count)
    }
    start &+= 64
  }
  forEachVector(V.self, width) { j, count in
    storeLanes(loadLanes(mean + j, count) + loadLanes(offsets + j, count) as V, mean + j, count)
  }
}

@c(adj_moments_columns_f32) @inline(__always)
func momentsColumnsF32(
  _ n: Int, _ width: Int, _ x: UnsafePointer<Float>, _ ld: Int, _ scratch: UnsafeMutablePointer<Float>,
  _ mean: UnsafeMutablePointer<Float>, _ m2: UnsafeMutablePointer<Float>
) {
  momentsColumns(n, width, x, ld, scratch, mean, m2)
}

@c(adj_moments_columns_f64) @inline(__always)
func momentsColumnsF64(
  _ n: Int, _ width: Int, _ x: UnsafePointer<Double>, _ ld: Int, _ scratch: UnsafeMutablePointer<Double>,
  _ mean: UnsafeMutablePointer<Double>, _ m2: UnsafeMutablePointer<Double>
) {
  momentsColumns(n, width, x, ld, scratch, mean, m2)
}

@inline(never)
private func momentsRows(
  _ kind: ElementKind, _ rows: Int, _ n: Int, _ x: UnsafeRawPointer, _ ld: Int, _ mean: UnsafeMutableRawPointer,
  _ m2: UnsafeMutableRawPointer
) {
  switch kind {
  case .float32:
    adj_moments_rows_f32_dispatch(rows, n, x.of(Float.self), ld, mean.of(Float.self), m2.of(Float.self))
  case .float64:
    adj_moments_rows_f64_dispatch(rows, n, x.of(Double.self), ld, mean.of(Double.self), m2.of(Double.self))
  default: fatalError("moments have no integer kernel")
  }
}

@inline(never)
private func momentsColumns(
  _ kind: ElementKind, _ n: Int, _ width: Int, _ x: UnsafeRawPointer, _ ld: Int, _ mean: UnsafeMutableRawPointer,
  _ m2: UnsafeMutableRawPointer
) {
  switch kind {
  case .float32:
    withScratch(Float.self, 2 * width) {
      adj_moments_columns_f32_dispatch(n, width, x.of(Float.self), ld, $0, mean.of(Float.self), m2.of(Float.self))
    }
  case .float64:
    withScratch(Double.self, 2 * width) {
      adj_moments_columns_f64_dispatch(n, width, x.of(Double.self), ld, $0, mean.of(Double.self), m2.of(Double.self))
    }
  default: fatalError("moments have no integer kernel")
  }
}

/// The means of lines of n ≥ 1 elements and Σ (x − mean)², in one pass over memory: [outer, inner] each.
///
/// Blocks are shifted by their own means and joined by Chan's formula, so that a mean far from zero costs no digits.
package func moments(
  _ kind: ElementKind, _ lines: Lines, _ x: LinesOf, mean: UnsafeMutableRawPointer, m2: UnsafeMutableRawPointer
) {
  let piece = max(64, linesGrain / max(1, lines.inner))
  if lines.outer == 1, lines.inner <= 256, lines.n > 2 * piece {
    return momentsInPieces(kind, lines, piece, x, mean, m2)
  }
  let size = kind.size
  forEachPart(lines, strip: 256) { groups in
    let at = groups.lowerBound * size
    momentsRows(kind, groups.count, lines.n, x.at(groups.lowerBound), x.group, mean + at, m2 + at)
  } columns: { outer, columns in
    let at = (outer * lines.inner + columns.lowerBound) * size
    let source = x.at(outer, 0, columns.lowerBound)
    momentsColumns(kind, lines.n, columns.count, source, x.step, mean + at, m2 + at)
  }
}

/// Few long lines: pieces of them, then the pieces' moments joined in order.
private func momentsInPieces(
  _ kind: ElementKind, _ lines: Lines, _ grain: Int, _ x: LinesOf, _ mean: UnsafeMutableRawPointer,
  _ m2: UnsafeMutableRawPointer
) {
  let (pieces, inner) = ((lines.n + grain - 1) / grain, lines.inner)
  let bytes = pieces * inner * kind.size
  withScratch(UInt8.self, 2 * bytes) { scratch in
    let (means, squares) = (UnsafeMutableRawPointer(scratch), UnsafeMutableRawPointer(scratch) + bytes)
    parallel(pieces) { piece in
      let part = Lines(outer: 1, min(grain, lines.n - piece * grain), inner: inner, areRows: lines.areRows)
      let source = LinesOf(x.at(0, piece * grain), kind, group: x.group, step: x.step)
      let at = piece * inner * kind.size
      moments(kind, part, source, mean: means + at, m2: squares + at)
    }
    func join<E: Lane>(_ type: E.Type) {
      let (means, squares) = (means.of(E.self), squares.of(E.self))
      for j in 0..<inner {
        var total = MomentsSum()
        for piece in 0..<pieces {
          let at = piece * inner + j
          total.add(
            MomentsSum(
              count: Double(min(grain, lines.n - piece * grain)), base: Double(means[at]), m2: Double(squares[at])))
        }
        (mean.of(E.self)[j], m2.of(E.self)[j]) = (E(total.mean), E(total.m2))
      }
    }
    if kind == .float32 { join(Float.self) } else { join(Double.self) }
  }
}
