/// Scatter along the middle axis of [outer, n, inner], the indices of shape [outer, count, inner]. The caller has checked
/// every index against 0..<n.

@inline(__always)
private func scatter<E>(
  _ outer: Int, _ n: Int, _ count: Int, _ inner: Int, _ x: UnsafePointer<E>, _ index: UnsafePointer<Int64>,
  _ y: UnsafeMutablePointer<E>, _ combine: (E, E) -> E
) {
  forEachStrip(outer: outer, count: count, inner: inner) { o, columns in
    let target = y + o &* n &* inner
    for i in 0..<count {
      let row = (o &* count &+ i) &* inner
      for j in columns {
        let at = Int(index[row &+ j]) &* inner &+ j
        target[at] = combine(target[at], x[row &+ j])
      }
    }
  }
}

private func scatter<E: Combinable>(
  _ combination: Combination, _ type: E.Type, _ outer: Int, _ n: Int, _ count: Int, _ inner: Int,
  _ x: UnsafeRawPointer, _ index: UnsafePointer<Int64>, _ y: UnsafeMutableRawPointer
) {
  let (x, y) = (x.of(E.self), y.of(E.self))
  switch combination {
  case .assign: scatter(outer, n, count, inner, x, index, y) { $1 }
  case .add: scatter(outer, n, count, inner, x, index, y) { E.sum($0, $1) }
  case .multiply: scatter(outer, n, count, inner, x, index, y) { E.product($0, $1) }
  case .maximum: scatter(outer, n, count, inner, x, index, y) { E.larger($0, $1) }
  case .minimum: scatter(outer, n, count, inner, x, index, y) { E.smaller($0, $1) }
  }
}

/// y[o, index[o, i, j], j] = x[o, i, j] combined with what stands there, in the order of i, so that repeated indices give
/// the same bits each time and for any number of threads.
package func scatter(
  _ combination: Combination, _ kind: ElementKind, outer: Int, _ n: Int, count: Int, inner: Int, _ x: UnsafeRawPointer,
  _ index: UnsafePointer<Int64>, _ y: UnsafeMutableRawPointer
) {
  switch kind {
  case .float32: scatter(combination, Float.self, outer, n, count, inner, x, index, y)
  case .float64: scatter(combination, Double.self, outer, n, count, inner, x, index, y)
  case .int32: scatter(combination, Int32.self, outer, n, count, inner, x, index, y)
  case .int64: scatter(combination, Int64.self, outer, n, count, inner, x, index, y)
  case .uint8: scatter(combination, UInt8.self, outer, n, count, inner, x, index, y)
  case .bool: scatter(combination, TruthByte.self, outer, n, count, inner, x, index, y)
  }
}
