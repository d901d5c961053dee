import Adjoint

/// Sorting: values alone, indices, and the first few.
extension Workload {
  private static let shapes: [Shape] = [[1_000_000], [1024, 1024]]

  static let sorting = shapes.flatMap { shape in
    let name = shape.map(String.init).joined(separator: "x")
    return [
      Workload(name: "sort/\(name)") {
        let x = Tensor.randn(shape)
        return (1, { keep(x.sorted()) })
      },
      Workload(name: "argsort/\(name)") {
        let x = Tensor.randn(shape)
        return (1, { keep(x.argsort()) })
      },
      Workload(name: "topk/\(name)") {
        let x = Tensor.randn(shape)
        return (1, { keep(x.topK(10).values) })
      },
    ]
  }
}
