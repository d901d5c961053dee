/// B ← T⁻¹·B for a triangular T of any strides and B with contiguous rows. What stands in T's other triangle, and on the
/// diagonal of a unit triangle, is not read. A zero on the diagonal gives infinities and NaN.
///
/// By halves: the part of B that is solved leaves the other by one matrix product (Elmroth, Gustavson, Jonsson and Kågström,
/// "Recursive Blocked Algorithms and Hybrid Data Structures for Dense Matrix Library Software", 2004,
/// doi:10.1137/S0036144503428693).
func solveTriangular<E: LinearScalar>(_ t: Matrix<E>, upper: Bool, unit: Bool, _ b: Matrix<E>) {
  let n = t.rows
  if n <= factorBlock { return solveSmallTriangular(t, upper: upper, unit: unit, b) }
  let half = n / 2 / factorBlock * factorBlock
  let (head, tail) = (0..<max(half, factorBlock), max(half, factorBlock)..<n)
  let (first, second) = upper ? (tail, head) : (head, tail)
  solveTriangular(t.block(first, first), upper: upper, unit: unit, b.rows(first))
  b.rows(second).subtract(t.block(second, first), b.rows(first))
  solveTriangular(t.block(second, second), upper: upper, unit: unit, b.rows(second))
}

private func solveSmallTriangular<E: LinearScalar>(_ t: Matrix<E>, upper: Bool, unit: Bool, _ b: Matrix<E>) {
  for step in 0..<t.rows {
    let i = upper ? t.rows - 1 - step : step
    for p in upper ? i + 1..<t.rows : 0..<i { E.addMultiple(b.columns, -t[i, p], b.row(p), b.row(i)) }
    if unit { continue }
    let (row, pivot) = (b.row(i), t[i, i])
    for j in 0..<b.columns { row[j] /= pivot }
  }
}

private func solveTriangularBatch<E: LinearScalar>(
  _ offsets: [Int], _ n: Int, _ k: Int, _ t: UnsafePointer<E>, rowStride: Int, columnStride: Int, upper: Bool,
  unit: Bool, _ b: UnsafeMutablePointer<E>
) {
  forEachMatrix(offsets.count, work: n * n * k / 2) { i in
    // The triangle is only read.
    let start = UnsafeMutablePointer(mutating: t) + offsets[i]
    let triangle = Matrix(start, n, n, rowStride: rowStride, columnStride: columnStride)
    solveTriangular(triangle, upper: upper, unit: unit, Matrix(b + i * n * k, n, k))
  }
}

/// B ← T⁻¹·B for each of the contiguous matrices B[n, k] of a batch; T's stand at these offsets, in elements.
package func solveTriangular(
  _ kind: ElementKind, offsets: [Int], _ n: Int, _ k: Int, _ t: UnsafeRawPointer, rowStride: Int, columnStride: Int,
  upper: Bool, unit: Bool, _ b: UnsafeMutableRawPointer
) {
  if kind == .float32 {
    solveTriangularBatch(
      offsets, n, k, t.of(Float.self), rowStride: rowStride, columnStride: columnStride, upper: upper, unit: unit,
      b.of(Float.self))
  } else {
    solveTriangularBatch(
      offsets, n, k, t.of(Double.self), rowStride: rowStride, columnStride: columnStride, upper: upper, unit: unit,
      b.of(Double.self))
  }
}
