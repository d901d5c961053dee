import CKernels

/// The first index of the largest (or smallest) element of n ≥ 1; of the first NaN, if there is one. The extremum comes
/// first, then the search for it, which finds most of the row in cache and ends where it occurs.
@inline(__always)
private func argMaxRow<E: Lane>(_ minimum: Bool, _ n: Int, _ x: UnsafePointer<E>) -> Int {
  typealias V = E.Vector
  let best = minimum ? reduceRow(MinimumOf.self, n, x) : reduceRow(MaximumOf.self, n, x)
  if best != best { return firstIndex(n) { x[$0] != x[$0] } }
  let target = V(repeating: best)
  var i = 0
  while i &+ 4 &* V.lanes <= n {
    let (a, b) = (V.equal(V.load(x + i), target), V.equal(V.load(x + i + V.lanes), target))
    let (c, d) = (
      V.equal(V.load(x + i + 2 &* V.lanes), target), V.equal(V.load(x + i + 3 &* V.lanes), target)
    )
    if V.any(V.or(V.or(a, b), V.or(c, d))) { break }
    i &+= 4 &* V.lanes
  }
  while i &+ V.lanes <= n, !V.any(V.equal(V.load(x + i), target)) { i &+= V.lanes }
  return i &+ firstIndex(n &- i) { x[i &+ $0] == best }
}

@inline(__always)
private func firstIndex(_ n: Int, where holds: (Int) -> Bool) -> Int {
  var i = 0
  while i < n, !holds(i) { i &+= 1 }
  return i
}

@inline(__always)
private func argMaxRows<E: Lane>(
  _ minimum: Bool, _ rows: Int, _ n: Int, _ x: UnsafePointer<E>, _ ld: Int, _ y: UnsafeMutablePointer<Int64>
) {
  for row in 0..<rows { y[row] = Int64(argMaxRow(minimum, n, x + row &* ld)) }
}

@c(adj_argmax_rows_f32) @inline(__always)
func argMaxRowsF32(
  _ minimum: Bool, _ rows: Int, _ n: Int, _ x: UnsafePointer<Float>, _ ld: Int, _ y: UnsafeMutablePointer<Int64>
) {
  argMaxRows(minimum, rows, n, x, ld, y)
}

@c(adj_argmax_rows_f64) @inline(__always)
func argMaxRowsF64(
  _ minimum: Bool, _ rows: Int, _ n: Int, _ x: UnsafePointer<Double>, _ ld: Int, _ y: UnsafeMutablePointer<Int64>
) {
  argMaxRows(minimum, rows, n, x, ld, y)
}

/// Columns: the best value so far and the row it came from, a vector of columns at a time in memory. Row numbers stand in
/// integer lanes of the elements' width, so n is less than 2³¹.
@inline(__always)
private func argMaxColumns<E: Lane>(
  _ minimum: Bool, _ n: Int, _ width: Int, _ x: UnsafePointer<E>, _ ld: Int, _ best: UnsafeMutablePointer<E>,
  _ index: UnsafeMutablePointer<E>
) {
  typealias V = E.Vector
  forEachVector(V.self, width) { j, count in
    storeLanes(loadLanes(x + j, count) as V, best + j, count)
    storeLanes(V(bits: V.splat(bitPattern: 0)), index + j, count)
  }
  var i = 1
  while i < n {
    let (row, number) = (x + i &* ld, V(bits: V.splat(bitPattern: i)))
    forEachVector(V.self, width) { j, count in
      let (v, old): (V, V) = (loadLanes(row + j, count), loadLanes(best + j, count))
      // NaN beats every number, and nothing beats NaN: not (v ≤ old), where old is a number.
      let isWorse = minimum ? V.lessEqual(old, v) : V.lessEqual(v, old)
      let stays = V.or(isWorse, V.notEqual(old, old))
      storeLanes(V.select(stays, old, v), best + j, count)
      storeLanes(V.select(stays, loadLanes(index + j, count), number), index + j, count)
    }
    i &+= 1
  }
}

@c(adj_argmax_columns_f32) @inline(__always)
func argMaxColumnsF32(
  _ minimum: Bool, _ n: Int, _ width: Int, _ x: UnsafePointer<Float>, _ ld: Int, _ best: UnsafeMutablePointer<Float>,
  _ index: UnsafeMutablePointer<Float>
) {
  argMaxColumns(minimum, n, width, x, ld, best, index)
}

@c(adj_argmax_columns_f64) @inline(__always)
func argMaxColumnsF64(
  _ minimum: Bool, _ n: Int, _ width: Int, _ x: UnsafePointer<Double>, _ ld: Int, _ best: UnsafeMutablePointer<Double>,
  _ index: UnsafeMutablePointer<Double>
) {
  argMaxColumns(minimum, n, width, x, ld, best, index)
}

private func integerArgMax<E: FixedWidthInteger>(
  _ minimum: Bool, _ count: Int, _ apart: Int, _ n: Int, _ x: UnsafePointer<E>, _ step: Int,
  _ y: UnsafeMutablePointer<Int64>
) {
  for line in 0..<count {
    let x = x + line &* apart
    var best = 0
    for i in 0..<n where minimum ? x[i &* step] < x[best &* step] : x[i &* step] > x[best &* step] { best = i }
    y[line] = Int64(best)
  }
}

@inline(never)
private func argMaxRows(
  _ minimum: Bool, _ kind: ElementKind, _ rows: Int, _ n: Int, _ x: UnsafeRawPointer, _ ld: Int,
  _ y: UnsafeMutablePointer<Int64>
) {
  switch kind {
  case .float32: adj_argmax_rows_f32_dispatch(minimum, rows, n, x.of(Float.self), ld, y)
  case .float64: adj_argmax_rows_f64_dispatch(minimum, rows, n, x.of(Double.self), ld, y)
  case .int32: integerArgMax(minimum, rows, ld, n, x.of(Int32.self), 1, y)
  case .int64: integerArgMax(minimum, rows, ld, n, x.of(Int64.self), 1, y)
  case .uint8, .bool: integerArgMax(minimum, rows, ld, n, x.of(UInt8.self), 1, y)
  }
}

@inline(never)
private func argMaxColumns(
  _ minimum: Bool, _ kind: ElementKind, _ n: Int, _ width: Int, _ x: UnsafeRawPointer, _ ld: Int,
  _ y: UnsafeMutablePointer<Int64>
) {
  switch kind {
  case .float32:
    withScratch(Float.self, 2 * width) {
      adj_argmax_columns_f32_dispatch(minimum, n, width, x.of(Float.self), ld, $0, $0 + width)
      for j in 0..<width { y[j] = Int64($0[width + j].bitPattern) }
    }
  case .float64:
    withScratch(Double.self, 2 * width) {
      adj_argmax_columns_f64_dispatch(minimum, n, width, x.of(Double.self), ld, $0, $0 + width)
      for j in 0..<width { y[j] = Int64($0[width + j].bitPattern) }
    }
  case .int32: integerArgMax(minimum, width, 1, n, x.of(Int32.self), ld, y)
  case .int64: integerArgMax(minimum, width, 1, n, x.of(Int64.self), ld, y)
  case .uint8, .bool: integerArgMax(minimum, width, 1, n, x.of(UInt8.self), ld, y)
  }
}

/// y[outer, inner] = the first index of the largest (or smallest) element of each line of n ≥ 1 elements; NaN counts as
/// largest and as smallest.
package func argMax(
  minimum: Bool = false, _ kind: ElementKind, _ lines: Lines, _ x: LinesOf, _ y: UnsafeMutablePointer<Int64>
) {
  forEachPart(lines) { groups in
    let first = groups.lowerBound
    argMaxRows(minimum, kind, groups.count, lines.n, x.at(first), x.group, y + first)
  } columns: { outer, columns in
    let target = y + outer * lines.inner + columns.lowerBound
    argMaxColumns(minimum, kind, lines.n, columns.count, x.at(outer, 0, columns.lowerBound), x.step, target)
  }
}
