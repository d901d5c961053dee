import Kernels

/// Eigenvalues and singular values. All are computed in float64 and rounded to the tensor's dtype at the end; a matrix with
/// infinities or NaN gives NaN.
extension Tensor {
  /// A = V·diag(λ)·Vᵀ for symmetric matrices, of which only the lower triangle is read (the upper one if `upper`):
  /// [..., n, n] → λ [..., n] in ascending order, V [..., n, n] with the eigenvectors as columns, up to their signs.
  ///
  /// By reduction to tridiagonal form and implicit QL steps: λ and the residual are within n·ε·‖A‖.
  /// - Complexity: O(n³) a matrix.
  public func eigh(upper: Bool = false) -> (eigenvalues: Tensor, eigenvectors: Tensor) {
    let vectors = Tensor(uninitialized: shape, .float64)
    let values = eigenvalues("eigh", upper, vectors)
    return (values.to(dtype), vectors.to(dtype))
  }

  /// The eigenvalues of symmetric matrices in ascending order: [..., n, n] → [..., n]. See ``eigh(upper:)``.
  public func eigvalsh(upper: Bool = false) -> Tensor { eigenvalues("eigvalsh", upper, nil).to(dtype) }

  private func eigenvalues(_ name: String, _ upper: Bool, _ vectors: Tensor?) -> Tensor {
    requireSquare(name)
    let (n, a) = (shape[rank - 1], to(.float64).mirrored(upper: upper).copied())
    let values = Tensor(uninitialized: Shape(shape.dropLast()), .float64)
    withExtendedLifetime((a, vectors)) {
      Kernels.symmetricEigen(
        batchShape.elementCount, n, a.freshData.of(Double.self), values.freshData.of(Double.self),
        vectors?.freshData.of(Double.self))
    }
    return values
  }

  /// The symmetric matrices with this lower (upper) triangle.
  private func mirrored(upper: Bool) -> Tensor {
    let n = shape[rank - 1]
    let (rows, columns) = (Tensor.arange(n).unsqueezed(axis: 1), Tensor.arange(n))
    return Tensor.where(upper ? rows .<= columns : rows .>= columns, self, transposed())
  }

  /// A = U·diag(σ)·Vᵀ: [..., m, n] → U [..., m, m], σ [..., k] in descending order, Vᵀ [..., n, n], for k = min(m, n); with
  /// `fullMatrices: false` U [..., m, k] and Vᵀ [..., k, n]. Singular vectors are unique up to signs, where σ are distinct.
  ///
  /// By one-sided Jacobi rotations of the triangular QR factor: the residual is within k·ε·‖A‖, and small σ are as accurate as
  /// A determines them.
  /// - Complexity: O(m·n·k) a matrix and some ten sweeps of O(k³).
  public func svd(fullMatrices: Bool = true) -> (u: Tensor, s: Tensor, vh: Tensor) {
    requireMatrices("svd")
    let (m, n, batch) = (shape[rank - 2], shape[rank - 1], batchShape)
    let k = Swift.min(m, n)
    let u = Tensor(uninitialized: Shape(batch + [m, fullMatrices ? m : k]), .float64)
    let vh = Tensor(uninitialized: Shape(batch + [fullMatrices ? n : k, n]), .float64)
    let vectors = SingularVectors(
      u.freshData.of(Double.self), vh.freshData.of(Double.self), isFull: fullMatrices)
    let s = withExtendedLifetime((u, vh)) { singularValues(vectors) }
    return (u.to(dtype), s.to(dtype), vh.to(dtype))
  }

  /// The singular values in descending order: [..., m, n] → [..., min(m, n)]. See ``svd(fullMatrices:)``.
  public func svdvals() -> Tensor {
    requireMatrices("svdvals")
    return singularValues(nil).to(dtype)
  }

  private func singularValues(_ vectors: SingularVectors?) -> Tensor {
    let (m, n, batch) = (shape[rank - 2], shape[rank - 1], batchShape)
    let a = to(.float64).copied()
    let values = Tensor(uninitialized: Shape(batch + [Swift.min(m, n)]), .float64)
    withExtendedLifetime(a) {
      Kernels.singularValues(
        batch.elementCount, m, n, a.freshData.of(Double.self), values.freshData.of(Double.self), vectors)
    }
    return values
  }
}
