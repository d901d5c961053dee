/// A matrix in memory: element (i, j) stands at `start[i·rowStride + j·columnStride]`. Blocks and transposes are the same
/// memory.
struct Matrix<E: LinearScalar> {
  let start: UnsafeMutablePointer<E>
  let rows: Int
  let columns: Int
  let rowStride: Int
  let columnStride: Int

  /// Contiguous rows, `rowStride` apart.
  init(_ start: UnsafeMutablePointer<E>, _ rows: Int, _ columns: Int, rowStride: Int? = nil, columnStride: Int = 1) {
    (self.start, self.rows, self.columns) = (start, rows, columns)
    (self.rowStride, self.columnStride) = (rowStride ?? columns, columnStride)
  }

  @inline(__always)
  subscript(i: Int, j: Int) -> E {
    get { start[i &* rowStride &+ j &* columnStride] }
    nonmutating set { start[i &* rowStride &+ j &* columnStride] = newValue }
  }

  /// The elements of a row from column j on, for a matrix with contiguous rows.
  @inline(__always)
  func row(_ i: Int, from j: Int = 0) -> UnsafeMutablePointer<E> { start + (i &* rowStride &+ j) }

  var transposed: Matrix {
    Matrix(start, columns, rows, rowStride: columnStride, columnStride: rowStride)
  }

  func block(_ rows: Range<Int>, _ columns: Range<Int>) -> Matrix {
    Matrix(
      start + (rows.lowerBound * rowStride + columns.lowerBound * columnStride), rows.count, columns.count,
      rowStride: rowStride, columnStride: columnStride)
  }

  func rows(_ range: Range<Int>) -> Matrix { block(range, 0..<columns) }
  func columns(_ range: Range<Int>) -> Matrix { block(0..<rows, range) }

  /// For a matrix with contiguous rows.
  func swapRows(_ i: Int, _ j: Int) {
    if i == j { return }
    let (x, y) = (row(i), row(j))
    for k in 0..<columns { (x[k], y[k]) = (y[k], x[k]) }
  }

  func fill(_ value: E) {
    for i in 0..<rows { for j in 0..<columns { self[i, j] = value } }
  }

  /// Ones on the diagonal, zeros elsewhere.
  func fillIdentity() {
    fill(0)
    for i in 0..<min(rows, columns) { self[i, i] = 1 }
  }

  func copy(from other: Matrix) {
    for i in 0..<rows { for j in 0..<columns { self[i, j] = other[i, j] } }
  }

  var isFinite: Bool {
    for i in 0..<rows { for j in 0..<columns where !self[i, j].isFinite { return false } }
    return true
  }

  /// The largest magnitude; 0 of nothing.
  var largestMagnitude: E {
    var largest: E = 0
    for i in 0..<rows { for j in 0..<columns { largest = max(largest, abs(self[i, j])) } }
    return largest
  }

  /// Multiplies all elements by 2ᵉ, exactly but for underflow.
  func scale(exponent e: Int) where E == Double {
    if e == 0 { return }
    for i in 0..<rows {
      for j in 0..<columns { self[i, j] = Double(sign: .plus, exponent: e, significand: self[i, j]) }
    }
  }

  var operand: MatrixOperand { MatrixOperand(start, rowStride: rowStride, columnStride: columnStride) }

  /// self −= a·b, for a matrix with contiguous rows that overlaps neither. b has contiguous rows.
  func subtract(_ a: Matrix, _ b: Matrix) {
    let (m, n, k) = (rows, columns, a.columns)
    guard m > 0, n > 0, k > 0 else { return }
    if k < 8 || m * n * k < 1 << 12 { return subtractByRows(a, b) }
    withScratch(E.self, m * n) { product in
      matmul(E.kind, m, n, k, a.operand, b.operand, product, n)
      for i in 0..<m { E.addMultiple(n, -1, product + i * n, row(i)) }
    }
  }

  private func subtractByRows(_ a: Matrix, _ b: Matrix) {
    for i in 0..<rows {
      for p in 0..<a.columns { E.addMultiple(columns, -a[i, p], b.row(p), row(i)) }
    }
  }
}

/// The order from which on factorisations divide a matrix into blocks.
let factorBlock = 16

/// Multiply-adds below which a batch's matrices are factored by one thread.
let factorGrain = 1 << 16

/// What calls and branches of the smallest matrix cost, in multiply-adds.
private let fixedWork = 256

/// Calls `body(i)` for each matrix of a batch, shared among threads; one matrix is some `work` multiply-adds.
func forEachMatrix(_ count: Int, work: Int, _ body: (Int) -> Void) {
  parallel(count, grain: max(1, factorGrain / (fixedWork + work))) { range in
    for i in range { body(i) }
  }
}
