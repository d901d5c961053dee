/// A = P·L·U in place, with partial pivoting: L's strict lower triangle and U in A's memory. At step i row i was exchanged
/// with row `pivots[i]` − 1, LAPACK's count from 1. Returns the first step, counted from 1, whose pivot is zero; 0 if none is.
///
/// By halves of columns (Toledo, "Locality of Reference in LU Decomposition with Partial Pivoting", 1997,
/// doi:10.1137/S0895479896297744); blocks of at most 16 pivots by rows (Golub and Van Loan, Matrix Computations, 4th ed., 2013,
/// ISBN 978-1-4214-0794-4, section 3.4).
func factorLU<E: LinearScalar>(_ a: Matrix<E>, _ pivots: UnsafeMutablePointer<Int32>) -> Int32 {
  let (m, n, steps) = (a.rows, a.columns, min(a.rows, a.columns))
  if steps <= factorBlock { return factorSmallLU(a, pivots) }
  let half = max(factorBlock, steps / 2 / factorBlock * factorBlock)
  let (left, right) = (a.columns(0..<half), a.columns(half..<n))
  let info = factorLU(left, pivots)
  exchange(right, pivots, 0..<half)
  solveTriangular(left.rows(0..<half), upper: false, unit: true, right.rows(0..<half))
  let rest = right.rows(half..<m)
  rest.subtract(left.rows(half..<m), right.rows(0..<half))
  let restInfo = factorLU(rest, pivots + half)
  for i in half..<steps { pivots[i] += Int32(half) }
  exchange(left, pivots, half..<steps)
  return info != 0 ? info : restInfo == 0 ? 0 : restInfo + Int32(half)
}

private func exchange<E: LinearScalar>(_ a: Matrix<E>, _ pivots: UnsafePointer<Int32>, _ steps: Range<Int>) {
  for i in steps { a.swapRows(i, Int(pivots[i]) - 1) }
}

private func factorSmallLU<E: LinearScalar>(_ a: Matrix<E>, _ pivots: UnsafeMutablePointer<Int32>) -> Int32 {
  var info: Int32 = 0
  for j in 0..<min(a.rows, a.columns) {
    let p = pivotRow(a, j)
    pivots[j] = Int32(p + 1)
    a.swapRows(j, p)
    let pivot = a[j, j]
    if pivot == 0 {
      if info == 0 { info = Int32(j + 1) }
      continue
    }
    for i in j + 1..<max(a.rows, j + 1) {
      let factor = a[i, j] / pivot
      a[i, j] = factor
      E.addMultiple(a.columns - j - 1, -factor, a.row(j, from: j + 1), a.row(i, from: j + 1))
    }
  }
  return info
}

/// The row at or below the diagonal with the largest magnitude in a column, NaN being the largest.
private func pivotRow<E: LinearScalar>(_ a: Matrix<E>, _ j: Int) -> Int {
  var (best, largest) = (j, abs(a[j, j]))
  for i in j..<a.rows {
    let magnitude = abs(a[i, j])
    if magnitude.isNaN { return i }
    if magnitude > largest { (best, largest) = (i, magnitude) }
  }
  return best
}

private func factorLUBatch<E: LinearScalar>(
  _ count: Int, _ m: Int, _ n: Int, _ a: UnsafeMutablePointer<E>, _ pivots: UnsafeMutablePointer<Int32>,
  _ info: UnsafeMutablePointer<Int32>
) {
  let steps = min(m, n)
  forEachMatrix(count, work: m * n * steps) { i in
    info[i] = factorLU(Matrix(a + i * m * n, m, n), pivots + i * steps)
  }
}

/// The compact LU factors of each contiguous matrix [m, n] of a batch, in its place, with min(m, n) pivots, and the first
/// step with a zero pivot (0: none).
package func factorLU(
  _ kind: ElementKind, _ count: Int, _ m: Int, _ n: Int, _ a: UnsafeMutableRawPointer,
  _ pivots: UnsafeMutablePointer<Int32>, _ info: UnsafeMutablePointer<Int32>
) {
  if kind == .float32 {
    factorLUBatch(count, m, n, a.of(Float.self), pivots, info)
  } else {
    factorLUBatch(count, m, n, a.of(Double.self), pivots, info)
  }
}

/// The order that the exchanges of rows of LU factors leave m rows in: row i of the exchanged matrix is row `order[i]`.
package func pivotOrder(
  _ count: Int, _ m: Int, _ steps: Int, _ pivots: UnsafePointer<Int32>, _ order: UnsafeMutablePointer<Int64>
) {
  for matrix in 0..<count {
    let (rows, exchanges) = (order + matrix * m, pivots + matrix * steps)
    for i in 0..<m { rows[i] = Int64(i) }
    for i in 0..<steps {
      let other = Int(exchanges[i]) - 1
      (rows[i], rows[other]) = (rows[other], rows[i])
    }
  }
}
