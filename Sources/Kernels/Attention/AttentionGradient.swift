import CKernels

/// A block of scores s and of products dp = v·gᵀ into p = exp(s − lse) and ds = p·(dp − delta): the softmax's weights,
/// recomputed, and the gradient of the scores, in `unscaled` as it is and in `dp` times `scale`.
@inline(__always)
private func gradient<E: Lane>(
  _ keys: Int, _ width: Int, _ diagonal: Int, _ scale: E, _ visible: UnsafePointer<UInt8>?,
  _ bias: UnsafePointer<E>?, _ lse: UnsafePointer<E>,
  _ delta: UnsafePointer<E>, _ s: UnsafeMutablePointer<E>, _ dp: UnsafeMutablePointer<E>,
  _ unscaled: UnsafeMutablePointer<E>?
) {
  typealias V = E.Vector
  let scale = V(repeating: scale)
  var column = 0
  while column < width {
    let edge = CausalEdge<V>(column, diagonal)
    let (lse, delta) = (V.load(lse + column), V.load(delta + column))
    for key in 0..<keys {
      let i = key &* width &+ column
      let p = edge(key, weight(masked(V.load(s + i), i, visible, bias) - lse), hidden: 0)
      let ds = edge(key, p * (V.load(dp + i) - delta), hidden: 0)
      V.store(p, s + i)
      V.store(ds * scale, dp + i)
      if let unscaled { V.store(ds, unscaled + i) }
    }
    column &+= V.lanes
  }
}

@c(adj_attention_grad_f32) @inline(__always)
func attentionGradientF32(
  _ keys: Int, _ width: Int, _ diagonal: Int, _ scale: Float, _ visible: UnsafePointer<UInt8>?,
  _ bias: UnsafePointer<Float>?,
  _ lse: UnsafePointer<Float>, _ delta: UnsafePointer<Float>, _ s: UnsafeMutablePointer<Float>,
  _ dp: UnsafeMutablePointer<Float>, _ unscaled: UnsafeMutablePointer<Float>?
) {
  gradient(keys, width, diagonal, scale, visible, bias, lse, delta, s, dp, unscaled)
}

@c(adj_attention_grad_f64) @inline(__always)
func attentionGradientF64(
  _ keys: Int, _ width: Int, _ diagonal: Int, _ scale: Double, _ visible: UnsafePointer<UInt8>?,
  _ bias: UnsafePointer<Double>?,
  _ lse: UnsafePointer<Double>, _ delta: UnsafePointer<Double>, _ s: UnsafeMutablePointer<Double>,
  _ dp: UnsafeMutablePointer<Double>, _ unscaled: UnsafeMutablePointer<Double>?
) {
  gradient(keys, width, diagonal, scale, visible, bias, lse, delta, s, dp, unscaled)
}

/// What the backward pass knows of each query of a block: log Σ eˢ, and Σ g·y.
struct QueryStatistics {
  let lse: UnsafeRawPointer
  let delta: UnsafeRawPointer
}

/// The elementwise part of the backward pass on a block [keys, width]: scores become weights, dp the scores' gradient.
@inline(never)
func gradientStep(
  _ kind: ElementKind, keys: Int, width: Int, diagonal: Int, scale: Double, mask: MaskBlock,
  _ queries: QueryStatistics, _ s: UnsafeMutableRawPointer, _ dp: UnsafeMutableRawPointer,
  _ unscaled: UnsafeMutableRawPointer?
) {
  let (lse, delta, visible, bias) = (queries.lse, queries.delta, mask.visible, mask.bias)
  if kind == .float32 {
    adj_attention_grad_f32_dispatch(
      keys, width, diagonal, Float(scale), visible, bias?.of(Float.self), lse.of(Float.self), delta.of(Float.self),
      s.of(Float.self), dp.of(Float.self), unscaled?.of(Float.self))
  } else {
    adj_attention_grad_f64_dispatch(
      keys, width, diagonal, scale, visible, bias?.of(Double.self), lse.of(Double.self), delta.of(Double.self),
      s.of(Double.self), dp.of(Double.self), unscaled?.of(Double.self))
  }
}

/// Σ g·y along each row.
@inline(__always)
private func delta<E: Lane>(
  _ rows: Int, _ n: Int, _ g: UnsafePointer<E>, _ ldg: Int, _ y: UnsafePointer<E>, _ ldy: Int,
  _ delta: UnsafeMutablePointer<E>
) {
  typealias V = E.Vector
  for row in 0..<rows {
    let (g, y) = (g + row &* ldg, y + row &* ldy)
    var sum = V(repeating: 0)
    var i = 0
    while i &+ V.lanes <= n {
      sum = V.muladd(V.load(g + i), V.load(y + i), sum)
      i &+= V.lanes
    }
    if i < n { sum = V.muladd(V.load(g + i, count: n &- i, fill: 0), V.load(y + i, count: n &- i, fill: 0), sum) }
    delta[row] = sum.sum()
  }
}

@c(adj_attention_delta_f32) @inline(__always)
func attentionDeltaF32(
  _ rows: Int, _ n: Int, _ g: UnsafePointer<Float>, _ ldg: Int, _ y: UnsafePointer<Float>, _ ldy: Int,
  _ result: UnsafeMutablePointer<Float>
) {
  delta(rows, n, g, ldg, y, ldy, result)
}

@c(adj_attention_delta_f64) @inline(__always)
func attentionDeltaF64(
  _ rows: Int, _ n: Int, _ g: UnsafePointer<Double>, _ ldg: Int, _ y: UnsafePointer<Double>, _ ldy: Int,
  _ result: UnsafeMutablePointer<Double>
) {
  delta(rows, n, g, ldg, y, ldy, result)
}

/// delta = Σ g·y along each of `rows` rows of n elements.
@inline(never)
func rowDots(
  _ kind: ElementKind, _ rows: Int, _ n: Int, _ g: UnsafeRawPointer, _ ldg: Int, _ y: UnsafeRawPointer, _ ldy: Int,
  _ delta: UnsafeMutableRawPointer
) {
  if kind == .float32 {
    adj_attention_delta_f32_dispatch(rows, n, g.of(Float.self), ldg, y.of(Float.self), ldy, delta.of(Float.self))
  } else {
    adj_attention_delta_f64_dispatch(rows, n, g.of(Double.self), ldg, y.of(Double.self), ldy, delta.of(Double.self))
  }
}

@inline(__always)
private func scale<E: Lane>(_ n: Int, _ factor: E, _ x: UnsafeMutablePointer<E>) {
  let factor = E.Vector(repeating: factor)
  var i = 0
  while i < n {
    E.Vector.store(E.Vector.load(x + i) * factor, x + i)
    i &+= E.Vector.lanes
  }
}

@c(adj_attention_scale_f32) @inline(__always)
func attentionScaleF32(_ n: Int, _ factor: Float, _ x: UnsafeMutablePointer<Float>) { scale(n, factor, x) }

@c(adj_attention_scale_f64) @inline(__always)
func attentionScaleF64(_ n: Int, _ factor: Double, _ x: UnsafeMutablePointer<Double>) { scale(n, factor, x) }

/// x *= factor for n elements, a multiple of a vector's lanes.
@inline(never)
func scaleVectors(_ kind: ElementKind, _ n: Int, _ factor: Double, _ x: UnsafeMutableRawPointer) {
  if kind == .float32 {
    adj_attention_scale_f32_dispatch(n, Float(factor), x.of(Float.self))
  } else {
    adj_attention_scale_f64_dispatch(n, factor, x.of(Double.self))
  }
}
