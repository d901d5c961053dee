import CKernels

/// Which scores of a block causal attention leaves out: query i sees key j where j ≤ i + `diagonal`, both counted from
/// the block's corner. A query is a lane, so a key's row is masked by one comparison.
struct CausalEdge<V: FloatVector> {
  private let lane: V
  private let diagonal: Int

  /// For the queries from `column` on.
  @inline(__always)
  init(_ column: Int, _ diagonal: Int) {
    self.diagonal = diagonal
    var ramp = V(repeating: 0)
    withUnsafeMutablePointer(to: &ramp) {
      let p = UnsafeMutableRawPointer($0).of(V.Scalar.self)
      for i in 0..<V.lanes { p[i] = V.Scalar(column &+ i) }
    }
    lane = ramp
  }

  /// `v` where the query sees the key, else `hidden`.
  @inline(__always)
  func callAsFunction(_ key: Int, _ v: V, hidden: V.Scalar) -> V {
    if key <= diagonal { return v }
    let first = V(repeating: V.Scalar(key &- diagonal))
    return V.select(V.lessEqual(first, lane), v, V(repeating: hidden))
  }
}

/// One vector of scores as the mask makes it; `i` is its position in the block.
@inline(__always)
func masked<V: FloatVector>(
  _ score: V, _ i: Int, _ visible: UnsafePointer<UInt8>?, _ bias: UnsafePointer<V.Scalar>?
) -> V {
  var v = score
  if let bias { v = v + V.load(bias + i) }
  if let visible { v = V.select(V.loadMask(visible + i), v, V(repeating: -.infinity)) }
  return v
}

/// eˣ for x up to 0, and 0 below the least normal number: beside a sum of at least 1 nothing is lost, and arithmetic with
/// subnormal numbers, which hidden scores of −∞ would run through, is several times slower.
@inline(__always)
func weight<V: FloatVector>(_ x: V) -> V {
  let least = V(repeating: 2 - V.Scalar.expMaximum)
  let isTiny = V.less(x, least)
  return V.select(isTiny, V(repeating: 0), vectorExp(V.select(isTiny, least, x)))
}

/// Applies the mask and hides what is above the diagonal; the larger of `maximum` and all scores of these queries.
@inline(__always)
private func maskScores<E: Lane>(
  _ keys: Int, _ width: Int, _ column: Int, _ diagonal: Int, _ visible: UnsafePointer<UInt8>?,
  _ bias: UnsafePointer<E>?, _ s: UnsafeMutablePointer<E>, _ maximum: E.Vector
) -> E.Vector {
  let edge = CausalEdge<E.Vector>(column, diagonal)
  var best = maximum
  for key in 0..<keys {
    let i = key &* width &+ column
    let v = edge(key, masked(E.Vector.load(s + i), i, visible, bias), hidden: -.infinity)
    E.Vector.store(v, s + i)
    best = E.Vector.select(E.Vector.less(best, v), v, best)
  }
  return best
}

/// One step of the softmax of a row that comes in pieces (Milakov and Gimelshein, "Online normalizer calculation for
/// softmax", 2018, doi:10.48550/arXiv.1805.02867): scores become exp(s − maximum), the maximum and the sum so far are
/// brought up to date, and `factors` is what earlier sums are to be multiplied with.
@inline(__always)
private func onlineSoftmax<E: Lane>(
  _ keys: Int, _ width: Int, _ diagonal: Int, _ visible: UnsafePointer<UInt8>?, _ bias: UnsafePointer<E>?,
  _ s: UnsafeMutablePointer<E>, _ maximum: UnsafeMutablePointer<E>, _ total: UnsafeMutablePointer<E>,
  _ factors: UnsafeMutablePointer<E>
) {
  typealias V = E.Vector
  var column = 0
  while column < width {
    let before = V.load(maximum + column)
    let best = maskScores(keys, width, column, diagonal, visible, bias, s, before)
    // Where every score is −∞ so far, −∞ − (−∞) would be NaN.
    let shift = V.select(V.equal(best, V(repeating: -.infinity)), V(repeating: 0), best)
    let factor = weight(before - shift)
    var sum = V(repeating: 0)
    for key in 0..<keys {
      let i = key &* width &+ column
      let e = weight(V.load(s + i) - shift)
      V.store(e, s + i)
      sum = sum + e
    }
    V.store(best, maximum + column)
    V.store(factor, factors + column)
    V.store(V.muladd(V.load(total + column), factor, sum), total + column)
    column &+= V.lanes
  }
}

@c(adj_attention_softmax_f32) @inline(__always)
func attentionSoftmaxF32(
  _ keys: Int, _ width: Int, _ diagonal: Int, _ visible: UnsafePointer<UInt8>?, _ bias: UnsafePointer<Float>?,
  _ s: UnsafeMutablePointer<Float>,
  _ maximum: UnsafeMutablePointer<Float>, _ total: UnsafeMutablePointer<Float>, _ factors: UnsafeMutablePointer<Float>
) {
  onlineSoftmax(keys, width, diagonal, visible, bias, s, maximum, total, factors)
}

@c(adj_attention_softmax_f64) @inline(__always)
func attentionSoftmaxF64(
  _ keys: Int, _ width: Int, _ diagonal: Int, _ visible: UnsafePointer<UInt8>?, _ bias: UnsafePointer<Double>?,
  _ s: UnsafeMutablePointer<Double>,
  _ maximum: UnsafeMutablePointer<Double>, _ total: UnsafeMutablePointer<Double>,
  _ factors: UnsafeMutablePointer<Double>
) {
  onlineSoftmax(keys, width, diagonal, visible, bias, s, maximum, total, factors)
}

/// The running state of a block of queries' softmax: a vector of maxima and one of sums, and the factors of the last step.
struct RunningSoftmax {
  let maximum: UnsafeMutableRawPointer
  let total: UnsafeMutableRawPointer
  let factors: UnsafeMutableRawPointer
}

/// One block of scores s[keys, width] into the running softmax of its queries; `width` is a multiple of a vector's lanes.
@inline(never)
func softmaxStep(
  _ kind: ElementKind, keys: Int, width: Int, diagonal: Int, mask: MaskBlock, _ s: UnsafeMutableRawPointer,
  _ state: RunningSoftmax
) {
  let (m, l, f, visible, bias) = (state.maximum, state.total, state.factors, mask.visible, mask.bias)
  if kind == .float32 {
    adj_attention_softmax_f32_dispatch(
      keys, width, diagonal, visible, bias?.of(Float.self), s.of(Float.self), m.of(Float.self), l.of(Float.self),
      f.of(Float.self))
  } else {
    adj_attention_softmax_f64_dispatch(
      keys, width, diagonal, visible, bias?.of(Double.self), s.of(Double.self), m.of(Double.self), l.of(Double.self),
      f.of(Double.self))
  }
}

/// y = x / total row by row, 0 where the total is 0; and the logarithm of Σ eˢ, +∞ where that sum is empty, so that
/// exp(s − lse) is 0 there.
@inline(__always)
private func finish<E: Lane>(
  _ rows: Int, _ n: Int, _ x: UnsafePointer<E>, _ ldx: Int, _ maximum: UnsafePointer<E>, _ total: UnsafePointer<E>,
  _ y: UnsafeMutablePointer<E>, _ ldy: Int, _ lse: UnsafeMutablePointer<E>?
) {
  typealias V = E.Vector
  for row in 0..<rows {
    let scale = V(repeating: total[row] == 0 ? 0 : 1 / total[row])
    let (x, y) = (x + row &* ldx, y + row &* ldy)
    var i = 0
    while i &+ V.lanes <= n {
      V.store(V.load(x + i) * scale, y + i)
      i &+= V.lanes
    }
    if i < n { V.store(V.load(x + i, count: n &- i, fill: 0) * scale, y + i, count: n &- i) }
  }
  guard let lse else { return }
  var row = 0
  while row < rows {
    let (m, l) = (V.load(maximum + row), V.load(total + row))
    let v = V.select(V.equal(l, V(repeating: 0)), V(repeating: .infinity), m + vectorLog(l))
    if row &+ V.lanes <= rows { V.store(v, lse + row) } else { V.store(v, lse + row, count: rows &- row) }
    row &+= V.lanes
  }
}

@c(adj_attention_finish_f32) @inline(__always)
func attentionFinishF32(
  _ rows: Int, _ n: Int, _ x: UnsafePointer<Float>, _ ldx: Int, _ maximum: UnsafePointer<Float>,
  _ total: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ ldy: Int, _ lse: UnsafeMutablePointer<Float>?
) {
  finish(rows, n, x, ldx, maximum, total, y, ldy, lse)
}

@c(adj_attention_finish_f64) @inline(__always)
func attentionFinishF64(
  _ rows: Int, _ n: Int, _ x: UnsafePointer<Double>, _ ldx: Int, _ maximum: UnsafePointer<Double>,
  _ total: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, _ ldy: Int, _ lse: UnsafeMutablePointer<Double>?
) {
  finish(rows, n, x, ldx, maximum, total, y, ldy, lse)
}

/// The end of the running softmax of `rows` queries: their weighted sums x[rows, n] divided by the totals into y, which may
/// be x, and log Σ eˢ.
@inline(never)
func finishRows(
  _ kind: ElementKind, _ rows: Int, _ n: Int, _ x: UnsafeRawPointer, _ ldx: Int, _ state: RunningSoftmax,
  _ y: UnsafeMutableRawPointer, _ ldy: Int, _ lse: UnsafeMutableRawPointer?
) {
  let (m, l) = (state.maximum, state.total)
  if kind == .float32 {
    adj_attention_finish_f32_dispatch(
      rows, n, x.of(Float.self), ldx, m.of(Float.self), l.of(Float.self), y.of(Float.self), ldy, lse?.of(Float.self))
  } else {
    adj_attention_finish_f64_dispatch(
      rows, n, x.of(Double.self), ldx, m.of(Double.self), l.of(Double.self), y.of(Double.self), ldy,
      lse?.of(Double.self))
  }
}
