import CKernels

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Σ h and Σ h·(x − mean)·rstd with h = g·weight, over n contiguous elements in blocks.
@inline(__always)
private func rowSums<E: Lane>(
  _ n: Int, _ g: UnsafePointer<E>, _ x: UnsafePointer<E>, _ weight: UnsafePointer<E>?, _ mean: E, _ rstd: E
) -> (h: E, hx: E) {
  typealias V = E.Vector
  let (center, scale) = (V(repeating: mean), V(repeating: rstd))
  var (total, products) = (V(repeating: 0), V(repeating: 0))
  var start = 0
  while start < n {
    var (s, p) = (V(repeating: 0), V(repeating: 0))
    let (g, x, w) = (g + start, x + start, weight.map { $0 + start })
    forEachVector(V.self, min(blockSize, n &- start)) { i, count in
      var h: V = loadLanes(g + i, count)
      if let w { h = h * loadLanes(w + i, count) }
      s = s + h
      p = V.muladd(h, loadLanes(x + i, count, fill: mean) - center, p)
    }
    (total, products) = (total + s, products + p)
    start &+= blockSize
  }
  return (total.sum(), (products * scale).sum())
}

/// What one row's gradient is made of: dx = rstd·(h − offset − (x − mean)·slope), h = g·weight.
private struct RowCoefficients<V: FloatVector> {
  let mean: V
  let rstd: V
  let offset: V
  let slope: V

  @inline(__always)
  func gradient(_ h: V, _ centered: V) -> V { V.negmuladd(centered, slope, h - offset) * rstd }
}

@inline(__always)
private func gradientRow<E: Lane>(
  _ n: Int, _ g: UnsafePointer<E>, _ x: UnsafePointer<E>, _ weight: UnsafePointer<E>?,
  _ row: RowCoefficients<E.Vector>, _ dx: UnsafeMutablePointer<E>
) {
  forEachVector(E.Vector.self, n) { i, count in
    var h: E.Vector = loadLanes(g + i, count)
    if let weight { h = h * loadLanes(weight + i, count) }
    storeLanes(row.gradient(h, loadLanes(x + i, count) - row.mean), dx + i, count)
  }
}

/// The same, and g·x̂ and g added to the gradients of weight and bias. These are loaded before anything is stored: arrays a
/// multiple of 4096 bytes apart would wait for each other.
@inline(__always)
private func gradientRowAndParameters<E: Lane>(
  _ n: Int, _ g: UnsafePointer<E>, _ x: UnsafePointer<E>, _ weight: UnsafePointer<E>?,
  _ row: RowCoefficients<E.Vector>, _ dx: UnsafeMutablePointer<E>, _ dweight: UnsafeMutablePointer<E>,
  _ dbias: UnsafeMutablePointer<E>
) {
  typealias V = E.Vector
  forEachVector(V.self, n) { i, count in
    let (gradient, centered): (V, V) = (loadLanes(g + i, count), loadLanes(x + i, count) - row.mean)
    let (w, b): (V, V) = (loadLanes(dweight + i, count), loadLanes(dbias + i, count))
    var h = gradient
    if let weight { h = h * loadLanes(weight + i, count) }
    storeLanes(row.gradient(h, centered), dx + i, count)
    storeLanes(V.muladd(gradient, centered * row.rstd, w), dweight + i, count)
    storeLanes(gradient + b, dbias + i, count)
  }
}

@inline(__always)
private func gradientRows<E: Lane>(
  _ rows: Int, _ n: Int, _ g: UnsafePointer<E>, _ x: UnsafePointer<E>, _ weight: UnsafePointer<E>?,
  _ mean: UnsafePointer<E>, _ rstd: UnsafePointer<E>, _ dx: UnsafeMutablePointer<E>,
  _ dweight: UnsafeMutablePointer<E>?, _ dbias: UnsafeMutablePointer<E>?
) {
  typealias V = E.Vector
  for row in 0..<rows {
    let (g, x, dx) = (g + row &* n, x + row &* n, dx + row &* n)
    let sums = rowSums(n, g, x, weight, mean[row], rstd[row])
    let coefficients = RowCoefficients(
      mean: V(repeating: mean[row]), rstd: V(repeating: rstd[row]), offset: V(repeating: sums.h / E(n)),
      slope: V(repeating: sums.hx / E(n) * rstd[row]))
    if let dweight, let dbias {
      gradientRowAndParameters(n, g, x, weight, coefficients, dx, dweight, dbias)
    } else {
      gradientRow(n, g, x, weight, coefficients, dx)
    }
  }
}

@c(adj_layernorm_grad_rows_f32) @inline(__always)
func layerNormGradientRowsF32(
  _ rows: Int, _ n: Int, _ g: UnsafePointer<Float>, _ x: UnsafePointer<Float>, _ weight: UnsafePointer<Float>?,
  _ mean: UnsafePointer<Float>, _ rstd: UnsafePointer<Float>, _ dx: UnsafeMutablePointer<Float>,
  _ dweight: UnsafeMutablePointer<Float>?, _ dbias: UnsafeMutablePointer<Float>?
) {
  gradientRows(rows, n, g, x, weight, mean, rstd, dx, dweight, dbias)
}

@c(adj_layernorm_grad_rows_f64) @inline(__always)
func layerNormGradientRowsF64(
  _ rows: Int, _ n: Int, _ g: UnsafePointer<Double>, _ x: UnsafePointer<Double>, _ weight: UnsafePointer<Double>?,
  _ mean: UnsafePointer<Double>, _ rstd: UnsafePointer<Double>, _ dx: UnsafeMutablePointer<Double>,
  _ dweight: UnsafeMutablePointer<Double>?, _ dbias: UnsafeMutablePointer<Double>?
) {
  gradientRows(rows, n, g, x, weight, mean, rstd, dx, dweight, dbias)
}

@inline(never)
private func gradientRows(
  _ kind: ElementKind, _ rows: Int, _ n: Int, _ g: UnsafeRawPointer, _ x: UnsafeRawPointer,
  _ weight: UnsafeRawPointer?, _ mean: UnsafeRawPointer, _ rstd: UnsafeRawPointer, _ dx: UnsafeMutableRawPointer,
  _ dweight: UnsafeMutableRawPointer?, _ dbias: UnsafeMutableRawPointer?
) {
  switch kind {
  case .float32:
    adj_layernorm_grad_rows_f32_dispatch(
      rows, n, g.of(Float.self), x.of(Float.self), weight?.of(Float.self), mean.of(Float.self), rstd.of(Float.self),
      dx.of(Float.self), dweight?.of(Float.self), dbias?.of(Float.self))
  case .float64:
    adj_layernorm_grad_rows_f64_dispatch(
      rows, n, g.of(Double.self), x.of(Double.self), weight?.of(Double.self), mean.of(Double.self),
      rstd.of(Double.self), dx.of(Double.self), dweight?.of(Double.self), dbias?.of(Double.self))
  default: fatalError("layerNorm has no integer kernel")
  }
}

/// The backward pass of ``layerNorm(_:rows:_:_:weight:bias:eps:_:mean:rstd:)``: dx, and where asked for the gradients of
/// weight and bias, which stand side by side in `parameters` (2·n elements).
///
/// Groups of at most 128 rows add to partial gradients of the parameters, whose sum is taken in the end.
package func layerNormGradient(
  _ kind: ElementKind, rows: Int, _ n: Int, _ g: UnsafeRawPointer, _ x: UnsafeRawPointer, weight: UnsafeRawPointer?,
  mean: UnsafeRawPointer, rstd: UnsafeRawPointer, _ dx: UnsafeMutableRawPointer, parameters: UnsafeMutableRawPointer?
) {
  let (group, size) = (min(128, max(8, rows / 8)), kind.size)
  let groups = (rows + group - 1) / group
  func run(_ partial: UnsafeMutableRawPointer?) {
    parallel(groups, grain: max(1, linesGrain / 2 / (group * n))) { range in
      for i in range {
        let (first, target) = (i * group, partial.map { $0 + i * 2 * n * size })
        let (at, stat) = (first * n * size, first * size)
        target.map { _ = memset($0, 0, 2 * n * size) }
        gradientRows(
          kind, min(group, rows - first), n, g + at, x + at, weight, mean + stat, rstd + stat, dx + at, target,
          target.map { $0 + n * size })
      }
    }
  }
  guard let parameters, groups > 1 else {
    if rows == 0 { parameters.map { _ = memset($0, 0, 2 * n * size) } }
    return run(parameters)
  }
  withScratch(UInt8.self, groups * 2 * n * size) { scratch in
    run(scratch)
    let partial = LinesOf(scratch, kind, group: 0, step: 2 * n)
    reduce(.sum, kind, Lines(outer: 1, groups, inner: 2 * n), partial, parameters)
  }
}
