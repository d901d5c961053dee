/// Reductions of integers: wrapping, in order.
@inline(__always)
private func combine<E: FixedWidthInteger>(_ reduction: Reduction, _ a: E, _ b: E) -> E {
  switch reduction {
  case .sum: a &+ b
  case .product: a &* b
  case .maximum: max(a, b)
  case .minimum: min(a, b)
  }
}

private func neutral<E: FixedWidthInteger>(_ reduction: Reduction) -> E {
  switch reduction {
  case .sum: 0
  case .product: 1
  case .maximum: .min
  case .minimum: .max
  }
}

/// y[r] = the reduction of row r: n contiguous elements, rows standing ld apart.
func integerReduce<E: FixedWidthInteger>(
  _ reduction: Reduction, _ rows: Int, _ n: Int, _ x: UnsafePointer<E>, _ ld: Int,
  _ y: UnsafeMutablePointer<E>
) {
  for row in 0..<rows {
    var total: E = neutral(reduction)
    for i in 0..<n { total = combine(reduction, total, x[row &* ld &+ i]) }
    y[row] = total
  }
}

/// y[j] = the reduction of column j < width over n rows that stand ld elements apart.
func integerReduceColumns<E: FixedWidthInteger>(
  _ reduction: Reduction, _ n: Int, _ width: Int, _ x: UnsafePointer<E>, _ ld: Int, _ y: UnsafeMutablePointer<E>
) {
  for j in 0..<width { y[j] = neutral(reduction) }
  for i in 0..<n {
    for j in 0..<width { y[j] = combine(reduction, y[j], x[i &* ld &+ j]) }
  }
}
