import Adjoint

/// Factorisations of one matrix of normal numbers, and systems with as many right-hand sides as equations.
extension Workload {
  static let linearAlgebra = solving + spectra

  private static let solving = [64, 256].flatMap { n in
    let cube = Double(n * n * n)
    return [
      matrix("inverse", n, flops: 2 * cube) { $0.inverse() },
      matrix("solve", n, flops: 8 / 3 * cube) { $0.solve($0.transposed()) },
      matrix("cholesky", n, flops: cube / 3) { $0.cholesky() },
      matrix("qr", n, flops: 8 / 3 * cube) { $0.qr().q },
    ]
  }

  private static let spectra = [16, 64].flatMap { n in
    [
      matrix("eigh", n) { $0.eigh().eigenvectors },
      matrix("svd", n) { $0.svd().u },
    ]
  }

  /// A function of a symmetric positive definite matrix.
  private static func matrix(
    _ name: String, _ n: Int, flops: Double? = nil, _ function: @escaping @Sendable (Tensor) -> Tensor
  ) -> Workload {
    Workload(name: "linalg/\(name)/\(n)", flops: flops) {
      let x = Tensor.randn([n, n])
      let a = x.matmul(x.transposed()) + Tensor.eye(n)
      return (1, { keep(function(a)) })
    }
  }
}
