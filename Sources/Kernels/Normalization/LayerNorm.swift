import CKernels

/// 1/√(variance + eps).
@inline(__always)
private func reciprocalDeviation<E: Lane>(_ variance: E, _ eps: E) -> E {
  1 / scalar(variance + eps) { $0.squareRoot() }
}

/// y = (x − mean)·rstd·weight + bias along n contiguous elements; nil stands for 1 and 0.
@inline(__always)
private func normalizeRow<E: Lane>(
  _ n: Int, _ x: UnsafePointer<E>, _ mean: E, _ rstd: E, _ weight: UnsafePointer<E>?, _ bias: UnsafePointer<E>?,
  _ y: UnsafeMutablePointer<E>
) {
  typealias V = E.Vector
  let (center, scale) = (V(repeating: mean), V(repeating: rstd))
  forEachVector(V.self, n) { i, count in
    var v = (loadLanes(x + i, count) - center) * scale
    if let weight { v = v * loadLanes(weight + i, count) }
    if let bias { v = v + loadLanes(bias + i, count) }
    storeLanes(v, y + i, count)
  }
}

@inline(__always)
private func layerNormRows<E: Lane>(
  _ rows: Int, _ n: Int, _ x: UnsafePointer<E>, _ weight: UnsafePointer<E>?, _ bias: UnsafePointer<E>?, _ eps: E,
  _ y: UnsafeMutablePointer<E>, _ mean: UnsafeMutablePointer<E>, _ rstd: UnsafeMutablePointer<E>
) {
  for row in 0..<rows {
    let (x, y) = (x + row &* n, y + row &* n)
    let moments = rowMoments(n, x)
    (mean[row], rstd[row]) = (E(moments.mean), reciprocalDeviation(E(moments.m2) / E(n), eps))
    normalizeRow(n, x, mean[row], rstd[row], weight, bias, y)
  }
}

@c(adj_layernorm_rows_f32) @inline(__always)
func layerNormRowsF32(
  _ rows: Int, _ n: Int, _ x: UnsafePointer<Float>, _ weight: UnsafePointer<Float>?, _ bias: UnsafePointer<Float>?,
  _ eps: Float, _ y: UnsafeMutablePointer<Float>, _ mean: UnsafeMutablePointer<Float>,
  _ rstd: UnsafeMutablePointer<Float>
) {
  layerNormRows(rows, n, x, weight, bias, eps, y, mean, rstd)
}

@c(adj_layernorm_rows_f64) @inline(__always)
func layerNormRowsF64(
  _ rows: Int, _ n: Int, _ x: UnsafePointer<Double>, _ weight: UnsafePointer<Double>?,
  _ bias: UnsafePointer<Double>?, _ eps: Double, _ y: UnsafeMutablePointer<Double>,
  _ mean: UnsafeMutablePointer<Double>, _ rstd: UnsafeMutablePointer<Double>
) {
  layerNormRows(rows, n, x, weight, bias, eps, y, mean, rstd)
}

@inline(never)
private func layerNormRows(
  _ kind: ElementKind, _ rows: Int, _ n: Int, _ x: UnsafeRawPointer, _ weight: UnsafeRawPointer?,
  _ bias: UnsafeRawPointer?, _ eps: Double, _ y: UnsafeMutableRawPointer, _ mean: UnsafeMutableRawPointer,
  _ rstd: UnsafeMutableRawPointer
) {
  switch kind {
  case .float32:
    adj_layernorm_rows_f32_dispatch(
      rows, n, x.of(Float.self), weight?.of(Float.self), bias?.of(Float.self), Float(eps), y.of(Float.self),
      mean.of(Float.self), rstd.of(Float.self))
  case .float64:
    adj_layernorm_rows_f64_dispatch(
      rows, n, x.of(Double.self), weight?.of(Double.self), bias?.of(Double.self), eps, y.of(Double.self),
      mean.of(Double.self), rstd.of(Double.self))
  default: fatalError("layerNorm has no integer kernel")
  }
}

/// y = (x − mean)·rstd·weight + bias for each of `rows` contiguous rows of n ≥ 1 elements, with the row's mean and
/// rstd = 1/√(variance + eps), which are kept for the way back. Weight and bias have n elements; nil stands for 1 and 0.
package func layerNorm(
  _ kind: ElementKind, rows: Int, _ n: Int, _ x: UnsafeRawPointer, weight: UnsafeRawPointer?, bias: UnsafeRawPointer?,
  eps: Double, _ y: UnsafeMutableRawPointer, mean: UnsafeMutableRawPointer, rstd: UnsafeMutableRawPointer
) {
  let size = kind.size
  parallel(rows, grain: max(1, linesGrain / 2 / n)) { range in
    let (at, first) = (range.lowerBound * n * size, range.lowerBound * size)
    layerNormRows(kind, range.count, n, x + at, weight, bias, eps, y + at, mean + first, rstd + first)
  }
}
