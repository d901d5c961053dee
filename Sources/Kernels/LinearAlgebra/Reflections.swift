/// Replaces x by the reflection H = I − τ·v·vᵀ, v₀ = 1, that takes x to (β, 0, …, 0): β stands in x₀, the rest of v behind it.
/// Returns τ; 0 where nothing is to be reflected, and then β keeps x₀'s sign. LAPACK's signs: β is against x₀ otherwise.
func makeReflection<E: LinearScalar>(_ n: Int, _ x: UnsafeMutablePointer<E>) -> E {
  let tail = euclideanNorm(n - 1, x + 1)
  if tail == 0 { return 0 }
  let alpha = x[0]
  let norm = hypotenuse(alpha, tail)
  if norm < E.leastNormalMagnitude / E.ulpOfOne { return makeScaledReflection(n, x) }
  let beta = alpha.sign == .minus ? norm : -norm
  let divisor = alpha - beta
  for i in 1..<n { x[i] /= divisor }
  x[0] = beta
  return -divisor / beta
}

/// The same for numbers that are nearly subnormal, and would leave a reflection without digits: scaled up by a power of two.
private func makeScaledReflection<E: LinearScalar>(_ n: Int, _ x: UnsafeMutablePointer<E>) -> E {
  let scale = E.ulpOfOne / E.leastNormalMagnitude
  for i in 0..<n { x[i] *= scale }
  let tau = makeReflection(n, x)
  x[0] /= scale
  return tau
}

/// The product of some reflections, I − V·T·Vᵀ: V's columns as the contiguous rows of `vectors`, T upper triangular (Schreiber
/// and Van Loan, "A Storage-Efficient WY Representation for Products of Householder Transformations", 1989,
/// doi:10.1137/0910005).
struct BlockReflection<E: LinearScalar> {
  let vectors: Matrix<E>
  let factor: Matrix<E>

  /// Elements of memory for `count` reflections of vectors of `length` elements.
  static func scratchSize(_ count: Int, _ length: Int) -> Int { count * (length + count) }

  /// From reflections whose vectors stand in `rows`, the i-th one's tail from column i + 1 on.
  init(_ rows: Matrix<E>, _ tau: UnsafePointer<E>, scratch: UnsafeMutablePointer<E>) {
    let (count, length) = (rows.rows, rows.columns)
    vectors = Matrix(scratch, count, length)
    factor = Matrix(scratch + count * length, count, count)
    for i in 0..<count {
      let v = vectors.row(i)
      for j in 0..<i { v[j] = 0 }
      v[i] = 1
      for j in i + 1..<max(length, i + 1) { v[j] = rows[i, j] }
      fillFactorColumn(i, tau[i])
    }
  }

  /// T₀…ᵢ₋₁,ᵢ = −τᵢ·T·(Vᵀ·vᵢ).
  private func fillFactorColumn(_ i: Int, _ tau: E) {
    let length = vectors.columns
    for j in 0..<factor.rows { factor[j, i] = 0 }
    factor[i, i] = tau
    for j in 0..<i { factor[j, i] = -tau * E.dot(length - i, vectors.row(j, from: i), vectors.row(i, from: i)) }
    for j in 0..<i {
      var sum: E = 0
      for k in j..<i { sum += factor[j, k] * factor[k, i] }
      factor[j, i] = sum
    }
  }

  /// Applies it, or its transpose, to the columns that are `c`'s rows: C ← C − (C·V)·T·Vᵀ for the transpose, Tᵀ for itself.
  func apply(transposed: Bool, toRows c: Matrix<E>) {
    let (n, count) = (c.rows, vectors.rows)
    guard n > 0, count > 0 else { return }
    withScratch(E.self, 2 * n * count) { scratch in
      matmul(E.kind, n, count, c.columns, c.operand, vectors.transposed.operand, scratch, count)
      let product = Matrix(scratch, n, count)
      let t = transposed ? factor : factor.transposed
      matmul(E.kind, n, count, count, product.operand, t.operand, scratch + n * count, count)
      c.subtract(Matrix(scratch + n * count, n, count), vectors)
    }
  }
}
