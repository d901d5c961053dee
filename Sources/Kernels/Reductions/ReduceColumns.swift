import CKernels

/// Columns that are worked on together: a strip's partial results stay in the first-level cache, and each of its rows is
/// read in whole lines that the processor fetches ahead.
let columnStrip = 1024
/// Rows whose reduction is formed before it joins the total, for the rounding errors of sums.
let columnBlock = 128

/// y[j] = the reduction of 8 rows in a tree, and of y[j] itself unless they are the first; whole vectors only.
@inline(__always)
private func reduceEightRows<B: ReductionBody, E: Lane>(
  _ body: B.Type, _ width: Int, _ x: UnsafePointer<E>, _ ld: Int, _ y: UnsafeMutablePointer<E>, isFirst: Bool
) {
  typealias V = E.Vector
  let (a, b, c, d) = (x, x + ld, x + 2 &* ld, x + 3 &* ld)
  let (e, f, g, h) = (a + 4 &* ld, b + 4 &* ld, c + 4 &* ld, d + 4 &* ld)
  let start = V(repeating: B.neutral(E.self))
  var j = 0
  while j &+ V.lanes <= width {
    let ab = B.combine(V.load(a + j), V.load(b + j))
    let cd = B.combine(V.load(c + j), V.load(d + j))
    let ef = B.combine(V.load(e + j), V.load(f + j))
    let gh = B.combine(V.load(g + j), V.load(h + j))
    let before = isFirst ? start : V.load(y + j)
    V.store(B.combine(before, B.combine(B.combine(ab, cd), B.combine(ef, gh))), y + j)
    j &+= V.lanes
  }
}

/// y[0..<count] = the reduction of n rows of fewer columns than a vector has lanes.
@inline(__always)
private func reduceTail<B: ReductionBody, E: Lane>(
  _ body: B.Type, _ n: Int, _ count: Int, _ x: UnsafePointer<E>, _ ld: Int, _ y: UnsafeMutablePointer<E>
) {
  typealias V = E.Vector
  var total = V(repeating: B.neutral(E.self))
  for i in 0..<n { total = B.combine(total, V.load(x + i &* ld, count: count, fill: 0)) }
  V.store(total, y, count: count)
}

/// y[j] = the combination of y[j] and x[j].
@inline(__always)
private func combineRow<B: ReductionBody, E: Lane>(
  _ body: B.Type, _ width: Int, _ x: UnsafePointer<E>, _ y: UnsafeMutablePointer<E>
) {
  typealias V = E.Vector
  var j = 0
  while j &+ V.lanes <= width {
    V.store(B.combine(V.load(y + j), V.load(x + j)), y + j)
    j &+= V.lanes
  }
  let rest = width &- j
  guard rest > 0 else { return }
  V.store(B.combine(V.load(y + j, count: rest, fill: 0), V.load(x + j, count: rest, fill: 0)), y + j, count: rest)
}

/// y[j] = the reduction of column j over n rows that stand ld elements apart.
@inline(__always)
func reduceBlockOfRows<B: ReductionBody, E: Lane>(
  _ body: B.Type, _ n: Int, _ width: Int, _ x: UnsafePointer<E>, _ ld: Int, _ y: UnsafeMutablePointer<E>
) {
  let (rest, whole) = (width % E.Vector.lanes, width / E.Vector.lanes * E.Vector.lanes)
  var i = 0
  if n < 8 { y.update(repeating: B.neutral(E.self), count: whole) }
  while i &+ 8 <= n {
    reduceEightRows(body, whole, x + i &* ld, ld, y, isFirst: i == 0)
    i &+= 8
  }
  while i < n {
    combineRow(body, whole, x + i &* ld, y)
    i &+= 1
  }
  if rest > 0 { reduceTail(body, n, rest, x + whole, ld, y + whole) }
}

/// One strip: blocks of rows into the scratch, the blocks' results into y.
@inline(__always)
func reduceStrip<B: ReductionBody, E: Lane>(
  _ body: B.Type, _ n: Int, _ width: Int, _ x: UnsafePointer<E>, _ ld: Int, _ scratch: UnsafeMutablePointer<E>,
  _ y: UnsafeMutablePointer<E>
) {
  if n == 0 { y.update(repeating: B.neutral(E.self), count: width) }
  var i = 0
  while i < n {
    let target = i == 0 ? y : scratch
    reduceBlockOfRows(body, min(n &- i, columnBlock), width, x + i &* ld, ld, target)
    if i > 0 { combineRow(body, width, scratch, y) }
    i &+= columnBlock
  }
}

// An entry for each reduction: together they are more than the compiler inlines into one function.

@c(adj_sum_columns_f32) @inline(__always)
func sumColumnsF32(
  _ n: Int, _ width: Int, _ x: UnsafePointer<Float>, _ ld: Int, _ scratch: UnsafeMutablePointer<Float>,
  _ y: UnsafeMutablePointer<Float>
) {
  reduceStrip(SumOf.self, n, width, x, ld, scratch, y)
}

@c(adj_sum_columns_f64) @inline(__always)
func sumColumnsF64(
  _ n: Int, _ width: Int, _ x: UnsafePointer<Double>, _ ld: Int, _ scratch: UnsafeMutablePointer<Double>,
  _ y: UnsafeMutablePointer<Double>
) {
  reduceStrip(SumOf.self, n, width, x, ld, scratch, y)
}

@c(adj_product_columns_f32) @inline(__always)
func productColumnsF32(
  _ n: Int, _ width: Int, _ x: UnsafePointer<Float>, _ ld: Int, _ scratch: UnsafeMutablePointer<Float>,
  _ y: UnsafeMutablePointer<Float>
) {
  reduceStrip(ProductOf.self, n, width, x, ld, scratch, y)
}

@c(adj_product_columns_f64) @inline(__always)
func productColumnsF64(
  _ n: Int, _ width: Int, _ x: UnsafePointer<Double>, _ ld: Int, _ scratch: UnsafeMutablePointer<Double>,
  _ y: UnsafeMutablePointer<Double>
) {
  reduceStrip(ProductOf.self, n, width, x, ld, scratch, y)
}

@c(adj_maximum_columns_f32) @inline(__always)
func maximumColumnsF32(
  _ n: Int, _ width: Int, _ x: UnsafePointer<Float>, _ ld: Int, _ scratch: UnsafeMutablePointer<Float>,
  _ y: UnsafeMutablePointer<Float>
) {
  reduceStrip(MaximumOf.self, n, width, x, ld, scratch, y)
}

@c(adj_maximum_columns_f64) @inline(__always)
func maximumColumnsF64(
  _ n: Int, _ width: Int, _ x: UnsafePointer<Double>, _ ld: Int, _ scratch: UnsafeMutablePointer<Double>,
  _ y: UnsafeMutablePointer<Double>
) {
  reduceStrip(MaximumOf.self, n, width, x, ld, scratch, y)
}

@c(adj_minimum_columns_f32) @inline(__always)
func minimumColumnsF32(
  _ n: Int, _ width: Int, _ x: UnsafePointer<Float>, _ ld: Int, _ scratch: UnsafeMutablePointer<Float>,
  _ y: UnsafeMutablePointer<Float>
) {
  reduceStrip(MinimumOf.self, n, width, x, ld, scratch, y)
}

@c(adj_minimum_columns_f64) @inline(__always)
func minimumColumnsF64(
  _ n: Int, _ width: Int, _ x: UnsafePointer<Double>, _ ld: Int, _ scratch: UnsafeMutablePointer<Double>,
  _ y: UnsafeMutablePointer<Double>
) {
  reduceStrip(MinimumOf.self, n, width, x, ld, scratch, y)
}

@inline(never)
private func reduceStrip(
  _ reduction: Reduction, _ n: Int, _ width: Int, _ x: UnsafePointer<Float>, _ ld: Int,
  _ scratch: UnsafeMutablePointer<Float>, _ y: UnsafeMutablePointer<Float>
) {
  switch reduction {
  case .sum: adj_sum_columns_f32_dispatch(n, width, x, ld, scratch, y)
  case .product: adj_product_columns_f32_dispatch(n, width, x, ld, scratch, y)
  case .maximum: adj_maximum_columns_f32_dispatch(n, width, x, ld, scratch, y)
  case .minimum: adj_minimum_columns_f32_dispatch(n, width, x, ld, scratch, y)
  }
}

@inline(never)
private func reduceStrip(
  _ reduction: Reduction, _ n: Int, _ width: Int, _ x: UnsafePointer<Double>, _ ld: Int,
  _ scratch: UnsafeMutablePointer<Double>, _ y: UnsafeMutablePointer<Double>
) {
  switch reduction {
  case .sum: adj_sum_columns_f64_dispatch(n, width, x, ld, scratch, y)
  case .product: adj_product_columns_f64_dispatch(n, width, x, ld, scratch, y)
  case .maximum: adj_maximum_columns_f64_dispatch(n, width, x, ld, scratch, y)
  case .minimum: adj_minimum_columns_f64_dispatch(n, width, x, ld, scratch, y)
  }
}

/// y[j] = the reduction of column j < width ≤ ``columnStrip`` over n rows that stand ld elements apart.
func reduceColumns(
  _ reduction: Reduction, _ kind: ElementKind, _ n: Int, _ width: Int, _ x: UnsafeRawPointer, _ ld: Int,
  _ y: UnsafeMutableRawPointer
) {
  switch kind {
  case .float32:
    withScratch(Float.self, width) { reduceStrip(reduction, n, width, x.of(Float.self), ld, $0, y.of(Float.self)) }
  case .float64:
    withScratch(Double.self, width) { reduceStrip(reduction, n, width, x.of(Double.self), ld, $0, y.of(Double.self)) }
  case .int32: integerReduceColumns(reduction, n, width, x.of(Int32.self), ld, y.of(Int32.self))
  case .int64: integerReduceColumns(reduction, n, width, x.of(Int64.self), ld, y.of(Int64.self))
  case .uint8, .bool: integerReduceColumns(reduction, n, width, x.of(UInt8.self), ld, y.of(UInt8.self))
  }
}
