/// A = U·diag(σ)·Vᵀ of one matrix, in double precision, by one-sided Jacobi rotations of the triangular factor of a QR
/// factorisation (Drmač and Veselić, "New Fast and Accurate Jacobi SVD Algorithm I", 2008, doi:10.1137/050639193).
///
/// Rotations from the left make the rows of R orthogonal: J·R = Σ·Wᵀ. Small singular values come out with small relative
/// errors where the matrix determines them.
private struct JacobiSVD {
  /// The longer and the shorter side.
  private let (p, q): (Int, Int)
  /// The columns of the taller of A and Aᵀ.
  private let columns: Matrix<Double>
  private let tau: UnsafeMutablePointer<Double>
  private let r: Matrix<Double>
  private let rotations: Matrix<Double>

  /// Squares of norms below which digits get lost; the largest element is about 1. Such rows are not worth a direction.
  private static let negligible = 0x1p-960

  static func scratchSize(_ p: Int, _ q: Int) -> Int { q * p + q + 2 * q * q }

  init(_ a: Matrix<Double>, _ scratch: UnsafeMutablePointer<Double>) {
    (p, q) = (max(a.rows, a.columns), min(a.rows, a.columns))
    columns = Matrix(scratch, q, p)
    tau = scratch + q * p
    r = Matrix(tau + q, q, q)
    rotations = Matrix(tau + (q + q * q), q, q)
    columns.copy(from: a.rows < a.columns ? a : a.transposed)
  }

  /// Singular values in descending order. The vectors of the taller side are written to the rows of `long` (q or p of
  /// them), those of the shorter to the rows of `short`. False if the rotations did not converge.
  func run(_ values: UnsafeMutablePointer<Double>, long: Matrix<Double>?, short: Matrix<Double>?) -> Bool {
    let factors = QRFactors(factoring: columns, tau: tau)
    for i in 0..<q { for j in 0..<q { r[i, j] = factors.r(i, j) } }
    if long != nil { rotations.fillIdentity() }
    guard orthogonalize(vectors: long != nil) else { return false }
    let norms = (0..<q).map { euclideanNorm(q, r.row($0)) }
    let order = (0..<q).sorted { (norms[$1], $0) < (norms[$0], $1) }
    for (i, row) in order.enumerated() { values[i] = norms[row] }
    if let short { fillShort(short, norms, order) }
    if let long { fillLong(long, order, factors) }
    return true
  }

  /// Sweeps over all pairs of rows until none has to be rotated.
  private func orthogonalize(vectors: Bool) -> Bool {
    let tolerance = max(4, Double(q).squareRoot()) * Double.ulpOfOne
    for _ in 0..<100 {
      var isDone = true
      for i in 0..<q {
        for j in i + 1..<max(q, i + 1) where rotatePair(i, j, tolerance, vectors) { isDone = false }
      }
      if isDone { return true }
    }
    return false
  }

  /// Makes two rows orthogonal; false if they are already.
  private func rotatePair(_ i: Int, _ j: Int, _ tolerance: Double, _ vectors: Bool) -> Bool {
    let (xx, yy, xy) = gram(q, r.row(i), r.row(j))
    if abs(xy) <= tolerance * xx.squareRoot() * yy.squareRoot() || min(xx, yy) < JacobiSVD.negligible { return false }
    let zeta = (yy - xx) / (2 * xy)
    let t = (zeta < 0 ? -1 : 1) / (abs(zeta) + hypotenuse(zeta, 1))
    let c = 1 / (1 + t * t).squareRoot()
    rotate(q, c, -c * t, r.row(i), r.row(j))
    if vectors { rotate(q, c, -c * t, rotations.row(i), rotations.row(j)) }
    return true
  }

  /// The rows of R over their norms; where a norm is next to nothing, whatever completes an orthonormal basis.
  private func fillShort(_ short: Matrix<Double>, _ norms: [Double], _ order: [Int]) {
    var known = 0
    for (i, row) in order.enumerated() where norms[row] * norms[row] >= JacobiSVD.negligible {
      for j in 0..<q { short[i, j] = r[row, j] / norms[row] }
      known = i + 1
    }
    if known < q { complete(short, known) }
  }

  /// Fills the rows from `known` on with unit vectors orthogonal to all others.
  private func complete(_ rows: Matrix<Double>, _ known: Int) {
    withScratch(Double.self, known * q + q * q + known) { scratch in
      let (basis, identity) = (Matrix(scratch, known, q), Matrix(scratch + known * q, q, q))
      basis.copy(from: rows.rows(0..<known))
      identity.fillIdentity()
      QRFactors(factoring: basis, tau: scratch + (known * q + q * q)).multiply(rows: identity, identity: true)
      rows.rows(known..<q).copy(from: identity.rows(known..<q))
    }
  }

  /// Q times the rotations' rows, and times the rest of the identity.
  private func fillLong(_ long: Matrix<Double>, _ order: [Int], _ factors: QRFactors<Double>) {
    long.fillIdentity()
    for (i, row) in order.enumerated() {
      for j in 0..<q { long[i, j] = rotations[row, j] }
    }
    factors.multiply(rows: long, identity: false)
  }
}

/// Where the singular vectors of a batch go: the columns of U [m, u] and the rows of Vᵀ [v, n].
package struct SingularVectors {
  let u: UnsafeMutablePointer<Double>
  let v: UnsafeMutablePointer<Double>
  let isFull: Bool

  package init(_ u: UnsafeMutablePointer<Double>, _ v: UnsafeMutablePointer<Double>, isFull: Bool) {
    (self.u, self.v, self.isFull) = (u, v, isFull)
  }
}

/// Singular values in descending order, and singular vectors unless nil, of each contiguous float64 matrix [m, n] of a batch;
/// NaN where a matrix is not finite.
package func singularValues(
  _ count: Int, _ m: Int, _ n: Int, _ a: UnsafeMutablePointer<Double>, _ values: UnsafeMutablePointer<Double>,
  _ vectors: SingularVectors?
) {
  let (p, q) = (max(m, n), min(m, n))
  let (rows, columns) = vectors?.isFull == true ? (m, n) : (q, q)
  forEachMatrix(count, work: 8 * q * q * p) { i in
    let matrix = Matrix(a + i * m * n, m, n)
    let u = vectors.map { Matrix($0.u + i * m * rows, m, rows).transposed }
    let v = vectors.map { Matrix($0.v + i * columns * n, columns, n) }
    decompose(matrix, values + i * q, u, v)
  }
}

/// U's columns and V's columns are the rows of `u` and `v`.
private func decompose(
  _ a: Matrix<Double>, _ values: UnsafeMutablePointer<Double>, _ u: Matrix<Double>?, _ v: Matrix<Double>?
) {
  let (p, q) = (max(a.rows, a.columns), min(a.rows, a.columns))
  var isDone = false
  if let exponent = scalingExponent(a) {
    a.scale(exponent: -exponent)
    let (long, short) = a.rows < a.columns ? (v, u) : (u, v)
    withScratch(Double.self, JacobiSVD.scratchSize(p, q) + (long?.rows ?? 0) * p) { scratch in
      // The reflections want contiguous rows.
      let rows = long.map { Matrix(scratch + JacobiSVD.scratchSize(p, q), $0.rows, p) }
      isDone = JacobiSVD(a, scratch).run(values, long: rows, short: short)
      if let long, let rows { long.copy(from: rows) }
    }
    Matrix(values, 1, q).scale(exponent: exponent)
  }
  if !isDone { for part in [Matrix(values, 1, q), u, v] { part?.fill(.nan) } }
}
