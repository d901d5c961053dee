import CKernels

/// Maxima and their indices. A later tap wins only if it is larger, or NaN.
@inline(__always)
private func maximumRows<E: Lane>(
  _ p: adj_pool_maximum, _ x: UnsafePointer<E>, _ columns: UnsafePointer<E>, _ firstColumns: UnsafePointer<E>,
  _ y: UnsafeMutablePointer<E>, _ indices: UnsafeMutablePointer<E>
) {
  typealias V = E.Vector
  let (offsets, taps, firstRows): (UnsafePointer<Int>, UnsafePointer<Int>, UnsafePointer<Int>) = (
    p.offsets, p.taps, p.first_rows
  )
  for row in 0..<p.rows {
    var j = 0
    while j < p.count {
      let source = x + row &* p.x_row + j
      let column = V.add(V.load(columns + j).bits, V.splat(bitPattern: row &* p.index_row))
      var best = V(repeating: -.infinity)
      var index = V(bits: V.add(V.load(firstColumns + j).bits, V.splat(bitPattern: firstRows[row])))
      for t in 0..<p.k {
        let v = V.load(source + offsets[t])
        let wins = V.or(V.less(best, v), V.notEqual(v, v))
        best = V.select(wins, v, best)
        index = V.select(wins, V(bits: V.add(column, V.splat(bitPattern: taps[t]))), index)
      }
      let at = row &* p.count &+ j
      if j &+ V.lanes <= p.count {
        V.store(best, y + at)
        V.store(index, indices + at)
      } else {
        V.store(best, y + at, count: p.count &- j)
        V.store(index, indices + at, count: p.count &- j)
      }
      j &+= V.lanes
    }
  }
}

@c(adj_pool_maximum_f32) @inline(__always)
func poolMaximumF32(
  _ p: UnsafePointer<adj_pool_maximum>, _ x: UnsafePointer<Float>, _ columns: UnsafePointer<Float>,
  _ firstColumns: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ indices: UnsafeMutablePointer<Float>
) {
  maximumRows(p.pointee, x, columns, firstColumns, y, indices)
}

@c(adj_pool_maximum_f64) @inline(__always)
func poolMaximumF64(
  _ p: UnsafePointer<adj_pool_maximum>, _ x: UnsafePointer<Double>, _ columns: UnsafePointer<Double>,
  _ firstColumns: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, _ indices: UnsafeMutablePointer<Double>
) {
  maximumRows(p.pointee, x, columns, firstColumns, y, indices)
}

/// Writes rows of maxima, and of their indices as integers of the elements' width.
@inline(never)
func maximumRows(
  _ kind: ElementKind, _ maximum: adj_pool_maximum, _ x: UnsafeRawPointer, _ columns: UnsafeRawPointer,
  _ firstColumns: UnsafeRawPointer, _ y: UnsafeMutableRawPointer, _ indices: UnsafeMutableRawPointer
) {
  var maximum = maximum
  if kind == .float32 {
    adj_pool_maximum_f32_dispatch(
      &maximum, x.of(Float.self), columns.of(Float.self), firstColumns.of(Float.self), y.of(Float.self),
      indices.of(Float.self))
  } else {
    adj_pool_maximum_f64_dispatch(
      &maximum, x.of(Double.self), columns.of(Double.self), firstColumns.of(Double.self), y.of(Double.self),
      indices.of(Double.self))
  }
}
