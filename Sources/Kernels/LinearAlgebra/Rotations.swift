import CKernels

@c(adj_rotate_f64) @inline(__always)
func rotateF64(
  _ n: Int, _ c: Double, _ s: Double, _ x: UnsafeMutablePointer<Double>, _ y: UnsafeMutablePointer<Double>
) {
  typealias V = Double.Vector
  let (cosine, sine) = (V(repeating: c), V(repeating: s))
  forEachVector(V.self, n) { i, count in
    let (a, b): (V, V) = (loadLanes(x + i, count), loadLanes(y + i, count))
    storeLanes(V.muladd(cosine, a, sine * b), x + i, count)
    storeLanes(V.negmuladd(sine, a, cosine * b), y + i, count)
  }
}

@c(adj_gram_f64) @inline(__always)
func gramF64(_ n: Int, _ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>, _ sums: UnsafeMutablePointer<Double>) {
  typealias V = Double.Vector
  var (xx, yy, xy) = (V(repeating: 0), V(repeating: 0), V(repeating: 0))
  forEachVector(V.self, n) { i, count in
    let (a, b): (V, V) = (loadLanes(x + i, count), loadLanes(y + i, count))
    (xx, yy, xy) = (V.muladd(a, a, xx), V.muladd(b, b, yy), V.muladd(a, b, xy))
  }
  (sums[0], sums[1], sums[2]) = (xx.sum(), yy.sum(), xy.sum())
}

/// (x, y) ← (c·x + s·y, c·y − s·x): a plane rotation of two rows.
@inline(never)
func rotate(
  _ n: Int, _ c: Double, _ s: Double, _ x: UnsafeMutablePointer<Double>, _ y: UnsafeMutablePointer<Double>
) {
  adj_rotate_f64_dispatch(n, c, s, x, y)
}

/// Σ x², Σ y² and Σ x·y.
@inline(never)
func gram(_ n: Int, _ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>) -> (xx: Double, yy: Double, xy: Double) {
  var sums: (Double, Double, Double) = (0, 0, 0)
  withUnsafeMutableBytes(of: &sums) { adj_gram_f64_dispatch(n, x, y, $0.baseAddress!.of(Double.self)) }
  return (sums.0, sums.1, sums.2)
}
