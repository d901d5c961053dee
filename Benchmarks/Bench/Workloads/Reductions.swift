import Adjoint

/// Reductions, softmax, normalisation and cross-entropy; "-backward" is the forward pass and the way back.
extension Workload {
  private static func reduce(_ name: String, _ body: @escaping @Sendable (Tensor) -> Tensor) -> Workload {
    Workload(name: "reduce/\(name)/1024x1024") {
      let x = Tensor.randn([1024, 1024])
      return (1, { keep(body(x)) })
    }
  }

  /// A loss of the inputs is swept back to them with a gradient of the result's shape.
  private static func backward(
    _ name: String, _ shapes: [Shape], _ body: @escaping @Sendable ([Variable]) -> Variable
  ) -> Workload {
    Workload(name: name) {
      let inputs = shapes.map { Variable(Tensor.randn($0), requiresGrad: true) }
      let gradient = Variable(Tensor.randn(body(inputs).shape))
      return (
        1,
        {
          for x in inputs { x.zeroGrad() }
          body(inputs).backward(gradient: gradient.value)
          keep(inputs[0].value)
        }
      )
    }
  }

  static let reductions: [Workload] =
    [
      reduce("sum") { $0.sum() }, reduce("sum-rows") { $0.sum(axis: 1) }, reduce("sum-columns") { $0.sum(axis: 0) },
      reduce("sum-transposed") { $0.transposed().sum(axis: 0) }, reduce("max") { $0.max() },
      reduce("max-rows") { $0.max(axis: 1) }, reduce("max-columns") { $0.max(axis: 0) },
      reduce("var-rows") { $0.var(axis: 1) }, reduce("var-columns") { $0.var(axis: 0) },
      reduce("argmax-rows") { $0.argmax(axis: 1) }, reduce("argmax-columns") { $0.argmax(axis: 0) },
      reduce("logsumexp-rows") { $0.logSumExp(axis: 1) }, reduce("softmax-rows") { $0.softmax(axis: 1) },
      reduce("softmax-columns") { $0.softmax(axis: 0) },
      backward("reduce/softmax-backward/1024x1024", [[1024, 1024]]) { $0[0].softmax(axis: 1) },
      Workload(name: "reduce/sum/16777216") {
        let x = Tensor.randn([16_777_216])
        return (1, { keep(x.sum()) })
      },
    ] + normalization

  private static let normalization: [Workload] = [
    Workload(name: "norm/layernorm/1024x1024") {
      let (x, w, b) = (Tensor.randn([1024, 1024]), Tensor.randn([1024]), Tensor.randn([1024]))
      return (1, { keep(x.layerNorm(normalizedShape: [1024], weight: w, bias: b)) })
    },
    backward("norm/layernorm-backward/1024x1024", [[1024, 1024], [1024], [1024]]) {
      $0[0].layerNorm(normalizedShape: [1024], weight: $0[1], bias: $0[2])
    },
    Workload(name: "norm/batchnorm/32x16x28x28") {
      let (x, w, b) = (Tensor.randn([32, 16, 28, 28]), Tensor.randn([16]), Tensor.randn([16]))
      return (1, { keep(x.batchNorm(weight: w, bias: b).output) })
    },
    backward("norm/batchnorm-backward/32x16x28x28", [[32, 16, 28, 28], [16], [16]]) {
      $0[0].batchNorm(weight: $0[1], bias: $0[2]).output
    },
    Workload(name: "norm/crossentropy-backward/512x1000") {
      let x = Variable(Tensor.randn([512, 1000]), requiresGrad: true)
      let labels = Tensor((0..<512).map { $0 * 37 % 1000 })
      return (
        1,
        {
          x.zeroGrad()
          crossEntropy(x, labels).backward()
          keep(x.value)
        }
      )
    },
  ]
}
