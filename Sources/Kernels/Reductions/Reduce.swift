import CKernels

/// The reductions of an array to one value.
package enum Reduction: Int32, CaseIterable, Sendable {
  case sum, product, maximum, minimum
}

/// An associative combination with its neutral element, which ``reduceRow`` and ``reduceColumn`` apply.
private protocol Body {
  static func neutral<E: Lane>(_ type: E.Type) -> E
  static func combine<V: FloatVector>(_ a: V, _ b: V) -> V
}

private enum Sum: Body {
  @inline(__always) static func neutral<E: Lane>(_ type: E.Type) -> E { 0 }
  @inline(__always) static func combine<V: FloatVector>(_ a: V, _ b: V) -> V { a + b }
}
private enum Product: Body {
  @inline(__always) static func neutral<E: Lane>(_ type: E.Type) -> E { 1 }
  @inline(__always) static func combine<V: FloatVector>(_ a: V, _ b: V) -> V { a * b }
}
private enum Maximum: Body {
  @inline(__always) static func neutral<E: Lane>(_ type: E.Type) -> E { -.infinity }
  // NaN wins.
  @inline(__always) static func combine<V: FloatVector>(_ a: V, _ b: V) -> V {
    V.select(V.or(V.less(a, b), V.notEqual(b, b)), b, a)
  }
}
private enum Minimum: Body {
  @inline(__always) static func neutral<E: Lane>(_ type: E.Type) -> E { .infinity }
  @inline(__always) static func combine<V: FloatVector>(_ a: V, _ b: V) -> V {
    V.select(V.or(V.less(b, a), V.notEqual(b, b)), b, a)
  }
}

/// Lanes folded in halves: 8 with 8, 4 with 4, … through memory, so that one body serves every width.
@inline(__always)
private func fold<B: Body, V: FloatVector>(_ body: B.Type, _ v: V) -> V.Scalar {
  var v = v
  return withUnsafeMutablePointer(to: &v) { p in
    let lanes = UnsafeMutableRawPointer(p).of(V.Scalar.self)
    let neutral = B.neutral(V.Scalar.self)
    var width = V.lanes / 2
    while width > 0 {
      let folded = B.combine(
        V.load(lanes, count: width, fill: neutral), V.load(lanes + width, count: width, fill: neutral))
      V.store(folded, lanes, count: width)
      width /= 2
    }
    return lanes[0]
  }
}

/// A block of at most 2048 elements in four vector accumulators: each lane adds up to 32 terms.
@inline(__always)
private func reduceBlock<B: Body, E: Lane>(_ body: B.Type, _ n: Int, _ x: UnsafePointer<E>) -> E.Vector {
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

@inline(__always)
private func reduceRows<B: Body, E: Lane>(
  _ body: B.Type, _ rows: Int, _ n: Int, _ x: UnsafePointer<E>, _ y: UnsafeMutablePointer<E>
) {
  for row in 0..<rows {
    let x = x + row &* n
    var total = E.Vector(repeating: B.neutral(E.self))
    var i = 0
    while i < n {
      total = B.combine(total, reduceBlock(body, min(2048, n &- i), x + i))
      i &+= 2048
    }
    y[row] = fold(body, total)
  }
}

/// One vector's worth of columns, in blocks of 128 rows whose results are combined: rounding errors of a sum grow with
/// the block and with the number of blocks, not with their product.
@inline(__always)
private func reduceColumn<B: Body, E: Lane>(
  _ body: B.Type, _ n: Int, _ x: UnsafePointer<E>, _ ld: Int, _ count: Int
) -> E.Vector {
  typealias V = E.Vector
  let neutral = V(repeating: B.neutral(E.self))
  var total = neutral
  var i = 0
  while i < n {
    var block = neutral
    let end = min(n, i &+ 128)
    while i < end {
      let row = x + i &* ld
      block = B.combine(block, count == V.lanes ? V.load(row) : V.load(row, count: count, fill: 0))
      i &+= 1
    }
    total = B.combine(total, block)
  }
  return total
}

/// Four vectors of columns at once, so that each row is read in whole cache lines.
@inline(__always)
private func reduceColumns4<B: Body, E: Lane>(
  _ body: B.Type, _ n: Int, _ x: UnsafePointer<E>, _ ld: Int, _ y: UnsafeMutablePointer<E>
) {
  typealias V = E.Vector
  let (w, neutral) = (V.lanes, V(repeating: B.neutral(E.self)))
  var (t0, t1, t2, t3) = (neutral, neutral, neutral, neutral)
  var i = 0
  while i < n {
    var (b0, b1, b2, b3) = (neutral, neutral, neutral, neutral)
    let end = min(n, i &+ 128)
    while i < end {
      let row = x + i &* ld
      b0 = B.combine(b0, V.load(row))
      b1 = B.combine(b1, V.load(row + w))
      b2 = B.combine(b2, V.load(row + 2 &* w))
      b3 = B.combine(b3, V.load(row + 3 &* w))
      i &+= 1
    }
    (t0, t1) = (B.combine(t0, b0), B.combine(t1, b1))
    (t2, t3) = (B.combine(t2, b2), B.combine(t3, b3))
  }
  V.store(t0, y)
  V.store(t1, y + w)
  V.store(t2, y + 2 &* w)
  V.store(t3, y + 3 &* w)
}

@inline(__always)
private func reduceColumns<B: Body, E: Lane>(
  _ body: B.Type, _ n: Int, _ width: Int, _ x: UnsafePointer<E>, _ ld: Int, _ y: UnsafeMutablePointer<E>
) {
  let w = E.Vector.lanes
  var j = 0
  while j &+ 4 &* w <= width {
    reduceColumns4(body, n, x + j, ld, y + j)
    j &+= 4 &* w
  }
  while j < width {
    let count = min(w, width &- j)
    let total = reduceColumn(body, n, x + j, ld, count)
    if count == w { E.Vector.store(total, y + j) } else { E.Vector.store(total, y + j, count: count) }
    j &+= w
  }
}

@inline(__always)
private func rows<E: Lane>(_ op: Int32, _ rows: Int, _ n: Int, _ x: UnsafePointer<E>, _ y: UnsafeMutablePointer<E>) {
  switch Reduction(rawValue: op).unsafelyUnwrapped {
  case .sum: reduceRows(Sum.self, rows, n, x, y)
  case .product: reduceRows(Product.self, rows, n, x, y)
  case .maximum: reduceRows(Maximum.self, rows, n, x, y)
  case .minimum: reduceRows(Minimum.self, rows, n, x, y)
  }
}

@inline(__always)
private func columns<E: Lane>(
  _ op: Int32, _ n: Int, _ width: Int, _ x: UnsafePointer<E>, _ ld: Int, _ y: UnsafeMutablePointer<E>
) {
  switch Reduction(rawValue: op).unsafelyUnwrapped {
  case .sum: reduceColumns(Sum.self, n, width, x, ld, y)
  case .product: reduceColumns(Product.self, n, width, x, ld, y)
  case .maximum: reduceColumns(Maximum.self, n, width, x, ld, y)
  case .minimum: reduceColumns(Minimum.self, n, width, x, ld, y)
  }
}

@c(adj_reduce_rows_f32) @inline(__always)
func reduceRowsF32(
  _ op: Int32, _ count: Int, _ n: Int, _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>
) {
  rows(op, count, n, x, y)
}

@c(adj_reduce_rows_f64) @inline(__always)
func reduceRowsF64(
  _ op: Int32, _ count: Int, _ n: Int, _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>
) {
  rows(op, count, n, x, y)
}

@c(adj_reduce_columns_f32) @inline(__always)
func reduceColumnsF32(
  _ op: Int32, _ n: Int, _ width: Int, _ x: UnsafePointer<Float>, _ ld: Int, _ y: UnsafeMutablePointer<Float>
) {
  columns(op, n, width, x, ld, y)
}

@c(adj_reduce_columns_f64) @inline(__always)
func reduceColumnsF64(
  _ op: Int32, _ n: Int, _ width: Int, _ x: UnsafePointer<Double>, _ ld: Int, _ y: UnsafeMutablePointer<Double>
) {
  columns(op, n, width, x, ld, y)
}

/// y[r] = the reduction of row r: n contiguous elements.
@inline(never)
func reduceRows(
  _ reduction: Reduction, _ kind: ElementKind, _ rows: Int, _ n: Int, _ x: UnsafeRawPointer,
  _ y: UnsafeMutableRawPointer
) {
  let op = reduction.rawValue
  switch kind {
  case .float32: adj_reduce_rows_f32_dispatch(op, rows, n, x.of(Float.self), y.of(Float.self))
  case .float64: adj_reduce_rows_f64_dispatch(op, rows, n, x.of(Double.self), y.of(Double.self))
  case .int32: integerReduce(reduction, rows, n, x.of(Int32.self), y.of(Int32.self))
  case .int64: integerReduce(reduction, rows, n, x.of(Int64.self), y.of(Int64.self))
  case .uint8, .bool: integerReduce(reduction, rows, n, x.of(UInt8.self), y.of(UInt8.self))
  }
}

/// y[j] = the reduction of column j < width over n rows that stand ld elements apart.
@inline(never)
func reduceColumns(
  _ reduction: Reduction, _ kind: ElementKind, _ n: Int, _ width: Int, _ x: UnsafeRawPointer, _ ld: Int,
  _ y: UnsafeMutableRawPointer
) {
  let op = reduction.rawValue
  switch kind {
  case .float32: adj_reduce_columns_f32_dispatch(op, n, width, x.of(Float.self), ld, y.of(Float.self))
  case .float64: adj_reduce_columns_f64_dispatch(op, n, width, x.of(Double.self), ld, y.of(Double.self))
  case .int32: integerReduceColumns(reduction, n, width, x.of(Int32.self), ld, y.of(Int32.self))
  case .int64: integerReduceColumns(reduction, n, width, x.of(Int64.self), ld, y.of(Int64.self))
  case .uint8, .bool: integerReduceColumns(reduction, n, width, x.of(UInt8.self), ld, y.of(UInt8.self))
  }
}
