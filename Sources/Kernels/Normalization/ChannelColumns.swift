import CKernels

/// Channels side by side, [N, C]: n rows of `width` channels, `ld` apart.

@inline(__always)
private func columnsAffine<E: Lane>(
  _ n: Int, _ width: Int, _ x: UnsafePointer<E>, _ ld: Int, _ mean: UnsafePointer<E>, _ scale: UnsafePointer<E>,
  _ shift: UnsafePointer<E>, _ y: UnsafeMutablePointer<E>
) {
  typealias V = E.Vector
  for i in 0..<n {
    let (x, y) = (x + i &* ld, y + i &* ld)
    forEachVector(V.self, width) { j, count in
      let v: V = loadLanes(x + j, count) - loadLanes(mean + j, count)
      storeLanes(V.muladd(v, loadLanes(scale + j, count), loadLanes(shift + j, count)), y + j, count)
    }
  }
}

@c(adj_columns_affine_f32) @inline(__always)
func columnsAffineF32(
  _ n: Int, _ width: Int, _ x: UnsafePointer<Float>, _ ld: Int, _ mean: UnsafePointer<Float>,
  _ scale: UnsafePointer<Float>, _ shift: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>
) {
  columnsAffine(n, width, x, ld, mean, scale, shift, y)
}

@c(adj_columns_affine_f64) @inline(__always)
func columnsAffineF64(
  _ n: Int, _ width: Int, _ x: UnsafePointer<Double>, _ ld: Int, _ mean: UnsafePointer<Double>,
  _ scale: UnsafePointer<Double>, _ shift: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>
) {
  columnsAffine(n, width, x, ld, mean, scale, shift, y)
}

/// sums[j] = Σ g, products[j] = Σ g·(x − mean[j]); `products` holds 2·width elements, the scratch width.
@inline(__always)
private func columnsSums<E: Lane>(
  _ n: Int, _ width: Int, _ g: UnsafePointer<E>, _ x: UnsafePointer<E>, _ ld: Int, _ mean: UnsafePointer<E>,
  _ scratch: UnsafeMutablePointer<E>, _ sums: UnsafeMutablePointer<E>, _ products: UnsafeMutablePointer<E>
) {
  reduceStrip(SumOf.self, n, width, g, ld, scratch, sums)
  sumColumns(n, width, products) { i, j, count in
    let v: E.Vector = loadLanes(x + i &* ld + j, count) - loadLanes(mean + j, count)
    return v * loadLanes(g + i &* ld + j, count)
  }
}

@c(adj_columns_sums_f32) @inline(__always)
func columnsSumsF32(
  _ n: Int, _ width: Int, _ g: UnsafePointer<Float>, _ x: UnsafePointer<Float>, _ ld: Int,
  _ mean: UnsafePointer<Float>, _ scratch: UnsafeMutablePointer<Float>, _ sums: UnsafeMutablePointer<Float>,
  _ products: UnsafeMutablePointer<Float>
) {
  columnsSums(n, width, g, x, ld, mean, scratch, sums, products)
}

@c(adj_columns_sums_f64) @inline(__always)
func columnsSumsF64(
  _ n: Int, _ width: Int, _ g: UnsafePointer<Double>, _ x: UnsafePointer<Double>, _ ld: Int,
  _ mean: UnsafePointer<Double>, _ scratch: UnsafeMutablePointer<Double>, _ sums: UnsafeMutablePointer<Double>,
  _ products: UnsafeMutablePointer<Double>
) {
  columnsSums(n, width, g, x, ld, mean, scratch, sums, products)
}

/// dx = g·scale − (x − mean)·slope − offset.
@inline(__always)
private func columnsGradient<E: Lane>(
  _ n: Int, _ width: Int, _ g: UnsafePointer<E>, _ x: UnsafePointer<E>, _ ld: Int, _ mean: UnsafePointer<E>,
  _ scale: UnsafePointer<E>, _ slope: UnsafePointer<E>, _ offset: UnsafePointer<E>, _ dx: UnsafeMutablePointer<E>
) {
  typealias V = E.Vector
  for i in 0..<n {
    let (g, x, dx) = (g + i &* ld, x + i &* ld, dx + i &* ld)
    forEachVector(V.self, width) { j, count in
      let flat: V = loadLanes(g + j, count) * loadLanes(scale + j, count) - loadLanes(offset + j, count)
      let v: V = loadLanes(x + j, count) - loadLanes(mean + j, count)
      storeLanes(V.negmuladd(v, loadLanes(slope + j, count), flat), dx + j, count)
    }
  }
}

@c(adj_columns_grad_f32) @inline(__always)
func columnsGradientF32(
  _ n: Int, _ width: Int, _ g: UnsafePointer<Float>, _ x: UnsafePointer<Float>, _ ld: Int,
  _ mean: UnsafePointer<Float>, _ scale: UnsafePointer<Float>, _ slope: UnsafePointer<Float>,
  _ offset: UnsafePointer<Float>, _ dx: UnsafeMutablePointer<Float>
) {
  columnsGradient(n, width, g, x, ld, mean, scale, slope, offset, dx)
}

@c(adj_columns_grad_f64) @inline(__always)
func columnsGradientF64(
  _ n: Int, _ width: Int, _ g: UnsafePointer<Double>, _ x: UnsafePointer<Double>, _ ld: Int,
  _ mean: UnsafePointer<Double>, _ scale: UnsafePointer<Double>, _ slope: UnsafePointer<Double>,
  _ offset: UnsafePointer<Double>, _ dx: UnsafeMutablePointer<Double>
) {
  columnsGradient(n, width, g, x, ld, mean, scale, slope, offset, dx)
}

/// The kernels of channels side by side, by element type.
protocol ChannelColumnKernels: ChannelKernels {
  static func affine(_ n: Int, _ width: Int, _ x: P, _ ld: Int, mean: P, scale: P, shift: P, _ y: M)
  static func sums(_ n: Int, _ width: Int, _ g: P, _ x: P, _ ld: Int, mean: P, _ sums: M, _ products: M)
  static func gradient(
    _ n: Int, _ width: Int, _ g: P, _ x: P, _ ld: Int, mean: P, scale: P, slope: P, offset: P, _ dx: M)
}

extension Float: ChannelColumnKernels {
  @inline(never) static func affine(_ n: Int, _ width: Int, _ x: P, _ ld: Int, mean: P, scale: P, shift: P, _ y: M) {
    adj_columns_affine_f32_dispatch(n, width, x, ld, mean, scale, shift, y)
  }
  @inline(never) static func sums(
    _ n: Int, _ width: Int, _ g: P, _ x: P, _ ld: Int, mean: P, _ sums: M, _ products: M
  ) {
    withScratch(Float.self, 3 * width) {
      adj_columns_sums_f32_dispatch(n, width, g, x, ld, mean, $0, sums, $0 + width)
      products.update(from: $0 + width, count: width)
    }
  }
  @inline(never) static func gradient(
    _ n: Int, _ width: Int, _ g: P, _ x: P, _ ld: Int, mean: P, scale: P, slope: P, offset: P, _ dx: M
  ) {
    adj_columns_grad_f32_dispatch(n, width, g, x, ld, mean, scale, slope, offset, dx)
  }
}

extension Double: ChannelColumnKernels {
  @inline(never) static func affine(_ n: Int, _ width: Int, _ x: P, _ ld: Int, mean: P, scale: P, shift: P, _ y: M) {
    adj_columns_affine_f64_dispatch(n, width, x, ld, mean, scale, shift, y)
  }
  @inline(never) static func sums(
    _ n: Int, _ width: Int, _ g: P, _ x: P, _ ld: Int, mean: P, _ sums: M, _ products: M
  ) {
    withScratch(Double.self, 3 * width) {
      adj_columns_sums_f64_dispatch(n, width, g, x, ld, mean, $0, sums, $0 + width)
      products.update(from: $0 + width, count: width)
    }
  }
  @inline(never) static func gradient(
    _ n: Int, _ width: Int, _ g: P, _ x: P, _ ld: Int, mean: P, scale: P, slope: P, offset: P, _ dx: M
  ) {
    adj_columns_grad_f64_dispatch(n, width, g, x, ld, mean, scale, slope, offset, dx)
  }
}
