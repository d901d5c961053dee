import Adjoint

/// Matrix products.
extension Workload {
  static let matmul = squares + skinny("nn") + batched + turned + skinny("nt")

  private static let squares = [64, 128, 256, 512, 1024, 2048].map { product("matmul/\($0)", $0, $0, $0) }

  private static let turned = ["nt", "tn", "tt"].flatMap { layout in
    [512, 1024].map { product("matmul-\(layout)/\($0)", $0, $0, $0, layout: layout) }
  }

  private static func skinny(_ layout: String) -> [Workload] {
    [(64, 784, 256), (512, 784, 256), (1, 784, 256), (8192, 16, 16)].map { m, k, n in
      product("matmul\(layout == "nn" ? "" : "-" + layout)/\(m)x\(k)x\(n)", m, k, n, layout: layout)
    }
  }

  private static let batched = [(256, 16, 16, 16), (32, 64, 32, 64)].map { batch, m, k, n in
    let flops = Double(2 * batch * m * k * n)
    return Workload(name: "matmul/\(batch)x\(m)x\(k)x\(n)", flops: flops) {
      let (a, b) = (Tensor.randn([batch, m, k]), Tensor.randn([batch, k, n]))
      return (1, { keep(a.matmul(b)) })
    }
  }

  /// [m, k]·[k, n], with a t in the layout for an operand that is stored transposed.
  private static func product(_ name: String, _ m: Int, _ k: Int, _ n: Int, layout: String = "nn") -> Workload {
    Workload(name: name, flops: Double(2 * m * k * n)) {
      let a = layout.first == "t" ? Tensor.randn([k, m]).transposed() : Tensor.randn([m, k])
      let b = layout.last == "t" ? Tensor.randn([n, k]).transposed() : Tensor.randn([k, n])
      return (1, { keep(a.matmul(b)) })
    }
  }

  /// x·Wᵀ + b, x [batch, in].
  static let linear = [(1, 784, 256), (64, 784, 256), (512, 784, 256), (512, 128, 10), (64, 64, 64)].map {
    batch, inputs, outputs in
    Workload(name: "linear/\(batch)x\(inputs)x\(outputs)", flops: Double(2 * batch * inputs * outputs)) {
      let (x, w, b) = (Tensor.randn([batch, inputs]), Tensor.randn([outputs, inputs]), Tensor.randn([outputs]))
      return (1, { keep(x.linear(w, b)) })
    }
  }
}
