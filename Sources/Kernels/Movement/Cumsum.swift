import CKernels

/// y[i] = carry + x[0] + … + x[i], a vector at a time: sums within the vector, then the carry, which is the sum at the end of
/// the vector before. Reversed, the sums run from the end.
@inline(__always)
private func cumsumRow<E: Lane>(
  _ reversed: Bool, _ carry: E, _ n: Int, _ x: UnsafePointer<E>, _ y: UnsafeMutablePointer<E>
) {
  typealias V = E.Vector
  let w = V.lanes
  var total = V(repeating: carry)
  if reversed {
    var end = n
    while end >= w {
      end &-= w
      let sums = V.load(x + end).suffixSums() + total
      V.store(sums, y + end)
      total = sums.first()
    }
    if end > 0 { V.store(V.load(x, count: end, fill: 0).suffixSums() + total, y, count: end) }
  } else {
    var i = 0
    while i &+ w <= n {
      let sums = V.load(x + i).prefixSums() + total
      V.store(sums, y + i)
      total = sums.last()
      i &+= w
    }
    if i < n { V.store(V.load(x + i, count: n &- i, fill: 0).prefixSums() + total, y + i, count: n &- i) }
  }
}

@inline(__always)
private func cumsumRows<E: Lane>(
  _ reversed: Bool, _ carry: E, _ rows: Int, _ n: Int, _ x: UnsafePointer<E>, _ y: UnsafeMutablePointer<E>
) {
  if reversed {
    for row in 0..<rows { cumsumRow(true, carry, n, x + row &* n, y + row &* n) }
  } else {
    for row in 0..<rows { cumsumRow(false, carry, n, x + row &* n, y + row &* n) }
  }
}

/// z = x + y for n elements.
@inline(__always)
private func add<E: Lane>(_ n: Int, _ x: UnsafePointer<E>, _ y: UnsafePointer<E>, _ z: UnsafeMutablePointer<E>) {
  typealias V = E.Vector
  var j = 0
  while j &+ V.lanes <= n {
    V.store(V.load(x + j) + V.load(y + j), z + j)
    j &+= V.lanes
  }
  while j < n {
    z[j] = x[j] + y[j]
    j &+= 1
  }
}

/// Each row of n is added to the one before it; all rows stand ld elements apart.
@inline(__always)
private func cumsumColumns<E: Lane>(
  _ reversed: Bool, _ n: Int, _ width: Int, _ x: UnsafePointer<E>, _ ld: Int, _ y: UnsafeMutablePointer<E>
) {
  let (first, step) = reversed ? ((n &- 1) &* ld, 0 &- ld) : (0, ld)
  y.advanced(by: first).update(from: x + first, count: width)
  var at = first
  for _ in 1..<n {
    add(width, x + at + step, y + at, y + at + step)
    at &+= step
  }
}

@c(adj_cumsum_rows_f32) @inline(__always)
func cumsumRowsF32(
  _ reversed: Bool, _ carry: Float, _ rows: Int, _ n: Int, _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>
) {
  cumsumRows(reversed, carry, rows, n, x, y)
}

@c(adj_cumsum_rows_f64) @inline(__always)
func cumsumRowsF64(
  _ reversed: Bool, _ carry: Double, _ rows: Int, _ n: Int, _ x: UnsafePointer<Double>,
  _ y: UnsafeMutablePointer<Double>
) {
  cumsumRows(reversed, carry, rows, n, x, y)
}

@c(adj_cumsum_columns_f32) @inline(__always)
func cumsumColumnsF32(
  _ reversed: Bool, _ n: Int, _ width: Int, _ x: UnsafePointer<Float>, _ ld: Int, _ y: UnsafeMutablePointer<Float>
) {
  cumsumColumns(reversed, n, width, x, ld, y)
}

@c(adj_cumsum_columns_f64) @inline(__always)
func cumsumColumnsF64(
  _ reversed: Bool, _ n: Int, _ width: Int, _ x: UnsafePointer<Double>, _ ld: Int, _ y: UnsafeMutablePointer<Double>
) {
  cumsumColumns(reversed, n, width, x, ld, y)
}

private func integerRow(
  _ reversed: Bool, _ carry: Int64, _ n: Int, _ x: UnsafePointer<Int64>, _ y: UnsafeMutablePointer<Int64>
) {
  var total = carry
  for i in 0..<n {
    let at = reversed ? n &- 1 &- i : i
    total &+= x[at]
    y[at] = total
  }
}

private func integerColumns(
  _ reversed: Bool, _ n: Int, _ width: Int, _ x: UnsafePointer<Int64>, _ ld: Int, _ y: UnsafeMutablePointer<Int64>
) {
  let (first, step) = reversed ? ((n &- 1) &* ld, 0 &- ld) : (0, ld)
  y.advanced(by: first).update(from: x + first, count: width)
  var at = first
  for _ in 1..<n {
    for j in at..<at &+ width { y[j &+ step] = y[j] &+ x[j &+ step] }
    at &+= step
  }
}

/// Running sums of rows of n contiguous elements, each row's beginning with the element at `carry`.
@inline(never)
func cumsumRows(
  _ kind: ElementKind, reversed: Bool, carry: UnsafeRawPointer, _ rows: Int, _ n: Int, _ x: UnsafeRawPointer,
  _ y: UnsafeMutableRawPointer
) {
  switch kind {
  case .float32:
    adj_cumsum_rows_f32_dispatch(reversed, carry.of(Float.self).pointee, rows, n, x.of(Float.self), y.of(Float.self))
  case .float64:
    adj_cumsum_rows_f64_dispatch(reversed, carry.of(Double.self).pointee, rows, n, x.of(Double.self), y.of(Double.self))
  default:
    let carry = carry.of(Int64.self).pointee
    for row in 0..<rows { integerRow(reversed, carry, n, x.of(Int64.self) + row * n, y.of(Int64.self) + row * n) }
  }
}

/// Running sums of `width` columns over n ≥ 1 rows that stand ld elements apart.
@inline(never)
func cumsumColumns(
  _ kind: ElementKind, reversed: Bool, _ n: Int, _ width: Int, _ x: UnsafeRawPointer, _ ld: Int,
  _ y: UnsafeMutableRawPointer
) {
  switch kind {
  case .float32: adj_cumsum_columns_f32_dispatch(reversed, n, width, x.of(Float.self), ld, y.of(Float.self))
  case .float64: adj_cumsum_columns_f64_dispatch(reversed, n, width, x.of(Double.self), ld, y.of(Double.self))
  default: integerColumns(reversed, n, width, x.of(Int64.self), ld, y.of(Int64.self))
  }
}
