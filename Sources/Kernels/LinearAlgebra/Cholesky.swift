/// A = Uᵀ·U in place, from the upper triangle of a symmetric matrix; the strict lower one is not read.
/// Returns the order of the first leading minor that is not positive, 0 if all are; a matrix that has one is left half done.
///
/// By halves, each time subtracting what the finished rows contribute to the rest; blocks of at most 16 rows by outer products
/// (Golub and Van Loan, Matrix Computations, 4th ed., 2013, ISBN 978-1-4214-0794-4, section 4.2).
func factorCholesky<E: LinearScalar>(_ a: Matrix<E>) -> Int32 {
  let n = a.rows
  if n <= factorBlock { return factorSmallCholesky(a) }
  let half = max(factorBlock, n / 2 / factorBlock * factorBlock)
  let (head, tail) = (0..<half, half..<n)
  let info = factorCholesky(a.block(head, head))
  if info != 0 { return info }
  let beside = a.block(head, tail)
  solveTriangular(a.block(head, head).transposed, upper: false, unit: false, beside)
  subtractSquare(a.block(tail, tail), beside)
  let rest = factorCholesky(a.block(tail, tail))
  return rest == 0 ? 0 : rest + Int32(half)
}

/// The upper triangle of C −= Bᵀ·B, in bands of rows: of the strict lower triangle only what stands in a band's square
/// changes.
private func subtractSquare<E: LinearScalar>(_ c: Matrix<E>, _ b: Matrix<E>) {
  let (n, band) = (c.rows, 64)
  for start in stride(from: 0, to: n, by: band) {
    let (rows, columns) = (start..<min(n, start + band), start..<n)
    c.block(rows, columns).subtract(b.columns(rows).transposed, b.columns(columns))
  }
}

private func factorSmallCholesky<E: LinearScalar>(_ a: Matrix<E>) -> Int32 {
  let n = a.rows
  for j in 0..<n {
    // Not `<=`, which NaN would pass.
    guard a[j, j] > 0, a[j, j].isFinite else { return Int32(j + 1) }
    let root = a[j, j].squareRoot()
    a[j, j] = root
    for k in j + 1..<max(n, j + 1) { a[j, k] /= root }
    for i in j + 1..<max(n, j + 1) { E.addMultiple(n - i, -a[j, i], a.row(j, from: i), a.row(i, from: i)) }
  }
  return 0
}

private func factorCholeskyBatch<E: LinearScalar>(
  _ count: Int, _ n: Int, _ a: UnsafeMutablePointer<E>, _ info: UnsafeMutablePointer<Int32>
) {
  forEachMatrix(count, work: n * n * n / 2) { matrix in
    let a = Matrix(a + matrix * n * n, n, n)
    info[matrix] = factorCholesky(a)
    for i in 0..<n { for j in 0..<i { a[i, j] = 0 } }
    if info[matrix] != 0 { a.fill(.nan) }
  }
}

/// The upper Cholesky factor of each contiguous matrix [n, n] of a batch, in its place, from the upper triangle, and the order
/// of the first leading minor that is not positive (0: none). A matrix that has one becomes NaN.
package func factorCholesky(
  _ kind: ElementKind, _ count: Int, _ n: Int, _ a: UnsafeMutableRawPointer, _ info: UnsafeMutablePointer<Int32>
) {
  if kind == .float32 {
    factorCholeskyBatch(count, n, a.of(Float.self), info)
  } else {
    factorCholeskyBatch(count, n, a.of(Double.self), info)
  }
}
