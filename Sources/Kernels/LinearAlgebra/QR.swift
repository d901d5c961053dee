/// A = Q·R by Householder's reflections, in blocks of 16 (Golub and Van Loan, Matrix Computations, 4th ed., 2013, ISBN
/// 978-1-4214-0794-4, section 5.2).
///
/// A's columns are the rows of a working matrix, so that reflections run along memory. After the factorisation row j holds
/// column j of R up to its place j, and behind it, where j is a reflection's, the reflection's vector.
struct QRFactors<E: LinearScalar> {
  private let columns: Matrix<E>
  private let tau: UnsafeMutablePointer<E>
  private var count: Int { min(columns.rows, columns.columns) }

  /// Factors A, whose columns are the rows of `columns`, in place. `tau` has memory for min(m, n) numbers.
  init(factoring columns: Matrix<E>, tau: UnsafeMutablePointer<E>) {
    (self.columns, self.tau) = (columns, tau)
    withBlocks(reversed: false) { start, end, scratch in
      for j in start..<end { reflect(j, until: end) }
      let later = columns.block(end..<columns.rows, start..<columns.columns)
      if later.rows > 0 { block(start, end, scratch).apply(transposed: true, toRows: later) }
    }
  }

  /// R's element; 0 below the diagonal.
  @inline(__always) func r(_ i: Int, _ j: Int) -> E { i <= j ? columns[j, i] : 0 }

  /// C ← Q·C for the columns that are the rows of `c`. The first columns of an identity are left alone by the reflections of
  /// later places, which saves work.
  func multiply(rows c: Matrix<E>, identity: Bool) {
    withBlocks(reversed: true) { start, end, scratch in
      let part = c.block(identity ? min(start, c.rows)..<c.rows : 0..<c.rows, start..<c.columns)
      block(start, end, scratch).apply(transposed: false, toRows: part)
    }
  }

  private func withBlocks(reversed: Bool, _ body: (Int, Int, UnsafeMutablePointer<E>) -> Void) {
    if count == 0 { return }
    let blocks = (count + factorBlock - 1) / factorBlock
    withScratch(E.self, BlockReflection<E>.scratchSize(factorBlock, columns.columns)) { scratch in
      for step in 0..<blocks {
        let start = (reversed ? blocks - 1 - step : step) * factorBlock
        body(start, min(count, start + factorBlock), scratch)
      }
    }
  }

  private func block(_ start: Int, _ end: Int, _ scratch: UnsafeMutablePointer<E>) -> BlockReflection<E> {
    BlockReflection(columns.block(start..<end, start..<columns.columns), tau + start, scratch: scratch)
  }

  /// Makes reflection j and applies it to the columns before `end`.
  private func reflect(_ j: Int, until end: Int) {
    let (v, length) = (columns.row(j, from: j), columns.columns - j)
    tau[j] = makeReflection(length, v)
    if tau[j] == 0 { return }
    for k in j + 1..<max(end, j + 1) {
      let x = columns.row(k, from: j)
      let factor = tau[j] * (x[0] + E.dot(length - 1, v + 1, x + 1))
      x[0] -= factor
      E.addMultiple(length - 1, -factor, v + 1, x + 1)
    }
  }
}

/// A = Q·R for one matrix [m, n]: Q [m, q] unless nil, R [q, n].
private func factorQR<E: LinearScalar>(
  _ m: Int, _ n: Int, _ q: Int, _ a: UnsafePointer<E>, _ qOut: UnsafeMutablePointer<E>?, _ rOut: UnsafeMutablePointer<E>
) {
  withScratch(E.self, n * m + q * m + min(m, n)) { scratch in
    let (columns, rows) = (Matrix(scratch, n, m), Matrix(scratch + n * m, q, m))
    columns.copy(from: Matrix(UnsafeMutablePointer(mutating: a), m, n).transposed)
    let factors = QRFactors(factoring: columns, tau: scratch + (n * m + q * m))
    for i in 0..<q { for j in 0..<n { rOut[i * n + j] = factors.r(i, j) } }
    guard let qOut else { return }
    rows.fillIdentity()
    factors.multiply(rows: rows, identity: true)
    Matrix(qOut, m, q).copy(from: rows.transposed)
  }
}

/// A = Q·R for each contiguous matrix [m, n] of a batch: Q [m, q], not computed if nil, R [q, n], q being m or min(m, n).
package func factorQR(
  _ kind: ElementKind, _ count: Int, _ m: Int, _ n: Int, _ q: Int, _ a: UnsafeRawPointer,
  _ qOut: UnsafeMutableRawPointer?, _ rOut: UnsafeMutableRawPointer
) {
  forEachMatrix(count, work: (m * n + m * q) * min(m, n)) { i in
    let (x, y, z) = (a + i * m * n * kind.size, qOut.map { $0 + i * m * q * kind.size }, rOut + i * q * n * kind.size)
    if kind == .float32 {
      factorQR(m, n, q, x.of(Float.self), y?.of(Float.self), z.of(Float.self))
    } else {
      factorQR(m, n, q, x.of(Double.self), y?.of(Double.self), z.of(Double.self))
    }
  }
}
