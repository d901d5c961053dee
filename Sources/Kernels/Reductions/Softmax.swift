import CKernels

/// The largest of n ≥ 1 elements, NaN if there is one.
@inline(__always)
func rowMaximum<E: Lane>(_ n: Int, _ x: UnsafePointer<E>) -> E {
  typealias V = E.Vector
  var best = V(repeating: x[0])
  var i = 0
  while i < n {
    let v = i &+ V.lanes <= n ? V.load(x + i) : V.load(x + i, count: n &- i, fill: x[0])
    best = V.select(V.or(V.less(best, v), V.notEqual(v, v)), v, best)
    i &+= V.lanes
  }
  return withVector(best) { p in
    var m = p[0]
    for j in 1..<V.lanes where p[j] > m || p[j] != p[j] { m = p[j] }
    return m
  }
}

/// The lanes of a vector, in memory.
@inline(__always)
func withVector<V: FloatVector, R>(_ v: V, _ body: (UnsafePointer<V.Scalar>) -> R) -> R {
  withUnsafePointer(to: v) { body(UnsafeRawPointer($0).of(V.Scalar.self)) }
}

/// Σ exp(xᵢ − shift), writing each term to y unless y is nil.
@inline(__always)
private func sumOfExponentials<E: Lane>(
  _ n: Int, _ x: UnsafePointer<E>, _ shift: E, _ y: UnsafeMutablePointer<E>?
) -> E {
  typealias V = E.Vector
  let s = V(repeating: shift)
  var total = V(repeating: 0)
  var i = 0
  while i &+ V.lanes <= n {
    let e = vectorExp(V.load(x + i) - s)
    if let y { V.store(e, y + i) }
    total = total + e
    i &+= V.lanes
  }
  if i < n {
    let e = vectorExp(V.load(x + i, count: n &- i, fill: -.infinity) - s)
    if let y { V.store(e, y + i, count: n &- i) }
    total = total + e
  }
  return total.sum()
}

/// y ← f(y) or f(x) along a row, the shape of both softmax tails.
@inline(__always)
private func mapRow<E: Lane>(
  _ n: Int, _ x: UnsafePointer<E>, _ y: UnsafeMutablePointer<E>, _ f: (E.Vector) -> E.Vector
) {
  var i = 0
  while i &+ E.Vector.lanes <= n {
    E.Vector.store(f(E.Vector.load(x + i)), y + i)
    i &+= E.Vector.lanes
  }
  if i < n { E.Vector.store(f(E.Vector.load(x + i, count: n &- i, fill: 0)), y + i, count: n &- i) }
}

@inline(__always)
private func softmaxRows<E: Lane>(
  _ log: Bool, _ rows: Int, _ n: Int, _ x: UnsafePointer<E>, _ y: UnsafeMutablePointer<E>
) {
  for row in 0..<rows {
    let (x, y) = (x + row &* n, y + row &* n)
    let maximum = rowMaximum(n, x)
    let total = sumOfExponentials(n, x, maximum, log ? nil : y)
    if log {
      let logTotal = withVector(vectorLog(E.Vector(repeating: total))) { $0[0] }
      let (shift, tail) = (E.Vector(repeating: maximum), E.Vector(repeating: logTotal))
      mapRow(n, x, y) { ($0 - shift) - tail }
    } else {
      let scale = E.Vector(repeating: 1 / total)
      mapRow(n, y, y) { $0 * scale }
    }
  }
}

@c(adj_softmax_rows_f32) @inline(__always)
func softmaxRowsF32(_ log: Bool, _ rows: Int, _ n: Int, _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>) {
  softmaxRows(log, rows, n, x, y)
}

@c(adj_softmax_rows_f64) @inline(__always)
func softmaxRowsF64(_ log: Bool, _ rows: Int, _ n: Int, _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>) {
  softmaxRows(log, rows, n, x, y)
}

/// Softmax, or its logarithm, of each of `rows` contiguous rows of n ≥ 1 elements, shifted by the row's maximum so that
/// no exponential overflows.
@inline(never)
package func softmaxRows(
  log: Bool, _ kind: ElementKind, _ rows: Int, _ n: Int, _ x: UnsafeRawPointer, _ y: UnsafeMutableRawPointer
) {
  switch kind {
  case .float32: adj_softmax_rows_f32_dispatch(log, rows, n, x.of(Float.self), y.of(Float.self))
  case .float64: adj_softmax_rows_f64_dispatch(log, rows, n, x.of(Double.self), y.of(Double.self))
  default: fatalError("softmax has no integer kernel")
  }
}

@inline(__always)
private func rowSum<E: Lane>(_ n: Int, _ term: (Int, Int) -> E.Vector, _ type: E.Type) -> E {
  var total = E.Vector(repeating: 0)
  var i = 0
  while i < n {
    total = total + term(i, min(E.Vector.lanes, n &- i))
    i &+= E.Vector.lanes
  }
  return total.sum()
}

@inline(__always)
private func loadUpTo<E: Lane>(_ p: UnsafePointer<E>, _ count: Int) -> E.Vector {
  count == E.Vector.lanes ? E.Vector.load(p) : E.Vector.load(p, count: count, fill: 0)
}

@inline(__always)
private func softmaxGradientRows<E: Lane>(
  _ log: Bool, _ rows: Int, _ n: Int, _ g: UnsafePointer<E>, _ y: UnsafePointer<E>, _ dx: UnsafeMutablePointer<E>
) {
  typealias V = E.Vector
  for row in 0..<rows {
    let (g, y, dx) = (g + row &* n, y + row &* n, dx + row &* n)
    let dot = rowSum(n, { log ? loadUpTo(g + $0, $1) : loadUpTo(g + $0, $1) * loadUpTo(y + $0, $1) }, E.self)
    let s = V(repeating: dot)
    var i = 0
    while i < n {
      let count = min(V.lanes, n &- i)
      let (gi, yi) = (loadUpTo(g + i, count), loadUpTo(y + i, count))
      let v = log ? V.negmuladd(vectorExp(yi), s, gi) : yi * (gi - s)
      if count == V.lanes { V.store(v, dx + i) } else { V.store(v, dx + i, count: count) }
      i &+= V.lanes
    }
  }
}

@c(adj_softmax_grad_rows_f32) @inline(__always)
func softmaxGradientRowsF32(
  _ log: Bool, _ rows: Int, _ n: Int, _ g: UnsafePointer<Float>, _ y: UnsafePointer<Float>,
  _ dx: UnsafeMutablePointer<Float>
) {
  softmaxGradientRows(log, rows, n, g, y, dx)
}

@c(adj_softmax_grad_rows_f64) @inline(__always)
func softmaxGradientRowsF64(
  _ log: Bool, _ rows: Int, _ n: Int, _ g: UnsafePointer<Double>, _ y: UnsafePointer<Double>,
  _ dx: UnsafeMutablePointer<Double>
) {
  softmaxGradientRows(log, rows, n, g, y, dx)
}

/// The backward pass of ``softmaxRows``: y·(g − Σ g·y), or g − eʸ·Σ g for the logarithm.
@inline(never)
package func softmaxGradientRows(
  log: Bool, _ kind: ElementKind, _ rows: Int, _ n: Int, _ g: UnsafeRawPointer, _ y: UnsafeRawPointer,
  _ dx: UnsafeMutableRawPointer
) {
  switch kind {
  case .float32:
    adj_softmax_grad_rows_f32_dispatch(log, rows, n, g.of(Float.self), y.of(Float.self), dx.of(Float.self))
  case .float64:
    adj_softmax_grad_rows_f64_dispatch(log, rows, n, g.of(Double.self), y.of(Double.self), dx.of(Double.self))
  default: fatalError("softmax has no integer kernel")
  }
}
