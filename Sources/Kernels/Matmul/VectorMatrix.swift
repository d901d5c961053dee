import CKernels

/// y = x·B for B[k, n] whose rows are contiguous: columns in strips of four vectors, each row of B read once.
@inline(__always)
private func alongRows<E: Lane>(
  _ n: Int, _ k: Int, _ x: UnsafePointer<E>, _ sx: Int, _ b: UnsafePointer<E>, _ ldb: Int, _ y: UnsafeMutablePointer<E>
) {
  typealias V = E.Vector
  let w = V.lanes
  var j = 0
  while j &+ 4 &* w <= n {
    var (t0, t1) = (V(repeating: 0), V(repeating: 0))
    var (t2, t3) = (t0, t1)
    for p in 0..<k {
      let (s, row) = (V(repeating: x[p &* sx]), b + p &* ldb + j)
      t0 = V.muladd(s, V.load(row), t0)
      t1 = V.muladd(s, V.load(row + w), t1)
      t2 = V.muladd(s, V.load(row + 2 &* w), t2)
      t3 = V.muladd(s, V.load(row + 3 &* w), t3)
    }
    V.store(t0, y + j)
    V.store(t1, y + j + w)
    V.store(t2, y + j + 2 &* w)
    V.store(t3, y + j + 3 &* w)
    j &+= 4 &* w
  }
  while j < n {
    let count = min(w, n &- j)
    var total = V(repeating: 0)
    for p in 0..<k {
      let row = b + p &* ldb + j
      total = V.muladd(V(repeating: x[p &* sx]), count == w ? V.load(row) : V.load(row, count: count, fill: 0), total)
    }
    if count == w { V.store(total, y + j) } else { V.store(total, y + j, count: count) }
    j &+= w
  }
}

/// Four dot products with one x, so that each vector of x is loaded once for four of B.
@inline(__always)
private func dots4<E: Lane>(
  _ k: Int, _ x: UnsafePointer<E>, _ b: UnsafePointer<E>, _ ldb: Int, _ y: UnsafeMutablePointer<E>
) {
  typealias V = E.Vector
  var (t0, t1) = (V(repeating: 0), V(repeating: 0))
  var (t2, t3) = (t0, t1)
  var p = 0
  while p < k {
    let count = min(V.lanes, k &- p)
    let isWhole = count == V.lanes
    @inline(__always) func at(_ q: UnsafePointer<E>) -> V {
      isWhole ? V.load(q + p) : V.load(q + p, count: count, fill: 0)
    }
    let s = at(x)
    t0 = V.muladd(s, at(b), t0)
    t1 = V.muladd(s, at(b + ldb), t1)
    t2 = V.muladd(s, at(b + 2 &* ldb), t2)
    t3 = V.muladd(s, at(b + 3 &* ldb), t3)
    p &+= V.lanes
  }
  (y[0], y[1], y[2], y[3]) = (t0.sum(), t1.sum(), t2.sum(), t3.sum())
}

/// One dot product, in four chains: each sum waits for the one before it.
@inline(__always)
private func dot<E: Lane>(_ k: Int, _ x: UnsafePointer<E>, _ b: UnsafePointer<E>) -> E {
  typealias V = E.Vector
  let w = V.lanes
  var (t0, t1) = (V(repeating: 0), V(repeating: 0))
  var (t2, t3) = (t0, t1)
  var p = 0
  while p &+ 4 &* w <= k {
    t0 = V.muladd(V.load(x + p), V.load(b + p), t0)
    t1 = V.muladd(V.load(x + p + w), V.load(b + p + w), t1)
    t2 = V.muladd(V.load(x + p + 2 &* w), V.load(b + p + 2 &* w), t2)
    t3 = V.muladd(V.load(x + p + 3 &* w), V.load(b + p + 3 &* w), t3)
    p &+= 4 &* w
  }
  var total = (t0 + t1) + (t2 + t3)
  while p &+ w <= k {
    total = V.muladd(V.load(x + p), V.load(b + p), total)
    p &+= w
  }
  if p < k { total = V.muladd(V.load(x + p, count: k &- p, fill: 0), V.load(b + p, count: k &- p, fill: 0), total) }
  return total.sum()
}

/// y = x·B for B[k, n] whose columns are contiguous: a dot product each.
@inline(__always)
private func alongColumns<E: Lane>(
  _ n: Int, _ k: Int, _ x: UnsafePointer<E>, _ b: UnsafePointer<E>, _ ldb: Int, _ y: UnsafeMutablePointer<E>
) {
  var j = 0
  while j &+ 4 <= n {
    dots4(k, x, b + j &* ldb, ldb, y + j)
    j &+= 4
  }
  while j < n {
    y[j] = dot(k, x, b + j &* ldb)
    j &+= 1
  }
}

@c(adj_gemv_rows_f32) @inline(__always)
func gemvRowsF32(
  _ n: Int, _ k: Int, _ x: UnsafePointer<Float>, _ sx: Int, _ b: UnsafePointer<Float>, _ ldb: Int,
  _ y: UnsafeMutablePointer<Float>
) {
  alongRows(n, k, x, sx, b, ldb, y)
}

@c(adj_gemv_rows_f64) @inline(__always)
func gemvRowsF64(
  _ n: Int, _ k: Int, _ x: UnsafePointer<Double>, _ sx: Int, _ b: UnsafePointer<Double>, _ ldb: Int,
  _ y: UnsafeMutablePointer<Double>
) {
  alongRows(n, k, x, sx, b, ldb, y)
}

@c(adj_gemv_dots_f32) @inline(__always)
func gemvDotsF32(
  _ n: Int, _ k: Int, _ x: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ ldb: Int, _ y: UnsafeMutablePointer<Float>
) {
  alongColumns(n, k, x, b, ldb, y)
}

@c(adj_gemv_dots_f64) @inline(__always)
func gemvDotsF64(
  _ n: Int, _ k: Int, _ x: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ ldb: Int,
  _ y: UnsafeMutablePointer<Double>
) {
  alongColumns(n, k, x, b, ldb, y)
}

/// y[n] = x[k]·B[k, n]. x has stride sx; B has contiguous rows `ldb` apart.
@inline(never)
func vectorTimesRows(
  _ kind: ElementKind, _ n: Int, _ k: Int, _ x: UnsafeRawPointer, _ sx: Int, _ b: UnsafeRawPointer, _ ldb: Int,
  _ y: UnsafeMutableRawPointer
) {
  switch kind {
  case .float32: adj_gemv_rows_f32_dispatch(n, k, x.of(Float.self), sx, b.of(Float.self), ldb, y.of(Float.self))
  case .float64: adj_gemv_rows_f64_dispatch(n, k, x.of(Double.self), sx, b.of(Double.self), ldb, y.of(Double.self))
  default: fatalError("matmul has no integer kernel")
  }
}

/// y[n] = x[k]·B[k, n]. x is contiguous; B has contiguous columns `ldb` apart.
@inline(never)
func vectorTimesColumns(
  _ kind: ElementKind, _ n: Int, _ k: Int, _ x: UnsafeRawPointer, _ b: UnsafeRawPointer, _ ldb: Int,
  _ y: UnsafeMutableRawPointer
) {
  switch kind {
  case .float32: adj_gemv_dots_f32_dispatch(n, k, x.of(Float.self), b.of(Float.self), ldb, y.of(Float.self))
  case .float64: adj_gemv_dots_f64_dispatch(n, k, x.of(Double.self), b.of(Double.self), ldb, y.of(Double.self))
  default: fatalError("matmul has no integer kernel")
  }
}
