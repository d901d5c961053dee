private func orderRows<E: Sortable>(
  _ rows: Int, _ n: Int, _ x: UnsafePointer<E>, _ indices: UnsafeMutablePointer<Int64>
) {
  /// Whether a row comes before another one; of equal rows the first.
  func precedes(_ a: Int64, _ b: Int64) -> Bool {
    let (p, q) = (x + Int(a) &* n, x + Int(b) &* n)
    for j in 0..<n where p[j].mergedKey != q[j].mergedKey { return p[j].mergedKey < q[j].mergedKey }
    return a < b
  }
  for i in 0..<rows { indices[i] = Int64(i) }
  var order = UnsafeMutableBufferPointer(start: indices, count: rows)
  order.sort(by: precedes)
}

/// The places of rows of n elements in lexicographic order, NaN the greatest; equal rows keep their order.
package func orderRows(
  _ kind: ElementKind, _ rows: Int, _ n: Int, _ x: UnsafeRawPointer, _ indices: UnsafeMutablePointer<Int64>
) {
  switch kind {
  case .float32: orderRows(rows, n, x.of(Float.self), indices)
  case .float64: orderRows(rows, n, x.of(Double.self), indices)
  case .int32: orderRows(rows, n, x.of(Int32.self), indices)
  case .int64: orderRows(rows, n, x.of(Int64.self), indices)
  case .uint8, .bool: orderRows(rows, n, x.of(UInt8.self), indices)
  }
}
