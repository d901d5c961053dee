/// A = V·diag(λ)·Vᵀ of one symmetric matrix, in double precision: reduction to a tridiagonal matrix by reflections, then
/// implicit QL steps (Golub and Van Loan, Matrix Computations, 4th ed., 2013, ISBN 978-1-4214-0794-4, section 8.3).
///
/// ‖A·V − V·Λ‖ and ‖VᵀV − I‖ are of order n·ε, relative to ‖A‖ and 1. Matrices are scaled by a power of two first, so that
/// nothing over- or underflows on the way.
private struct SymmetricEigen {
  private let n: Int
  /// The matrix, then the reflections' vectors in the rows of its upper triangle.
  private let a: Matrix<Double>
  private let diagonal: UnsafeMutablePointer<Double>
  private let beside: UnsafeMutablePointer<Double>
  private let tau: UnsafeMutablePointer<Double>
  private let work: UnsafeMutablePointer<Double>

  /// `scratch` has 4·n elements; `a` is overwritten.
  init(_ a: Matrix<Double>, _ scratch: UnsafeMutablePointer<Double>) {
    (n, self.a) = (a.rows, a)
    (diagonal, beside, tau, work) = (scratch, scratch + n, scratch + 2 * n, scratch + 3 * n)
  }

  /// Eigenvalues in ascending order, and eigenvectors as the columns of `vectors`. False if a step did not converge.
  func run(_ values: UnsafeMutablePointer<Double>, _ vectors: Matrix<Double>?) -> Bool {
    for k in 0..<n { reduce(k) }
    var rows: Matrix<Double>?
    if let vectors {
      accumulate(vectors)
      rows = a
      a.copy(from: vectors.transposed)
    }
    guard diagonalize(n, diagonal, beside, rotating: rows) else { return false }
    let order = (0..<n).sorted { diagonal[$0] < diagonal[$1] }
    for (i, source) in order.enumerated() {
      values[i] = diagonal[source]
      if let vectors { for j in 0..<n { vectors[j, i] = a[source, j] } }
    }
    return true
  }

  /// Reflects row and column k to one element beside the diagonal.
  private func reduce(_ k: Int) {
    diagonal[k] = a[k, k]
    beside[k] = 0
    tau[k] = 0
    let m = n - k - 1
    if m == 0 { return }
    let v = a.row(k, from: k + 1)
    tau[k] = makeReflection(m, v)
    beside[k] = v[0]
    if tau[k] == 0 { return }
    v[0] = 1
    subtractReflection(k, m, v)
  }

  /// A ← H·A·H = A − v·wᵀ − w·vᵀ with p = τ·A·v, w = p − ½τ(pᵀv)·v.
  private func subtractReflection(_ k: Int, _ m: Int, _ v: UnsafePointer<Double>) {
    for i in 0..<m { work[i] = tau[k] * Double.dot(m, a.row(k + 1 + i, from: k + 1), v) }
    Double.addMultiple(m, -0.5 * tau[k] * Double.dot(m, work, v), v, work)
    for i in 0..<m {
      let row = a.row(k + 1 + i, from: k + 1)
      Double.addMultiple(m, -v[i], work, row)
      Double.addMultiple(m, -work[i], v, row)
    }
  }

  /// The product of all reflections.
  private func accumulate(_ z: Matrix<Double>) {
    z.fillIdentity()
    for k in (0..<max(0, n - 1)).reversed() where tau[k] != 0 {
      let (m, v) = (n - k - 1, a.row(k, from: k + 1))
      for i in 0..<m { work[i] = 0 }
      for i in 0..<m { Double.addMultiple(m, v[i], z.row(k + 1 + i, from: k + 1), work) }
      for i in 0..<m { Double.addMultiple(m, -tau[k] * v[i], work, z.row(k + 1 + i, from: k + 1)) }
    }
  }
}

/// Diagonalises a symmetric tridiagonal matrix by implicit QL steps with Wilkinson's shifts; `beside[i]` stands between
/// `diagonal[i]` and `diagonal[i + 1]`. Each rotation is applied to the rows of a matrix too. False if an eigenvalue takes more
/// than 100 steps; two or three are usual.
private func diagonalize(
  _ n: Int, _ diagonal: UnsafeMutablePointer<Double>, _ beside: UnsafeMutablePointer<Double>,
  rotating rows: Matrix<Double>?
) -> Bool {
  for first in 0..<n {
    var steps = 0
    while true {
      var last = first
      while last < n - 1, !isNegligible(beside[last], diagonal[last], diagonal[last + 1]) { last += 1 }
      if last == first { break }
      steps += 1
      if steps > 100 { return false }
      stepQL(first, last, diagonal, beside, rows)
    }
  }
  return true
}

/// Against its neighbours on the diagonal, or against the largest element, which is about 1: rotations of numbers that are
/// nearly subnormal would not converge.
private func isNegligible(_ e: Double, _ a: Double, _ b: Double) -> Bool {
  abs(e) <= .ulpOfOne * (abs(a) + abs(b)) || abs(e) < 0x1p-900
}

/// One implicit step on the rows `first...last`, from the bottom up, chasing the bulge by rotations.
private func stepQL(
  _ first: Int, _ last: Int, _ d: UnsafeMutablePointer<Double>, _ e: UnsafeMutablePointer<Double>,
  _ rows: Matrix<Double>?
) {
  let half = (d[first + 1] - d[first]) / (2 * e[first])
  let root = hypotenuse(half, 1)
  var g = d[last] - d[first] + e[first] / (half + (half < 0 ? -root : root))
  var (s, c, shift) = (1.0, 1.0, 0.0)
  for i in (first..<last).reversed() {
    let (f, b) = (s * e[i], c * e[i])
    let r = hypotenuse(f, g)
    e[i + 1] = r
    if r == 0 {
      // The matrix has split by itself.
      d[i + 1] -= shift
      e[last] = 0
      return
    }
    (s, c) = (f / r, g / r)
    g = d[i + 1] - shift
    let t = (d[i] - g) * s + 2 * c * b
    shift = s * t
    d[i + 1] = g + shift
    g = c * t - b
    if let rows { rotate(rows.columns, c, -s, rows.row(i), rows.row(i + 1)) }
  }
  d[first] -= shift
  e[first] = g
  e[last] = 0
}

/// Eigenvalues in ascending order, and eigenvectors as columns unless nil, of each contiguous symmetric float64 matrix [n, n]
/// of a batch, which is overwritten; NaN where a matrix is not finite.
package func symmetricEigen(
  _ count: Int, _ n: Int, _ a: UnsafeMutablePointer<Double>, _ values: UnsafeMutablePointer<Double>,
  _ vectors: UnsafeMutablePointer<Double>?
) {
  forEachMatrix(count, work: 6 * n * n * n) { i in
    let matrix = Matrix(a + i * n * n, n, n)
    let (lambda, v) = (values + i * n, vectors.map { Matrix($0 + i * n * n, n, n) })
    let exponent = scalingExponent(matrix)
    var isDone = exponent != nil
    if let exponent {
      matrix.scale(exponent: -exponent)
      withScratch(Double.self, 4 * n) { isDone = SymmetricEigen(matrix, $0).run(lambda, v) }
      Matrix(lambda, 1, n).scale(exponent: exponent)
    }
    if !isDone {
      Matrix(lambda, 1, n).fill(.nan)
      v?.fill(.nan)
    }
  }
}

/// The exponent of the largest magnitude; 0 for a zero or empty matrix, nil where there are infinities or NaN.
func scalingExponent(_ a: Matrix<Double>) -> Int? {
  guard a.isFinite else { return nil }
  let largest = a.largestMagnitude
  return largest == 0 ? 0 : Int(largest.exponent)
}
