import CKernels

/// The first index of the largest element; the first NaN, if there is one.
@inline(__always)
private func argMaxRow<E: Lane>(_ n: Int, _ x: UnsafePointer<E>) -> Int {
  typealias V = E.Vector
  let best = rowMaximum(n, x)
  if best != best { return firstIndex(n) { x[$0] != x[$0] } }
  let target = V(repeating: best)
  var i = 0
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
private func argMaxRows<E: Lane>(_ rows: Int, _ n: Int, _ x: UnsafePointer<E>, _ y: UnsafeMutablePointer<Int64>) {
  for row in 0..<rows { y[row] = Int64(argMaxRow(n, x + row &* n)) }
}

@c(adj_argmax_rows_f32) @inline(__always)
func argMaxRowsF32(_ rows: Int, _ n: Int, _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Int64>) {
  argMaxRows(rows, n, x, y)
}

@c(adj_argmax_rows_f64) @inline(__always)
func argMaxRowsF64(_ rows: Int, _ n: Int, _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Int64>) {
  argMaxRows(rows, n, x, y)
}

private func integerArgMaxRows<E: FixedWidthInteger>(
  _ rows: Int, _ n: Int, _ x: UnsafePointer<E>, _ y: UnsafeMutablePointer<Int64>
) {
  for row in 0..<rows {
    let x = x + row &* n
    var best = 0
    for i in 0..<n where x[i] > x[best] { best = i }
    y[row] = Int64(best)
  }
}

/// y[r] = the first index of the largest of row r's n ≥ 1 contiguous elements; NaN counts as largest.
@inline(never)
package func argMaxRows(
  _ kind: ElementKind, _ rows: Int, _ n: Int, _ x: UnsafeRawPointer, _ y: UnsafeMutablePointer<Int64>
) {
  switch kind {
  case .float32: adj_argmax_rows_f32_dispatch(rows, n, x.of(Float.self), y)
  case .float64: adj_argmax_rows_f64_dispatch(rows, n, x.of(Double.self), y)
  case .int32: integerArgMaxRows(rows, n, x.of(Int32.self), y)
  case .int64: integerArgMaxRows(rows, n, x.of(Int64.self), y)
  case .uint8, .bool: integerArgMaxRows(rows, n, x.of(UInt8.self), y)
  }
}
