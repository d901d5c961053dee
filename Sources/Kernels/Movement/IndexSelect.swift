import CKernels

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Slices of the middle axis of [outer, n, inner], named by a vector of `count` indices: copied out, and added in. The
/// caller has checked every index against 0..<n.

private func indexSelect<E>(
  _ outer: Int, _ n: Int, _ count: Int, _ inner: Int, _ x: UnsafePointer<E>, _ index: UnsafePointer<Int64>,
  _ y: UnsafeMutablePointer<E>
) {
  let bytes = inner &* MemoryLayout<E>.stride
  forEachRun(outer: outer, count: count, inner: inner) { o, rows in
    let (source, target) = (x + o &* n &* inner, y + o &* count &* inner)
    if inner == 1 {
      for i in rows { target[i] = source[Int(index[i])] }
    } else {
      for i in rows { memcpy(target + i &* inner, source + Int(index[i]) &* inner, bytes) }
    }
  }
}

/// y[o, i, …] = x[o, index[i], …].
package func indexSelect(
  _ kind: ElementKind, outer: Int, _ n: Int, count: Int, inner: Int, _ x: UnsafeRawPointer,
  _ index: UnsafePointer<Int64>, _ y: UnsafeMutableRawPointer
) {
  switch kind.size {
  case 1: indexSelect(outer, n, count, inner, x.of(UInt8.self), index, y.of(UInt8.self))
  case 4: indexSelect(outer, n, count, inner, x.of(UInt32.self), index, y.of(UInt32.self))
  default: indexSelect(outer, n, count, inner, x.of(UInt64.self), index, y.of(UInt64.self))
  }
}

/// y[index[i]·ld + j] += x[i·ld + j] for j < width, in the order of i.
@inline(__always)
private func indexAdd<E: Lane>(
  _ count: Int, _ width: Int, _ x: UnsafePointer<E>, _ index: UnsafePointer<Int64>, _ ld: Int,
  _ y: UnsafeMutablePointer<E>
) {
  typealias V = E.Vector
  for i in 0..<count {
    let (source, target) = (x + i &* ld, y + Int(index[i]) &* ld)
    var j = 0
    while j &+ V.lanes <= width {
      V.store(V.load(target + j) + V.load(source + j), target + j)
      j &+= V.lanes
    }
    while j < width {
      target[j] += source[j]
      j &+= 1
    }
  }
}

@c(adj_index_add_f32) @inline(__always)
func indexAddF32(
  _ count: Int, _ width: Int, _ x: UnsafePointer<Float>, _ index: UnsafePointer<Int64>, _ ld: Int,
  _ y: UnsafeMutablePointer<Float>
) {
  indexAdd(count, width, x, index, ld, y)
}

@c(adj_index_add_f64) @inline(__always)
func indexAddF64(
  _ count: Int, _ width: Int, _ x: UnsafePointer<Double>, _ index: UnsafePointer<Int64>, _ ld: Int,
  _ y: UnsafeMutablePointer<Double>
) {
  indexAdd(count, width, x, index, ld, y)
}

private func indexAdd<E>(
  _ count: Int, _ width: Int, _ x: UnsafePointer<E>, _ index: UnsafePointer<Int64>, _ ld: Int,
  _ y: UnsafeMutablePointer<E>, _ add: (E, E) -> E
) {
  for i in 0..<count {
    let (source, target) = (x + i &* ld, y + Int(index[i]) &* ld)
    for j in 0..<width { target[j] = add(target[j], source[j]) }
  }
}

@inline(never)
private func indexAdd(
  _ kind: ElementKind, _ count: Int, _ width: Int, _ x: UnsafeRawPointer, _ index: UnsafePointer<Int64>, _ ld: Int,
  _ y: UnsafeMutableRawPointer
) {
  switch kind {
  case .float32: adj_index_add_f32_dispatch(count, width, x.of(Float.self), index, ld, y.of(Float.self))
  case .float64: adj_index_add_f64_dispatch(count, width, x.of(Double.self), index, ld, y.of(Double.self))
  case .int32: indexAdd(count, width, x.of(Int32.self), index, ld, y.of(Int32.self), &+)
  case .int64: indexAdd(count, width, x.of(Int64.self), index, ld, y.of(Int64.self), &+)
  case .uint8: indexAdd(count, width, x.of(UInt8.self), index, ld, y.of(UInt8.self), &+)
  case .bool: indexAdd(count, width, x.of(UInt8.self), index, ld, y.of(UInt8.self), |)
  }
}

/// y[o, index[i], …] += x[o, i, …], in the order of i, so that repeated indices give the same bits each time: threads
/// share the outer positions and strips of the inner ones. Truth values are or-ed.
package func indexAdd(
  _ kind: ElementKind, outer: Int, _ n: Int, count: Int, inner: Int, _ x: UnsafeRawPointer,
  _ index: UnsafePointer<Int64>, _ y: UnsafeMutableRawPointer
) {
  forEachStrip(outer: outer, count: count, inner: inner) { o, columns in
    let (source, target) = (o * count * inner + columns.lowerBound, o * n * inner + columns.lowerBound)
    indexAdd(kind, count, columns.count, x + source * kind.size, index, inner, y + target * kind.size)
  }
}
