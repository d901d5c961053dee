import Adjoint

/// Convolutions and poolings: conv/PASS/BATCHxCHANNELSxHEIGHTxWIDTH-OUTPUTS-KERNEL[-GROUPS], padded to keep the size where
/// the kernel is odd; "backward" is forward and backward, of the input, the weights and the bias.
extension Workload {
  private static let convolutions:
    [(name: String, batch: Int, channels: Int, size: Int, outputs: Int, kernel: Int, groups: Int)] =
      [
        ("32x16x28x28-32-5", 32, 16, 28, 32, 5, 1), ("64x1x28x28-16-5", 64, 1, 28, 16, 5, 1),
        ("64x64x32x32-64-3", 64, 64, 32, 64, 3, 1), ("64x64x32x32-64-3-64", 64, 64, 32, 64, 3, 64),
        ("64x64x32x32-64-1", 64, 64, 32, 64, 1, 1),
      ]

  static let convolution = convolutions.flatMap { c in
    let flops = Double(2 * c.batch * c.outputs * c.size * c.size * c.channels / c.groups * c.kernel * c.kernel)
    return [
      Workload(name: "conv/forward/\(c.name)", flops: flops) {
        let x = Tensor.randn([c.batch, c.channels, c.size, c.size])
        let (w, b) = (Tensor.randn([c.outputs, c.channels / c.groups, c.kernel, c.kernel]), Tensor.randn([c.outputs]))
        return (1, { keep(x.conv2d(w, bias: b, padding: [c.kernel / 2, c.kernel / 2], groups: c.groups)) })
      },
      Workload(name: "conv/backward/\(c.name)", flops: 3 * flops) {
        let x = Variable(.randn([c.batch, c.channels, c.size, c.size]), requiresGrad: true)
        let w = Variable(.randn([c.outputs, c.channels / c.groups, c.kernel, c.kernel]), requiresGrad: true)
        let b = Variable(.randn([c.outputs]), requiresGrad: true)
        let g = Tensor.randn([c.batch, c.outputs, c.size, c.size])
        return (
          1,
          {
            for leaf in [x, w, b] { leaf.zeroGrad() }
            x.conv2d(w, bias: b, padding: [c.kernel / 2, c.kernel / 2], groups: c.groups).backward(gradient: g)
          }
        )
      },
    ]
  }

  private static let poolings: [(String, @Sendable (Variable) -> Variable)] = [
    ("max2", { $0.maxPool2d(kernelSize: 2) }), ("max3s2", { $0.maxPool2d(kernelSize: 3, stride: 2, padding: 1) }),
    ("avg2", { $0.avgPool2d(kernelSize: 2) }), ("adaptive7", { $0.adaptiveAvgPool2d(outputSize: 7) }),
  ]

  static let pooling = poolings.flatMap { name, pool in
    [
      Workload(name: "pool/forward/\(name)") {
        let x = Variable(.randn([32, 16, 28, 28]))
        return (1, { keep(pool(x).value) })
      },
      Workload(name: "pool/backward/\(name)") {
        let x = Variable(.randn([32, 16, 28, 28]), requiresGrad: true)
        let g = Tensor.randn(pool(x).shape)
        return (
          1,
          {
            x.zeroGrad()
            pool(x).backward(gradient: g)
          }
        )
      },
    ]
  }
}
