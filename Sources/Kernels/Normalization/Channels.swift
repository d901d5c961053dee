import CKernels

/// One channel of [N, C, S]: `rows` runs of n elements, `ld` apart. What batch normalisation does with it.

@inline(__always)
private func channelMoments<E: Lane>(
  _ rows: Int, _ n: Int, _ x: UnsafePointer<E>, _ ld: Int, _ mean: UnsafeMutablePointer<E>,
  _ m2: UnsafeMutablePointer<E>
) {
  var total = MomentsSum()
  for row in 0..<rows { total.add(rowMoments(n, x + row &* ld)) }
  (mean[0], m2[0]) = (E(total.mean), E(total.m2))
}

@c(adj_channel_moments_f32) @inline(__always)
func channelMomentsF32(
  _ rows: Int, _ n: Int, _ x: UnsafePointer<Float>, _ ld: Int, _ mean: UnsafeMutablePointer<Float>,
  _ m2: UnsafeMutablePointer<Float>
) {
  channelMoments(rows, n, x, ld, mean, m2)
}

@c(adj_channel_moments_f64) @inline(__always)
func channelMomentsF64(
  _ rows: Int, _ n: Int, _ x: UnsafePointer<Double>, _ ld: Int, _ mean: UnsafeMutablePointer<Double>,
  _ m2: UnsafeMutablePointer<Double>
) {
  channelMoments(rows, n, x, ld, mean, m2)
}

@inline(__always)
private func channelAffine<E: Lane>(
  _ rows: Int, _ n: Int, _ x: UnsafePointer<E>, _ ld: Int, _ mean: E, _ scale: E, _ shift: E,
  _ y: UnsafeMutablePointer<E>
) {
  typealias V = E.Vector
  let (center, scale, shift) = (V(repeating: mean), V(repeating: scale), V(repeating: shift))
  for row in 0..<rows {
    let (x, y) = (x + row &* ld, y + row &* ld)
    forEachVector(V.self, n) { i, count in
      storeLanes(V.muladd(loadLanes(x + i, count) - center, scale, shift), y + i, count)
    }
  }
}

@c(adj_channel_affine_f32) @inline(__always)
func channelAffineF32(
  _ rows: Int, _ n: Int, _ x: UnsafePointer<Float>, _ ld: Int, _ mean: Float, _ scale: Float, _ shift: Float,
  _ y: UnsafeMutablePointer<Float>
) {
  channelAffine(rows, n, x, ld, mean, scale, shift, y)
}

@c(adj_channel_affine_f64) @inline(__always)
func channelAffineF64(
  _ rows: Int, _ n: Int, _ x: UnsafePointer<Double>, _ ld: Int, _ mean: Double, _ scale: Double, _ shift: Double,
  _ y: UnsafeMutablePointer<Double>
) {
  channelAffine(rows, n, x, ld, mean, scale, shift, y)
}

/// sums[0] = Σ g, sums[1] = Σ g·(x − mean). Vectors add up at most 16 runs of 2048 elements before they join the total.
@inline(__always)
private func channelSums<E: Lane>(
  _ rows: Int, _ n: Int, _ g: UnsafePointer<E>, _ x: UnsafePointer<E>, _ ld: Int, _ mean: E,
  _ sums: UnsafeMutablePointer<E>
) {
  typealias V = E.Vector
  let center = V(repeating: mean)
  var (total, product) = (0.0, 0.0)
  var (s, p, terms) = (V(repeating: 0), V(repeating: 0), 0)
  for row in 0..<rows {
    let (g, x) = (g + row &* ld, x + row &* ld)
    var start = 0
    while start < n {
      let (g, x, count) = (g + start, x + start, min(blockSize, n &- start))
      var (bs, bp) = (V(repeating: 0), V(repeating: 0))
      forEachVector(V.self, count) { i, count in
        let gradient: V = loadLanes(g + i, count)
        bs = bs + gradient
        bp = V.muladd(gradient, loadLanes(x + i, count, fill: mean) - center, bp)
      }
      (s, p, terms) = (s + bs, p + bp, terms &+ 1)
      start &+= blockSize
    }
    if terms >= 16 || row &+ 1 == rows {
      (total, product) = (total + Double(s.sum()), product + Double(p.sum()))
      (s, p, terms) = (V(repeating: 0), V(repeating: 0), 0)
    }
  }
  (sums[0], sums[1]) = (E(total), E(product))
}

@c(adj_channel_sums_f32) @inline(__always)
func channelSumsF32(
  _ rows: Int, _ n: Int, _ g: UnsafePointer<Float>, _ x: UnsafePointer<Float>, _ ld: Int, _ mean: Float,
  _ sums: UnsafeMutablePointer<Float>
) {
  channelSums(rows, n, g, x, ld, mean, sums)
}

@c(adj_channel_sums_f64) @inline(__always)
func channelSumsF64(
  _ rows: Int, _ n: Int, _ g: UnsafePointer<Double>, _ x: UnsafePointer<Double>, _ ld: Int, _ mean: Double,
  _ sums: UnsafeMutablePointer<Double>
) {
  channelSums(rows, n, g, x, ld, mean, sums)
}

/// dx = g·scale − (x − mean)·slope − offset.
@inline(__always)
private func channelGradient<E: Lane>(
  _ rows: Int, _ n: Int, _ g: UnsafePointer<E>, _ x: UnsafePointer<E>, _ ld: Int, _ mean: E, _ scale: E, _ slope: E,
  _ offset: E, _ dx: UnsafeMutablePointer<E>
) {
  typealias V = E.Vector
  let (center, scale) = (V(repeating: mean), V(repeating: scale))
  let (slope, offset) = (V(repeating: slope), V(repeating: offset))
  for row in 0..<rows {
    let (g, x, dx) = (g + row &* ld, x + row &* ld, dx + row &* ld)
    forEachVector(V.self, n) { i, count in
      let flat = V.muladd(loadLanes(g + i, count), scale, -offset)
      storeLanes(V.negmuladd(loadLanes(x + i, count) - center, slope, flat), dx + i, count)
    }
  }
}

@c(adj_channel_grad_f32) @inline(__always)
func channelGradientF32(
  _ rows: Int, _ n: Int, _ g: UnsafePointer<Float>, _ x: UnsafePointer<Float>, _ ld: Int, _ mean: Float,
  _ scale: Float, _ slope: Float, _ offset: Float, _ dx: UnsafeMutablePointer<Float>
) {
  channelGradient(rows, n, g, x, ld, mean, scale, slope, offset, dx)
}

@c(adj_channel_grad_f64) @inline(__always)
func channelGradientF64(
  _ rows: Int, _ n: Int, _ g: UnsafePointer<Double>, _ x: UnsafePointer<Double>, _ ld: Int, _ mean: Double,
  _ scale: Double, _ slope: Double, _ offset: Double, _ dx: UnsafeMutablePointer<Double>
) {
  channelGradient(rows, n, g, x, ld, mean, scale, slope, offset, dx)
}

/// The kernels of one channel, by element type.
protocol ChannelKernels: Lane {
  static var kind: ElementKind { get }
  typealias P = UnsafePointer<Self>
  typealias M = UnsafeMutablePointer<Self>
  static func moments(_ rows: Int, _ n: Int, _ x: P, _ ld: Int, mean: M, m2: M)
  static func affine(_ rows: Int, _ n: Int, _ x: P, _ ld: Int, mean: Self, scale: Self, shift: Self, _ y: M)
  static func sums(_ rows: Int, _ n: Int, _ g: P, _ x: P, _ ld: Int, mean: Self) -> (g: Self, gx: Self)
  static func gradient(
    _ rows: Int, _ n: Int, _ g: P, _ x: P, _ ld: Int, mean: Self, scale: Self, slope: Self, offset: Self, _ dx: M)
}

extension Float: ChannelKernels {
  static var kind: ElementKind { .float32 }
  @inline(never) static func moments(_ rows: Int, _ n: Int, _ x: P, _ ld: Int, mean: M, m2: M) {
    adj_channel_moments_f32_dispatch(rows, n, x, ld, mean, m2)
  }
  @inline(never) static func affine(
    _ rows: Int, _ n: Int, _ x: P, _ ld: Int, mean: Float, scale: Float, shift: Float, _ y: M
  ) {
    adj_channel_affine_f32_dispatch(rows, n, x, ld, mean, scale, shift, y)
  }
  @inline(never) static func sums(_ rows: Int, _ n: Int, _ g: P, _ x: P, _ ld: Int, mean: Float) -> (
    g: Float, gx: Float
  ) {
    var sums = SIMD2<Float>()
    withUnsafeMutablePointer(to: &sums) {
      adj_channel_sums_f32_dispatch(rows, n, g, x, ld, mean, UnsafeMutableRawPointer($0).of(Float.self))
    }
    return (sums.x, sums.y)
  }
  @inline(never) static func gradient(
    _ rows: Int, _ n: Int, _ g: P, _ x: P, _ ld: Int, mean: Float, scale: Float, slope: Float, offset: Float, _ dx: M
  ) {
    adj_channel_grad_f32_dispatch(rows, n, g, x, ld, mean, scale, slope, offset, dx)
  }
}

extension Double: ChannelKernels {
  static var kind: ElementKind { .float64 }
  @inline(never) static func moments(_ rows: Int, _ n: Int, _ x: P, _ ld: Int, mean: M, m2: M) {
    adj_channel_moments_f64_dispatch(rows, n, x, ld, mean, m2)
  }
  @inline(never) static func affine(
    _ rows: Int, _ n: Int, _ x: P, _ ld: Int, mean: Double, scale: Double, shift: Double, _ y: M
  ) {
    adj_channel_affine_f64_dispatch(rows, n, x, ld, mean, scale, shift, y)
  }
  @inline(never) static func sums(
    _ rows: Int, _ n: Int, _ g: P, _ x: P, _ ld: Int, mean: Double
  ) -> (g: Double, gx: Double) {
    var sums = SIMD2<Double>()
    withUnsafeMutablePointer(to: &sums) {
      adj_channel_sums_f64_dispatch(rows, n, g, x, ld, mean, UnsafeMutableRawPointer($0).of(Double.self))
    }
    return (sums.x, sums.y)
  }
  @inline(never) static func gradient(
    _ rows: Int, _ n: Int, _ g: P, _ x: P, _ ld: Int, mean: Double, scale: Double, slope: Double, offset: Double,
    _ dx: M
  ) {
    adj_channel_grad_f64_dispatch(rows, n, g, x, ld, mean, scale, slope, offset, dx)
  }
}
