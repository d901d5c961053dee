import Adjoint

/// Matrix products.
extension Workload {
  static let matmul = [64, 128, 256, 512, 1024, 2048].map { n in
    Workload(name: "matmul/\(n)", flops: 2 * Double(n * n * n)) {
      let (a, b) = (Tensor.randn([n, n]), Tensor.randn([n, n]))
      return (1, { keep(a.matmul(b)) })
    }
  }
}
