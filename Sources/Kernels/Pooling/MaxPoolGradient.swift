#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

private func scatter<E: FloatingPoint, I: BinaryInteger>(
  _ n: Int, _ g: UnsafePointer<E>, _ indices: UnsafePointer<I>, _ x: UnsafeMutablePointer<E>
) {
  for i in 0..<n { x[Int(truncatingIfNeeded: indices[i])] += g[i] }
}

/// x[plane, indices[plane, i]] += g[plane, i] over zeros, in order.
package func scatterToMaxima(
  _ kind: ElementKind, planes: Int, from n: Int, to m: Int, _ g: UnsafeRawPointer, _ indices: UnsafeRawPointer,
  _ x: UnsafeMutableRawPointer
) {
  parallel(planes, grain: max(1, poolGrain / max(1, n + m))) { range in
    memset(x + range.lowerBound * m * kind.size, 0, range.count * m * kind.size)
    for plane in range {
      let (from, to) = (plane * n * kind.size, x + plane * m * kind.size)
      if kind == .float32 {
        scatter(n, (g + from).of(Float.self), (indices + from).of(Int32.self), to.of(Float.self))
      } else {
        scatter(n, (g + from).of(Double.self), (indices + from).of(Int64.self), to.of(Double.self))
      }
    }
  }
}
