/// Gather and scatter-add along the middle axis of [outer, n, inner], the indices of shape [outer, count, inner]. The
/// caller has checked every index against 0..<n.
private func gather<E>(
  _ outer: Int, _ n: Int, _ count: Int, _ inner: Int, _ x: UnsafePointer<E>, _ index: UnsafePointer<Int64>,
  _ y: UnsafeMutablePointer<E>
) {
  for o in 0..<outer {
    for i in 0..<count {
      let row = (o &* count &+ i) &* inner
      for j in 0..<inner { y[row &+ j] = x[(o &* n &+ Int(index[row &+ j])) &* inner &+ j] }
    }
  }
}

/// y[o, i, j] = x[o, index[o, i, j], j].
package func gather(
  _ kind: ElementKind, outer: Int, _ n: Int, count: Int, inner: Int, _ x: UnsafeRawPointer,
  _ index: UnsafePointer<Int64>, _ y: UnsafeMutableRawPointer
) {
  switch kind.size {
  case 1: gather(outer, n, count, inner, x.of(UInt8.self), index, y.of(UInt8.self))
  case 4: gather(outer, n, count, inner, x.of(UInt32.self), index, y.of(UInt32.self))
  default: gather(outer, n, count, inner, x.of(UInt64.self), index, y.of(UInt64.self))
  }
}

private func scatterAdd<E: Numeric>(
  _ outer: Int, _ n: Int, _ count: Int, _ inner: Int, _ x: UnsafePointer<E>, _ index: UnsafePointer<Int64>,
  _ y: UnsafeMutablePointer<E>, _ add: (E, E) -> E
) {
  for o in 0..<outer {
    for i in 0..<count {
      let row = (o &* count &+ i) &* inner
      for j in 0..<inner {
        let at = (o &* n &+ Int(index[row &+ j])) &* inner &+ j
        y[at] = add(y[at], x[row &+ j])
      }
    }
  }
}

/// y[o, index[o, i, j], j] += x[o, i, j], in order, so that repeated indices give the same bits each time. Truth
/// values are or-ed.
package func scatterAdd(
  _ kind: ElementKind, outer: Int, _ n: Int, count: Int, inner: Int, _ x: UnsafeRawPointer,
  _ index: UnsafePointer<Int64>, _ y: UnsafeMutableRawPointer
) {
  switch kind {
  case .float32: scatterAdd(outer, n, count, inner, x.of(Float.self), index, y.of(Float.self), +)
  case .float64: scatterAdd(outer, n, count, inner, x.of(Double.self), index, y.of(Double.self), +)
  case .int32: scatterAdd(outer, n, count, inner, x.of(Int32.self), index, y.of(Int32.self), &+)
  case .int64: scatterAdd(outer, n, count, inner, x.of(Int64.self), index, y.of(Int64.self), &+)
  case .uint8: scatterAdd(outer, n, count, inner, x.of(UInt8.self), index, y.of(UInt8.self), &+)
  case .bool: scatterAdd(outer, n, count, inner, x.of(UInt8.self), index, y.of(UInt8.self), |)
  }
}
