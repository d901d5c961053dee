import Adjoint

/// Optimizer steps alone, over the parameters of a network: large and small ones.
extension Workload {
  /// A transformer block of width 512: weights, biases and gains.
  private static let shapes: [Shape] = [
    [1536, 512], [1536], [512, 512], [512], [2048, 512], [2048], [512, 2048], [512], [512], [512],
  ]

  private static func step(_ name: String, _ make: @escaping @Sendable ([Variable]) -> any Optimizer) -> Workload {
    Workload(name: "optimizer/\(name)") {
      let parameters = shapes.map { Variable(Tensor.randn($0), requiresGrad: true) }
      for parameter in parameters { parameter.grad = Variable(Tensor.randn(parameter.shape)) }
      let optimizer = make(parameters)
      return (1, { optimizer.step() })
    }
  }

  static let optimizers = [
    step("sgd") { SGD($0, lr: 1e-3) },
    step("momentum") { SGD($0, lr: 1e-3, momentum: 0.9) },
    step("adam") { Adam($0, lr: 1e-3) },
    step("adamw") { AdamW($0, lr: 1e-3) },
    step("adamax") { Adamax($0, lr: 1e-3) },
    step("nadam") { NAdam($0, lr: 1e-3) },
    step("radam") { RAdam($0, lr: 1e-3) },
    step("adagrad") { Adagrad($0, lr: 1e-3) },
    step("adadelta") { Adadelta($0, lr: 1e-3) },
    step("rmsprop") { RMSprop($0, lr: 1e-3, momentum: 0.9, centered: true) },
    step("rprop") { Rprop($0, lr: 1e-3) },
  ]
}
