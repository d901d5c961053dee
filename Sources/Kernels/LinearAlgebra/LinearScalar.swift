import CKernels

/// A type that factorisations compute in, and their steps on contiguous vectors.
protocol LinearScalar: Lane {
  static var kind: ElementKind { get }
  /// y += a·x.
  static func addMultiple(_ n: Int, _ a: Self, _ x: UnsafePointer<Self>, _ y: UnsafeMutablePointer<Self>)
  /// Σ x·y.
  static func dot(_ n: Int, _ x: UnsafePointer<Self>, _ y: UnsafePointer<Self>) -> Self
}

@inline(__always)
private func addMultiple<E: Lane>(_ n: Int, _ a: E, _ x: UnsafePointer<E>, _ y: UnsafeMutablePointer<E>) {
  typealias V = E.Vector
  let factor = V(repeating: a)
  forEachVector(V.self, n) { i, count in
    storeLanes(V.muladd(factor, loadLanes(x + i, count), loadLanes(y + i, count)), y + i, count)
  }
}

@inline(__always)
private func dot<E: Lane>(_ n: Int, _ x: UnsafePointer<E>, _ y: UnsafePointer<E>, _ sum: UnsafeMutablePointer<E>) {
  typealias V = E.Vector
  var (even, odd) = (V(repeating: 0), V(repeating: 0))
  var i = 0
  while i &+ 2 &* V.lanes <= n {
    even = V.muladd(V.load(x + i), V.load(y + i), even)
    odd = V.muladd(V.load(x + i + V.lanes), V.load(y + i + V.lanes), odd)
    i &+= 2 &* V.lanes
  }
  forEachVector(V.self, n &- i) { j, count in
    even = V.muladd(loadLanes(x + i + j, count), loadLanes(y + i + j, count), even)
  }
  sum.pointee = (even + odd).sum()
}

@c(adj_axpy_f32) @inline(__always)
func axpyF32(_ n: Int, _ a: Float, _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>) {
  addMultiple(n, a, x, y)
}

@c(adj_axpy_f64) @inline(__always)
func axpyF64(_ n: Int, _ a: Double, _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>) {
  addMultiple(n, a, x, y)
}

@c(adj_dot_f32) @inline(__always)
func dotF32(_ n: Int, _ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>, _ sum: UnsafeMutablePointer<Float>) {
  dot(n, x, y, sum)
}

@c(adj_dot_f64) @inline(__always)
func dotF64(_ n: Int, _ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>, _ sum: UnsafeMutablePointer<Double>) {
  dot(n, x, y, sum)
}

extension Float: LinearScalar {
  @inline(never)
  static func addMultiple(_ n: Int, _ a: Float, _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>) {
    adj_axpy_f32_dispatch(n, a, x, y)
  }
  @inline(never)
  static func dot(_ n: Int, _ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>) -> Float {
    var sum: Float = 0
    adj_dot_f32_dispatch(n, x, y, &sum)
    return sum
  }
}

extension Double: LinearScalar {
  @inline(never)
  static func addMultiple(_ n: Int, _ a: Double, _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>) {
    adj_axpy_f64_dispatch(n, a, x, y)
  }
  @inline(never)
  static func dot(_ n: Int, _ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>) -> Double {
    var sum = 0.0
    adj_dot_f64_dispatch(n, x, y, &sum)
    return sum
  }
}
