import CKernels

/// The sums of several taps, each a vector of positions.
private protocol TapSums {
  associatedtype V: FloatVector
  static var count: Int { get }
  init()
  mutating func add(_ g: V, _ x: UnsafePointer<V.Scalar>, _ offsets: UnsafePointer<Int>)
  /// The same for the first `n` lanes; the others' memory is not read.
  mutating func add(_ g: V, _ x: UnsafePointer<V.Scalar>, _ offsets: UnsafePointer<Int>, count n: Int)
  func addSums(to y: UnsafeMutablePointer<V.Scalar>)
}

private struct OneTap<V: FloatVector>: TapSums {
  private var sum = V(repeating: 0)

  @inline(__always) init() {}
  @inline(__always) static var count: Int { 1 }
  @inline(__always) mutating func add(_ g: V, _ x: UnsafePointer<V.Scalar>, _ offsets: UnsafePointer<Int>) {
    sum = V.muladd(g, .load(x + offsets[0]), sum)
  }
  @inline(__always)
  mutating func add(_ g: V, _ x: UnsafePointer<V.Scalar>, _ offsets: UnsafePointer<Int>, count n: Int) {
    sum = V.muladd(g, .load(x + offsets[0], count: n, fill: 0), sum)
  }
  @inline(__always) func addSums(to y: UnsafeMutablePointer<V.Scalar>) { y[0] += sum.sum() }
}

private struct Taps<A: TapSums, B: TapSums>: TapSums where A.V == B.V {
  private var first = A()
  private var second = B()

  @inline(__always) init() {}
  @inline(__always) static var count: Int { A.count &+ B.count }
  @inline(__always) mutating func add(_ g: A.V, _ x: UnsafePointer<A.V.Scalar>, _ offsets: UnsafePointer<Int>) {
    first.add(g, x, offsets)
    second.add(g, x, offsets + A.count)
  }
  @inline(__always)
  mutating func add(_ g: A.V, _ x: UnsafePointer<A.V.Scalar>, _ offsets: UnsafePointer<Int>, count n: Int) {
    first.add(g, x, offsets, count: n)
    second.add(g, x, offsets + A.count, count: n)
  }
  @inline(__always) func addSums(to y: UnsafeMutablePointer<A.V.Scalar>) {
    first.addSums(to: y)
    second.addSums(to: y + A.count)
  }
}

private typealias Taps2<V: FloatVector> = Taps<OneTap<V>, OneTap<V>>
private typealias Taps3<V: FloatVector> = Taps<Taps2<V>, OneTap<V>>
private typealias Taps4<V: FloatVector> = Taps<Taps2<V>, Taps2<V>>

/// y[t] += Σ over positions of g times x, `offsets[t]` further on: positions in lanes.
@inline(__always)
private func weightDots<T: TapSums>(
  _ type: T.Type, _ p: adj_conv_sum, _ x: UnsafePointer<T.V.Scalar>, _ offsets: UnsafePointer<Int>,
  _ g: UnsafePointer<T.V.Scalar>, _ y: UnsafeMutablePointer<T.V.Scalar>
) {
  var sums = T()
  for row in 0..<p.rows {
    let (x, g) = (x + row &* p.x_row, g + row &* p.g_row)
    var j = 0
    while j &+ T.V.lanes <= p.count {
      sums.add(.load(g + j), x + j, offsets)
      j &+= T.V.lanes
    }
    if j < p.count { sums.add(.load(g + j, count: p.count &- j, fill: 0), x + j, offsets, count: p.count &- j) }
  }
  sums.addSums(to: y)
}

@inline(__always)
private func weightDots<E: Lane>(
  _ p: UnsafePointer<adj_conv_sum>, _ x: UnsafePointer<E>, _ offsets: UnsafePointer<Int>, _ g: UnsafePointer<E>,
  _ y: UnsafeMutablePointer<E>
) {
  let p = p.pointee
  forEachTile(p.tile, atMost: 4) { start, size in
    switch size {
    case 1: weightDots(OneTap<E.Vector>.self, p, x, offsets + start, g, y + start)
    case 2: weightDots(Taps2<E.Vector>.self, p, x, offsets + start, g, y + start)
    case 3: weightDots(Taps3<E.Vector>.self, p, x, offsets + start, g, y + start)
    default: weightDots(Taps4<E.Vector>.self, p, x, offsets + start, g, y + start)
    }
  }
}

@c(adj_conv_weight_position_lanes_f32) @inline(__always)
func convWeightPositionLanesF32(
  _ p: UnsafePointer<adj_conv_sum>, _ x: UnsafePointer<Float>, _ offsets: UnsafePointer<Int>, _ g: UnsafePointer<Float>,
  _ y: UnsafeMutablePointer<Float>
) {
  weightDots(p, x, offsets, g, y)
}

@c(adj_conv_weight_position_lanes_f64) @inline(__always)
func convWeightPositionLanesF64(
  _ p: UnsafePointer<adj_conv_sum>, _ x: UnsafePointer<Double>, _ offsets: UnsafePointer<Int>,
  _ g: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>
) {
  weightDots(p, x, offsets, g, y)
}

/// Adds to y[t], for p.tile taps t, the dot products of g with x shifted by each tap's offset.
@inline(never)
func addWeightDots(
  _ kind: ElementKind, _ sum: adj_conv_sum, _ x: UnsafeRawPointer, _ offsets: UnsafePointer<Int>, _ g: UnsafeRawPointer,
  _ y: UnsafeMutableRawPointer
) {
  var sum = sum
  if kind == .float32 {
    adj_conv_weight_position_lanes_f32_dispatch(&sum, x.of(Float.self), offsets, g.of(Float.self), y.of(Float.self))
  } else {
    adj_conv_weight_position_lanes_f64_dispatch(
      &sum, x.of(Double.self), offsets, g.of(Double.self), y.of(Double.self))
  }
}
