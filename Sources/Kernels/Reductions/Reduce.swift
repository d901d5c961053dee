import CKernels

/// The reductions of an array to one value.
package enum Reduction: Int32, CaseIterable, Sendable {
  case sum, product, maximum, minimum
}

/// An associative combination with its neutral element, which the loops over rows and columns apply.
protocol ReductionBody {
  static func neutral<E: Lane>(_ type: E.Type) -> E
  static func combine<V: FloatVector>(_ a: V, _ b: V) -> V
}

enum SumOf: ReductionBody {
  @inline(__always) static func neutral<E: Lane>(_ type: E.Type) -> E { 0 }
  @inline(__always) static func combine<V: FloatVector>(_ a: V, _ b: V) -> V { a + b }
}
enum ProductOf: ReductionBody {
  @inline(__always) static func neutral<E: Lane>(_ type: E.Type) -> E { 1 }
  @inline(__always) static func combine<V: FloatVector>(_ a: V, _ b: V) -> V { a * b }
}
enum MaximumOf: ReductionBody {
  @inline(__always) static func neutral<E: Lane>(_ type: E.Type) -> E { -.infinity }
  // NaN wins.
  @inline(__always) static func combine<V: FloatVector>(_ a: V, _ b: V) -> V {
    V.select(V.or(V.less(a, b), V.notEqual(b, b)), b, a)
  }
}
/// The largest number: NaN counts for nothing. One instruction, for those who meet NaN later anyway.
enum LargestNumber: ReductionBody {
  @inline(__always) static func neutral<E: Lane>(_ type: E.Type) -> E { -.infinity }
  @inline(__always) static func combine<V: FloatVector>(_ a: V, _ b: V) -> V { V.select(V.less(a, b), b, a) }
}
enum MinimumOf: ReductionBody {
  @inline(__always) static func neutral<E: Lane>(_ type: E.Type) -> E { .infinity }
  @inline(__always) static func combine<V: FloatVector>(_ a: V, _ b: V) -> V {
    V.select(V.or(V.less(b, a), V.notEqual(b, b)), b, a)
  }
}

/// All lanes as one.
@inline(__always)
func fold<B: ReductionBody, V: FloatVector>(_ body: B.Type, _ v: V) -> V.Scalar { v.fold { B.combine($0, $1) } }

/// A block of at most 2048 elements in four vector accumulators: each lane adds up to 32 terms.
@inline(__always)
func reduceBlock<B: ReductionBody, E: Lane>(_ body: B.Type, _ n: Int, _ x: UnsafePointer<E>) -> E.Vector {
  typealias V = E.Vector
  let neutral = B.neutral(E.self)
  var (a, b) = (V(repeating: neutral), V(repeating: neutral))
  var (c, d) = (a, b)
  let w = V.lanes
  var i = 0
  while i &+ 4 &* w <= n {
    a = B.combine(a, V.load(x + i))
    b = B.combine(b, V.load(x + i + w))
    c = B.combine(c, V.load(x + i + 2 &* w))
    d = B.combine(d, V.load(x + i + 3 &* w))
    i &+= 4 &* w
  }
  while i < n {
    a = B.combine(a, i &+ w <= n ? V.load(x + i) : V.load(x + i, count: n &- i, fill: neutral))
    i &+= w
  }
  return B.combine(B.combine(a, b), B.combine(c, d))
}

/// The reduction of n contiguous elements, the neutral one of none.
@inline(__always)
func reduceRow<B: ReductionBody, E: Lane>(_ body: B.Type, _ n: Int, _ x: UnsafePointer<E>) -> E {
  var total = E.Vector(repeating: B.neutral(E.self))
  var i = 0
  while i < n {
    total = B.combine(total, reduceBlock(body, min(blockSize, n &- i), x + i))
    i &+= blockSize
  }
  return fold(body, total)
}

@inline(__always)
private func reduceRows<B: ReductionBody, E: Lane>(
  _ body: B.Type, _ rows: Int, _ n: Int, _ x: UnsafePointer<E>, _ ld: Int, _ y: UnsafeMutablePointer<E>
) {
  for row in 0..<rows { y[row] = reduceRow(body, n, x + row &* ld) }
}

@inline(__always)
private func rows<E: Lane>(
  _ op: Int32, _ rows: Int, _ n: Int, _ x: UnsafePointer<E>, _ ld: Int, _ y: UnsafeMutablePointer<E>
) {
  switch Reduction(rawValue: op).unsafelyUnwrapped {
  case .sum: reduceRows(SumOf.self, rows, n, x, ld, y)
  case .product: reduceRows(ProductOf.self, rows, n, x, ld, y)
  case .maximum: reduceRows(MaximumOf.self, rows, n, x, ld, y)
  case .minimum: reduceRows(MinimumOf.self, rows, n, x, ld, y)
  }
}

@c(adj_reduce_rows_f32) @inline(__always)
func reduceRowsF32(
  _ op: Int32, _ count: Int, _ n: Int, _ x: UnsafePointer<Float>, _ ld: Int,
  _ y: UnsafeMutablePointer<Float>
) {
  rows(op, count, n, x, ld, y)
}

@c(adj_reduce_rows_f64) @inline(__always)
func reduceRowsF64(
  _ op: Int32, _ count: Int, _ n: Int, _ x: UnsafePointer<Double>, _ ld: Int,
  _ y: UnsafeMutablePointer<Double>
) {
  rows(op, count, n, x, ld, y)
}

/// y[r] = the reduction of row r: n contiguous elements, rows standing ld apart.
@inline(never)
func reduceRows(
  _ reduction: Reduction, _ kind: ElementKind, _ rows: Int, _ n: Int, _ x: UnsafeRawPointer, _ ld: Int,
  _ y: UnsafeMutableRawPointer
) {
  let op = reduction.rawValue
  switch kind {
  case .float32: adj_reduce_rows_f32_dispatch(op, rows, n, x.of(Float.self), ld, y.of(Float.self))
  case .float64: adj_reduce_rows_f64_dispatch(op, rows, n, x.of(Double.self), ld, y.of(Double.self))
  case .int32: integerReduce(reduction, rows, n, x.of(Int32.self), ld, y.of(Int32.self))
  case .int64: integerReduce(reduction, rows, n, x.of(Int64.self), ld, y.of(Int64.self))
  case .uint8, .bool: integerReduce(reduction, rows, n, x.of(UInt8.self), ld, y.of(UInt8.self))
  }
}
