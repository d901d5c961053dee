import Adjoint

/// Scaled dot-product attention, batch x heads x length x features: `forward` of plain tensors, `backward` forward and
/// backward of variables. The sizes are the character model's and a larger one.
extension Workload {
  private static let attentionCases: [(batch: Int, heads: Int, length: Int, features: Int, isCausal: Bool)] = [
    (8, 4, 128, 32, true), (8, 4, 128, 32, false), (2, 8, 1024, 64, true), (2, 8, 1024, 64, false),
  ]

  static let attention = attentionCases.flatMap { b, h, l, e, isCausal in
    let (shape, size) = ([b, h, l, e] as Shape, "\(b)x\(h)x\(l)x\(e)" + (isCausal ? "-causal" : ""))
    // Two products forward and five backward, each 2·features for every key that a query sees.
    let pairs = isCausal ? l * (l + 1) / 2 : l * l
    let product = Double(2 * b * h * e * pairs)
    return [
      Workload(name: "attention/forward/\(size)", flops: 2 * product) {
        let (q, k, v) = (Tensor.randn(shape), Tensor.randn(shape), Tensor.randn(shape))
        return (1, { keep(scaledDotProductAttention(q, k, v, isCausal: isCausal)) })
      },
      Workload(name: "attention/backward/\(size)", flops: 7 * product) {
        let x = (0..<3).map { _ in Variable(.randn(shape), requiresGrad: true) }
        let gradient = Tensor.randn(shape)
        return (
          1,
          {
            x.forEach { $0.zeroGrad() }
            scaledDotProductAttention(x[0], x[1], x[2], isCausal: isCausal).backward(gradient: gradient)
          }
        )
      },
    ]
  }
}
